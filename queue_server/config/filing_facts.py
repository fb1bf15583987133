"""What the server knows of procedures that can be filed: time, fee, papers; and the holidays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from queue_server.config.catalogue_sheet import FILED, CatalogueEntry, papers_of
from queue_server.config.clerk_data import shipped_entries
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

    @property
    def is_filed(self) -> bool:
        """Whether the office takes new declarations of it; what was begun may be finished."""
        return self.mode in FILED


class _Holidays(_Data):
    day: tuple[date, ...]


class _Names(RootModel[dict[str, str]]):
    """Official names by code."""


def read_filing_facts() -> dict[str, FilingFact]:
    """The procedures that can be filed, by code, as they were shipped.

    Raises:
        ConfigError: a file cannot be used.
    """
    return facts_in(())


def facts_in(entries: Iterable[CatalogueEntry]) -> dict[str, FilingFact]:
    """The same as an office's own catalogue has them; what it left out is as shipped.

    Raises:
        ConfigError: a shipped file cannot be used.
    """
    known = {one.code: one for one in (*shipped_entries(), *entries)}
    names = read_config(HERE / "official_names.toml", _Names).root
    return {code: _fact(known[code], name) for code, name in names.items()}


def _fact(entry: CatalogueEntry, official_name: str) -> FilingFact:
    note, time = entry.fee_note_vi, entry.time
    return FilingFact(
        code=entry.code,
        version=entry.version,
        service=entry.service,
        name=Words(vi=entry.name_vi, en=entry.name_en),
        official_name=official_name,
        mode=entry.mode,
        processing=None
        if time is None
        else ProcessingFact(value=time, unit=entry.time_unit, cutoff=entry.cutoff or None),
        fee_vnd=entry.fee_vnd,
        fee_note=Words(vi=note, en=entry.fee_note_en) if note else None,
        papers=tuple(Words(vi=vi, en=en) for vi, en, _sometimes in papers_of(entry)),
    )


@cache
def public_holidays() -> tuple[date, ...]:
    """Days on which no deadline runs.

    Raises:
        ConfigError: the file cannot be used.
    """
    return read_config(HERE / "holidays.toml", _Holidays).day
