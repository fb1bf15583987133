"""How a window of time is named in the topic of the smile index: its start in UTC and its length.

`20261127T0100Z-15` began at 01:00 UTC and lasted 15 minutes. Nothing finer exists, so that nobody
can be found again in it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

QUARTER_MIN = 15
LONGEST_MIN = 12 * 60
LEAST_PEOPLE = 10
CALIBRATION = "calibration"

_FORM = re.compile(r"^(\d{8}T\d{4})Z-(\d{2,3})$", re.ASCII)


def window_name(start: datetime, minutes: int) -> str:
    """The topic level of a window; `start` is aware."""
    return f"{start.astimezone(UTC):%Y%m%dT%H%M}Z-{minutes}"


def read_window(name: str) -> tuple[datetime, int] | None:
    """Start and minutes of a window; None for a name that is none or finer than a quarter hour."""
    found = _FORM.match(name)
    if found is None:
        return None
    try:
        start = datetime.strptime(found[1], "%Y%m%dT%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    minutes = int(found[2])
    whole = minutes % QUARTER_MIN == 0 and start.minute % QUARTER_MIN == 0
    return (start, minutes) if whole and QUARTER_MIN <= minutes <= LONGEST_MIN else None


def window_end(start: datetime, minutes: int) -> datetime:
    """When a window was over."""
    return start + timedelta(minutes=minutes)
