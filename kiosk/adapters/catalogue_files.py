"""Reads the catalogue: one TOML file a service, checked strictly at the start."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain import catalogue as domain
from kiosk.domain.whence import Accepts
from kiosk.domain.words import Words
from queue_server.contracts.config_file import ConfigError, read_config


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
    km: str = ""

    def to_domain(self) -> Words:
        return Words(self.vi, self.en, self.km)


class _Document(_Words):
    form: domain.PaperForm
    conditional: bool = False


class _Fee(_Strict):
    amount_vnd: Annotated[int, Field(ge=0)] | None = None
    online_vnd: Annotated[int, Field(ge=0)] | None = None
    per: _Words | None = None


class _Processing(_Strict):
    value: Annotated[int, Field(ge=0)]
    unit: Annotated[str, Field(pattern="^(working_day|calendar_day|immediate)$")]
    cutoff: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] | None = None


class _Procedure(_Strict):
    code: Annotated[str, Field(pattern=r"^[1-9]\.\d{6}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    name: _Words
    official_name: str
    mode: domain.KioskMode
    fee: _Fee = _Fee()
    fee_note: _Words | None = None
    processing: _Processing | None = None
    accepts: Accepts | None = None
    counter_minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    unsure: list[str] = []
    also: list[str] = []
    documents: list[_Document] = []

    def to_domain(self, service: str) -> domain.Procedure:
        return domain.Procedure(
            code=self.code,
            service=service,
            name=self.name.to_domain(),
            official_name=self.official_name,
            mode=self.mode,
            fee=domain.Fee(
                self.fee.amount_vnd,
                self.fee.online_vnd,
                self.fee.per.to_domain() if self.fee.per else None,
                self.fee_note.to_domain() if self.fee_note else None,
            ),
            processing=domain.Processing(**self.processing.model_dump())
            if self.processing
            else None,
            documents=tuple(
                domain.Document(paper.to_domain(), paper.form, paper.conditional)
                for paper in self.documents
            ),
            also=tuple(self.also),
            unsure=frozenset(self.unsure),
            version=self.version,
            accepts=self.accepts,
            counter_minutes=self.counter_minutes,
        )


class _Service(_Strict):
    id: Annotated[str, Field(min_length=1, max_length=40)]
    letter: Annotated[str, Field(pattern="^[A-Z]$")]
    rank: Annotated[int, Field(ge=1)]
    name: _Words
    hint: _Words
    procedure: list[_Procedure]


def shipped_catalogue() -> Traversable:
    """Return the folder of the default catalogue inside the package."""
    return files("kiosk") / "data" / "catalogue"


def read_catalogue(folder: Path) -> domain.Catalogue:
    """Read all services of a folder.

    Raises:
        ConfigError: a file is not what a catalogue file must be, or a code stands twice.
    """
    services = [read_config(path, _Service) for path in sorted(folder.glob("*.toml"))]
    if not services:
        raise ConfigError(f"{folder}: no catalogue files here")
    try:
        return domain.Catalogue(
            domain.ServiceEntry(
                service.id,
                service.letter,
                service.rank,
                service.name.to_domain(),
                service.hint.to_domain(),
                tuple(procedure.to_domain(service.id) for procedure in service.procedure),
            )
            for service in services
        )
    except ValueError as error:
        raise ConfigError(f"{folder}: {error}") from None
