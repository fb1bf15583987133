"""Times of a log, written as minutes of the day or as ISO 8601, read as minutes of a day."""

from __future__ import annotations

import math
from datetime import date, datetime

MINUTES_A_DAY = 1440.0


def read_day(text: str) -> int:
    """The ordinal of an ISO date.

    Raises:
        ValueError: this is not a date.
    """
    return date.fromisoformat(text[:10]).toordinal()


def read_minute(text: str, day: int | None) -> float:
    """Minutes since local midnight of `day`; NaN for an empty field.

    An ISO time is taken as it stands on the office's clock; its offset only matters where the
    clock was changed, and there the wait is found to be impossible.

    Raises:
        ValueError: this is neither a number nor an ISO 8601 time.
    """
    if not text:
        return math.nan
    try:
        minute = float(text)
    except ValueError:
        at = datetime.fromisoformat(text)
        whole = at.toordinal() - (day if day is not None else at.toordinal())
        return whole * MINUTES_A_DAY + at.hour * 60 + at.minute + at.second / 60 + _micro(at)
    if not math.isfinite(minute):
        raise ValueError(f"not a time: {text!r}")
    return minute


def _micro(at: datetime) -> float:
    return at.microsecond / 60e6
