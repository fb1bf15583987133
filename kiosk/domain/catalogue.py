"""What an office offers: services, their procedures, and what a citizen should know before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.whence import Accepts, Whence, is_taken
from kiosk.domain.words import Words


class PaperForm(StrEnum):
    """In which form a paper is brought."""

    ORIGINAL = "original"
    COPY = "copy"
    ORIGINAL_AND_COPY = "original_and_copy"
    ORIGINAL_OR_COPY = "original_or_copy"
    TWO_SETS = "two_sets"
    SHOW = "show"
    INFORMATION = "information"
    ON_FORM = "on_form"
    UNSAID = "unsaid"
    """The office asks for it and has not said in which form."""


class KioskMode(StrEnum):
    """How far a procedure can be done at the kiosk."""

    FULL = "full"
    GUIDED = "guided"
    PREPARE_ONLY = "prepare_only"
    APPOINTMENT_ONLY = "appointment_only"
    NONE = "none"

    @property
    def files(self) -> bool:
        """Whether it can be declared and handed in at a kiosk."""
        return self in {KioskMode.FULL, KioskMode.GUIDED, KioskMode.PREPARE_ONLY}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to bring; `conditional` means only in some cases."""

    name: Words
    form: PaperForm
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """What a procedure costs in đồng; `amount_vnd` None means that the province or office sets it.

    `note` is the exemption text: an amount is never shown without it.
    """

    amount_vnd: int | None = None
    online_vnd: int | None = None
    per: Words | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Processing:
    """How long the office may take; `cutoff` HH:MM: later papers count for the next day."""

    value: int
    unit: str
    cutoff: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure; `also` are everyday words that people use for it.

    `version` says of when its facts are. `accepts` is from how far away papers are taken, None:
    not known. `counter_minutes` is about how long it takes at a counter. `unsure` names the facts
    that the office has still to confirm.
    """

    code: str
    service: str
    name: Words
    official_name: str
    mode: KioskMode
    fee: Fee = field(default_factory=Fee)
    processing: Processing | None = None
    documents: tuple[Document, ...] = ()
    also: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()
    version: str = ""
    accepts: Accepts | None = None
    counter_minutes: int | None = None

    def taken_from(self, whence: Whence) -> bool:
        """Whether somebody who lives there can file it here."""
        return is_taken(self.accepts, whence)


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service in the catalogue; `rank` 1 is the one most asked for."""

    id: str
    letter: str
    rank: int
    name: Words
    hint: Words
    procedures: tuple[Procedure, ...]


class Catalogue:
    """The service tree. Built once, then only read."""

    def __init__(self, services: Iterable[ServiceEntry]) -> None:
        self.services = tuple(sorted(services, key=lambda service: service.rank))
        self.procedures = tuple(p for service in self.services for p in service.procedures)
        self._services = {service.id: service for service in self.services}
        self._procedures = {procedure.code: procedure for procedure in self.procedures}
        names = [*(one.name for one in self.services), *(one.name for one in self.procedures)]
        self._named = {name.vi: name for name in names}
        if len(self._services) != len(self.services):
            raise ValueError("a service id stands twice in the catalogue")
        if len(self._procedures) != len(self.procedures):
            raise ValueError("a procedure code stands twice in the catalogue")

    def service(self, service_id: str) -> ServiceEntry | None:
        """Return a service, None for one that only the server knows."""
        return self._services.get(service_id)

    def procedure(self, code: str) -> Procedure | None:
        """Return a procedure by its national code."""
        return self._procedures.get(code)

    def named(self, name: Words) -> Words:
        """Return our words for a name that the server says: it knows no Khmer."""
        return name.known_as(self._named.get(name.vi))
