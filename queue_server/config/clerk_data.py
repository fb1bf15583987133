"""What a clerk chooses from, as data: outcomes of a visit and procedures with their papers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.contracts.config_file import read_config
from queue_server.contracts.console_views import OutcomeView, ProcedureView
from queue_server.contracts.views import Words

HERE = Path(__file__).parent
OUTCOMES = "outcomes.toml"
PLAIN = "NORMAL"
"""The outcome of a `finish` that names none; every office has it."""


class OutcomesFile(BaseModel):
    """The codes of `finish`; the first is what one press means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Annotated[tuple[OutcomeView, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _has_the_plain_one(self) -> OutcomesFile:
        codes = [one.code for one in self.outcome]
        if len(set(codes)) < len(codes):
            raise ValueError("an outcome code is used twice")
        if PLAIN not in codes:
            raise ValueError(f"the outcome '{PLAIN}' is missing")
        return self


class ShippedCatalogue(BaseModel):
    """The catalogue that comes with the program, in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    procedure: tuple[CatalogueEntry, ...]


def read_outcomes(data: Path) -> list[OutcomeView]:
    """The office's own `outcomes.toml` beside its `motcua.toml`, else the shipped one.

    Raises:
        ConfigError: the file cannot be used.
    """
    own = data / OUTCOMES
    path = own if own.exists() else HERE / OUTCOMES
    return list(read_config(path, OutcomesFile).outcome)


@cache
def shipped_entries() -> tuple[CatalogueEntry, ...]:
    """The shipped catalogue as an office edits it; read once.

    Raises:
        ConfigError: the file cannot be used.
    """
    return read_config(HERE / "procedures.toml", ShippedCatalogue).procedure


def procedures_of(entries: Iterable[CatalogueEntry]) -> list[ProcedureView]:
    """A catalogue as clerks search it."""
    return [
        ProcedureView(
            code=one.code,
            service=one.service,
            name=Words(vi=one.name_vi, en=one.name_en),
            also=list(one.also),
            papers=[Words(vi=vi, en=en) for vi, en in one.papers],
        )
        for one in entries
    ]
