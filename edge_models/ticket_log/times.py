"""Times of a log, written as minutes of the day or as ISO 8601, read as minutes of a day."""

from __future__ import annotations

import math
from datetime import date, datetime, time, tzinfo

MINUTES_A_DAY = 1440.0


def read_day(text: str) -> int:
    """The ordinal of an ISO date.

    Raises:
        ValueError: this is not a date.
    """
    return date.fromisoformat(text[:10]).toordinal()


def offset_of(text: str) -> tzinfo | None:
    """The offset from UTC an ISO time names; None for minutes of the day or a bare time."""
    try:
        return datetime.fromisoformat(text).tzinfo
    except ValueError:
        return None


def minutes_of(clock: tzinfo | None) -> float:
    """Minutes this clock is ahead of UTC; NaN where it is unknown."""
    ahead = clock.utcoffset(None) if clock is not None else None
    return math.nan if ahead is None else ahead.total_seconds() / 60


def read_minute(text: str, day: int | None, clock: tzinfo | None = None) -> float:
    """Minutes since local midnight of `day`; NaN for an empty field.

    A bare ISO time is taken as it stands on the office's clock; a time without a date is of `day`.
    Where it and the arrival both name their offset, it is told by the arrival's clock: so an hour
    that the clocks jump is no wait.

    Raises:
        ValueError: this is neither a number nor an ISO 8601 time.
    """
    if not text:
        return math.nan
    try:
        minute = float(text)
    except ValueError:
        return _iso(text, day, clock)
    if not math.isfinite(minute):
        raise ValueError(f"not a time: {text!r}")
    return minute


def _iso(text: str, day: int | None, clock: tzinfo | None) -> float:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        if day is None:
            raise
        at = datetime.combine(date.fromordinal(day), time.fromisoformat(text))
    if clock is not None and at.tzinfo is not None:
        try:
            at = at.astimezone(clock)
        except OverflowError as error:
            raise ValueError(f"not a time: {text!r}") from error
    whole = at.toordinal() - (day if day is not None else at.toordinal())
    seconds = at.second / 60 + at.microsecond / 60e6
    return whole * MINUTES_A_DAY + at.hour * 60 + at.minute + seconds
