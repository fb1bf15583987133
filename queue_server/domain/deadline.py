"""Deadlines in working days: when the legal time of a dossier begins and ends.

Sources: Bộ luật Dân sự 2015, Articles 147 and 148 (the first day does not count; a period that
ends on a day off ends with the next working day); the 15:00 rule is each procedure's `cutoff`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from queue_server.domain.office import ZONE, Office

FURTHEST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Processing:
    """How long a procedure may take; what is filed after `cutoff` counts for the next day.

    `unit` is `working_day`, `calendar_day` or `immediate`.
    """

    value: int
    unit: str = "working_day"
    cutoff: time | None = None


def works_on(office: Office, day: date) -> bool:
    """Whether a deadline runs on this day."""
    return office.appointments.works_on(day) and day not in office.dossiers.holidays


def first_working(office: Office, day: date) -> date:
    """This day if the office works, else the next one on which it does.

    Raises:
        ValueError: the office never works.
    """
    for ahead in range(FURTHEST_DAYS):
        found = day + timedelta(days=ahead)
        if works_on(office, found):
            return found
    raise ValueError("this office has no working day")


def add_working_days(office: Office, day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself is not counted."""
    for _ in range(count):
        day = first_working(office, day + timedelta(days=1))
    return day


def working_days_between(office: Office, start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; 0 where `end` is not later."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(works_on(office, day) for day in days)


def working_days_left(office: Office, today: date, due: date) -> int:
    """Working days to a deadline; 0 on its day, below 0 behind it."""
    if due >= today:
        return working_days_between(office, today, due)
    return -working_days_between(office, due, today)


def counted_from(office: Office, at: datetime, cutoff: time | None = None) -> date:
    """The day that counts as the day of receipt.

    Filed on a day off, after closing or after the cutoff: the next working day.
    """
    local = at.astimezone(ZONE)
    late = local >= office.hours.closes_at(local.date())
    if cutoff is not None and local.time() > cutoff:
        late = True
    return first_working(office, local.date() + timedelta(days=1 if late else 0))


def due_at(office: Office, at: datetime, processing: Processing | None) -> datetime | None:
    """When the result is due: at closing time of the last day; None where no time is set."""
    if processing is None:
        return None
    start = counted_from(office, at, processing.cutoff)
    if processing.unit == "calendar_day":
        last = first_working(office, start + timedelta(days=processing.value))
    elif processing.unit == "working_day":
        last = add_working_days(office, start, processing.value)
    else:
        last = start
    return office.hours.closes_at(last)


def due_again(office: Office, at: datetime, open_days: int) -> datetime:
    """The new deadline after a supplement: the working days that were left run from now."""
    start = counted_from(office, at)
    return office.hours.closes_at(add_working_days(office, start, open_days))
