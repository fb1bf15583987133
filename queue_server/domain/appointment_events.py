"""What happened to appointments and home visits; nothing in here leads to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCarried(Event):
    """What earlier days promised for today and later: a day's events need no other day."""

    appointments: tuple[Appointment, ...] = ()
    visits: tuple[HomeVisit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked(Event):
    """A place in a half hour was promised."""

    appointment: str
    code: str
    service: str
    slot_at: datetime
    channel: str
    language: str
    procedure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved(Event):
    """The promise holds for another time; `by` is who signed in to move it, if anybody did."""

    appointment: str
    slot_at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled(Event):
    """The citizen gave the place back; `by` is who signed in to say so, if anybody did."""

    appointment: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCheckedIn(Event):
    """The citizen is here and has this number."""

    appointment: str
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMissed(Event):
    """The day is over and the citizen did not come."""

    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLapsed(Event):
    """The office was not open on the appointed day: nobody's fault who had booked."""

    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitRequested(Event):
    """Somebody asked that staff come; where to is kept elsewhere, sealed."""

    visit: str
    code: str
    service: str
    on: date
    part: str
    priority: str
    language: str
    procedure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitCancelled(Event):
    """Nobody needs to come; `by` is who signed in to say so, if anybody did."""

    visit: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitEnded(Event):
    """Staff were there, says `by`; `done` is False where nobody was home."""

    visit: str
    done: bool
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitLapsed(Event):
    """Its day is over and nobody said what happened."""

    visit: str
