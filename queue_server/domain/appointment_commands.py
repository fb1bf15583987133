"""What the office can be asked about times to come: appointments and visits at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.appointment import HalfDay
from queue_server.domain.commands import Command
from queue_server.domain.ticket import PriorityClass


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment(Command):
    """Promise a place at `slot_at`; id and code are made by the caller.

    `card` is the keyed hash of an identity number, never the number; it is kept beside the events
    and forgotten when the appointment is over.
    """

    appointment: str
    code: str
    service: str
    slot_at: datetime
    procedure: str | None = None
    channel: str = "kiosk"
    language: str = "vi"
    card: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAppointment(Command):
    """Another time for the same thing; the old place is free at the same moment."""

    appointment: str
    slot_at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment(Command):
    """The citizen does not come."""

    appointment: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Command):
    """The citizen is here: a number that counts from the appointed time.

    `ticket` and `follow_code` are made by the caller, as for `IssueTicket`.
    """

    appointment: str
    ticket: str
    follow_code: str
    priority: PriorityClass = PriorityClass.NORMAL
    channel: str = "appointment"
    language: str | None = None
    kiosk: str | None = None
    confirm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHomeVisit(Command):
    """Ask staff to come home; `sealed` is how to find the citizen, readable with the key only."""

    visit: str
    code: str
    service: str
    on: date
    part: HalfDay
    sealed: bytes
    procedure: str | None = None
    priority: PriorityClass = PriorityClass.NORMAL
    language: str = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelHomeVisit(Command):
    """Nobody needs to come any more."""

    visit: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHomeVisit(Command):
    """Staff were there: `done`, or nobody was home."""

    visit: str
    done: bool
    by: str | None = None
