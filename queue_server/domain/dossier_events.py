"""What happened to dossiers; nothing in here leads to a person, and all that reports count does.

Every name begins with `Dossier`: the store finds the events of one dossier by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEvent(Event):
    """Something about one dossier; `by` is who did it: a device, a page, or `holder`."""

    dossier: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSaved(DossierEvent):
    """A draft reached a stage; the first of them begins the dossier."""

    holder: str
    procedure: str
    catalogue: str
    service: str
    stage: str
    channel: str
    language: str
    kiosk: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDropped(DossierEvent):
    """The citizen gave the draft up, or (`lapsed`) left it untouched too long."""

    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFiled(DossierEvent):
    """Handed in with consent: it has its code and, if the law sets one, the day of the result."""

    holder: str
    code: str
    procedure: str
    catalogue: str
    service: str
    channel: str
    language: str
    place_help: str
    place_receipt: str
    competent: str
    papers: int
    digitised: int
    reused: int
    due_at: datetime | None = None
    fee_vnd: int | None = None
    kiosk: str | None = None
    assistant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCorrected(DossierEvent):
    """Its holder declared it anew before anybody had looked at it."""

    papers: int
    digitised: int
    reused: int
    fee_vnd: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPageKept(DossierEvent):
    """A page of a paper was scanned; what it shows is sealed and stands nowhere else."""

    paper: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPagesDropped(DossierEvent):
    """The citizen took the scanned pages of a paper back: they are forgotten."""

    paper: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReceived(DossierEvent):
    """A clerk checked it and found it complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSupplementAsked(DossierEvent):
    """Form 02: something is missing; the clock stands with `open_days` working days left."""

    reason: str
    open_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSupplementGiven(DossierEvent):
    """What was missing is there; the result is due at `due_at`."""

    digitised: int
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended(DossierEvent):
    """Form 04: the office apologises and names a new day."""

    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused(DossierEvent):
    """Form 03: it cannot be taken."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(DossierEvent):
    """Form 05: work on it ends without a result."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinished(DossierEvent):
    """The result is there; `on_the_spot` while the citizen waited. `in_time` compares with due."""

    on_the_spot: bool
    in_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOver(DossierEvent):
    """Form 06: the dossier went on to another desk."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSeen(DossierEvent):
    """Somebody looked at what the citizen declared; `what` names the look."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierErased(DossierEvent):
    """What it held of its citizen is gone; the figures stay."""

    holder: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaid(DossierEvent):
    """Money came; `via` is how: `transfer` or `cash`. Who paid stands nowhere."""

    amount_vnd: int
    transaction: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefundOwed(DossierEvent):
    """Money has to go back."""

    amount_vnd: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefunded(DossierEvent):
    """Money that was owed went back."""

    amount_vnd: int
    transaction: str
