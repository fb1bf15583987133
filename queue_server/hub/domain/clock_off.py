"""Whether an office's clock is right, told from when it says it sent and when that arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median_low

TOLERATED = timedelta(minutes=5)


def clock_off(times: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How far a clock is ahead (behind: negative), from pairs of sent (by it) and stored (ours).

    A message is stored within seconds of its sending however old its event is, so a backlog does
    not look like a wrong clock. The median forgives one that was held up on the way.
    """
    return timedelta(seconds=median_low((sent - stored).total_seconds() for sent, stored in times))


def is_wrong(off: timedelta) -> bool:
    """Whether people should be told."""
    return abs(off) > TOLERATED
