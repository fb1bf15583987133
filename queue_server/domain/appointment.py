"""An appointment and a home visit: what was promised for which time, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from queue_server.domain.ticket import PriorityClass

WORKDAYS = (0, 1, 2, 3, 4)


class AppointmentState(StrEnum):
    """Where an appointment is in its life; `LAPSED` means that the office did not open that day."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    LAPSED = "lapsed"


class VisitState(StrEnum):
    """Where a home visit is in its life; `LAPSED`: its day ended and nobody said what happened."""

    REQUESTED = "requested"
    DONE = "done"
    NOBODY_HOME = "nobody_home"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class HalfDay(StrEnum):
    """The part of a day in which staff come to a home."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


TAKES_ROOM = frozenset({AppointmentState.BOOKED, AppointmentState.CHECKED_IN})
"""Who has come keeps the place of the slot: the clerk's half hour is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRules:
    """What the office promises ahead: places for each service in each half hour, and when.

    `capacity` holds services that take appointments; others take none. `closed` are days on which
    nobody works, `weekdays` those on which they do (0 is Monday). `check_in_early` is how long
    before the time a number is given; the late window is `Rules.appointment_late`.
    `home_visits` is how many homes staff reach in a half day; 0 offers none.
    """

    capacity: dict[str, int] = field(default_factory=dict)
    slot: timedelta = timedelta(minutes=30)
    days_ahead: int = 14
    book_before: timedelta = timedelta(minutes=30)
    check_in_early: timedelta = timedelta(minutes=60)
    weekdays: tuple[int, ...] = WORKDAYS
    closed: tuple[date, ...] = ()
    home_visits: int = 0

    def works_on(self, day: date) -> bool:
        """Whether the office works on this day."""
        return day.weekday() in self.weekdays and day not in self.closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One appointment as it is now. `code` is what the citizen has in hand; nothing personal."""

    id: str
    code: str
    service: str
    slot_at: datetime
    state: AppointmentState
    channel: str
    language: str
    booked_at: datetime
    changed_at: datetime
    procedure: str | None = None
    ticket: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """One wish for a visit at home; name, phone and address are kept sealed elsewhere."""

    id: str
    code: str
    service: str
    on: date
    part: HalfDay
    priority: PriorityClass
    state: VisitState
    language: str
    requested_at: datetime
    changed_at: datetime
    procedure: str | None = None
    version: int = 1
