"""How many numbers a kiosk keeps for the time it may be alone: as many as people take of them."""

from __future__ import annotations

from collections import deque

HOUR_S = 3600.0
HOURS_ALONE = 4
"""A working day has two halves of four hours: help comes within one."""
HOURS_REMEMBERED = 4
LEAST, MOST = 10, 400


class Demand:
    """Counts the numbers taken here, by service and hour; times are seconds of any one clock."""

    def __init__(self) -> None:
        self._hours: dict[str, deque[tuple[int, int]]] = {}

    def taken(self, service: str, at_s: float) -> None:
        """Somebody took a number."""
        hours = self._hours.setdefault(service, deque(maxlen=HOURS_REMEMBERED))
        hour = int(at_s // HOUR_S)
        if hours and hours[-1][0] == hour:
            hours[-1] = (hour, hours[-1][1] + 1)
        else:
            hours.append((hour, 1))

    def wanted(self, service: str, at_s: float) -> int:
        """The busiest of the last hours, for as long as the kiosk may be alone."""
        since = at_s // HOUR_S - HOURS_REMEMBERED
        busiest = max((n for hour, n in self._hours.get(service, ()) if hour > since), default=0)
        return min(MOST, max(LEAST, busiest * HOURS_ALONE))

    def missing(self, service: str, at_s: float, left: int) -> int:
        """How many to lease now: nothing while half of what is wanted is there."""
        wanted = self.wanted(service, at_s)
        return wanted - left if left * 2 < wanted else 0
