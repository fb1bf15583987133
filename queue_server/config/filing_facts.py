"""What the server knows of procedures that can be filed: time, fee, papers; and the holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.contracts.config_file import read_config
from queue_server.contracts.views import Words
from queue_server.domain.deadline import Processing

HERE = Path(__file__).parent


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProcessingFact(_Data):
    """How long a procedure may take."""

    value: Annotated[int, Field(ge=0)]
    unit: Annotated[str, Field(pattern="^(working_day|calendar_day|immediate)$")]
    cutoff: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] | None = None

    def to_domain(self) -> Processing:
        """The same for the rule of deadlines."""
        cutoff = time.fromisoformat(self.cutoff) if self.cutoff else None
        return Processing(self.value, self.unit, cutoff)


class FilingFact(_Data):
    """One procedure that has a form; `processing` None where no time is known for sure."""

    code: str
    version: str
    service: str
    name: Words
    official_name: str
    mode: str
    processing: ProcessingFact | None = None
    fee_vnd: int | None = None
    fee_note: Words | None = None
    papers: tuple[Words, ...] = ()


class _Facts(_Data):
    procedure: tuple[FilingFact, ...]


class _Holidays(_Data):
    day: tuple[date, ...]


def read_filing_facts() -> dict[str, FilingFact]:
    """The procedures that can be filed, by code.

    Raises:
        ConfigError: the file cannot be used.
    """
    facts = read_config(HERE / "filing_facts.toml", _Facts)
    return {fact.code: fact for fact in facts.procedure}


def facts_in(entries: Iterable[CatalogueEntry]) -> dict[str, FilingFact]:
    """The same as an office's own catalogue has them; official names and papers stay.

    Raises:
        ConfigError: the shipped file cannot be used.
    """
    own = {one.code: one for one in entries}
    return {code: _as_in(own.get(code), fact) for code, fact in read_filing_facts().items()}


def _as_in(entry: CatalogueEntry | None, fact: FilingFact) -> FilingFact:
    if entry is None:
        return fact
    note, time = entry.fee_note_vi, entry.time
    return fact.model_copy(
        update={
            "version": entry.version,
            "service": entry.service,
            "name": Words(vi=entry.name_vi, en=entry.name_en),
            "mode": entry.mode,
            "fee_vnd": entry.fee_vnd,
            "fee_note": Words(vi=note, en=entry.fee_note_en) if note else None,
            "processing": None
            if time is None
            else ProcessingFact(value=time, unit=entry.time_unit, cutoff=entry.cutoff or None),
        }
    )


@cache
def public_holidays() -> tuple[date, ...]:
    """Days on which no deadline runs.

    Raises:
        ConfigError: the file cannot be used.
    """
    return read_config(HERE / "holidays.toml", _Holidays).day
