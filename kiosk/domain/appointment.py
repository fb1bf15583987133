"""An appointment as the kiosk shows it to its holder; what is decided about it, the server says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment; `allowed` names what would not be refused now: move, cancel, check-in.

    `check_in_from` and `late_after` bound the check-in that keeps the appointed place. `number`
    is the ticket that a check-in gave.
    """

    code: str
    service: str
    service_name: Words
    procedure_name: Words | None
    at: datetime
    until: datetime
    state: str
    check_in_from: datetime
    late_after: datetime
    number: str | None
    allowed: frozenset[str]
    page_url: str

    @property
    def parted_code(self) -> str:
        """The code in two halves, as people read it aloud."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"

    def too_early_by(self, now: datetime) -> timedelta | None:
        """How long until its number can be given; None when it is time, or past it."""
        return self.check_in_from - now if now < self.check_in_from else None

    def is_late(self, now: datetime) -> bool:
        """Whether the appointed place is lost: a number then counts from the arrival."""
        return now > self.late_after


@dataclass(frozen=True, slots=True)
class FreeTime:
    """The begin of a slot and how many more people it takes."""

    at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class FreeDay:
    """The slots of one day that are not too near; full ones, too."""

    day: date
    times: tuple[FreeTime, ...]

    @property
    def free(self) -> int:
        """How many places the day still has."""
        return sum(time.free for time in self.times)
