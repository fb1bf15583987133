"""Counts smiles in windows of a quarter of an hour or more, and lets nothing finer out.

A window that has fewer than ten people when its quarter ends grows by another quarter; what is
left at night, or when it grew for half a day, is forgotten. Windows never overlap, so no
difference of two of them is about fewer than ten people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)
LONGEST = timedelta(hours=6)
LEAST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class ClosedWindow:
    """So many people from `start` on, and how many of them smiled."""

    start: datetime
    minutes: int
    people: int
    smiles: int


def quarter_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour in which `at` lies; `at` is aware."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


class SmileWindows:
    """The window that is open now; nothing else is remembered."""

    def __init__(self, now: datetime) -> None:
        self._start = quarter_of(now)
        self._grown_to = self._start
        self._began = now
        self._people = self._smiles = 0

    def count(self, *, smiled: bool) -> None:
        """One more person; close what is due first."""
        self._people += 1
        self._smiles += smiled

    def close(self, now: datetime) -> ClosedWindow | None:
        """The window that is over and may be known, if there is one."""
        end = quarter_of(now)
        length = end - self._start
        # A process that began at 8:12 has not watched for a quarter of an hour at 8:15.
        if length < QUARTER or timedelta(0) <= end - self._began < QUARTER:
            if length < timedelta(0):  # the clock was put back: what was counted has no time
                self._begin(end)
            return None
        people, smiles, start = self._people, self._smiles, self._start
        if end == self._grown_to:  # decided before; who came since belongs to the next quarter
            return None
        if people and people < LEAST_PEOPLE and length < LONGEST and _same_day(start, end):
            self._grown_to = end
            return None
        self._begin(end)
        if people < LEAST_PEOPLE or length > LONGEST:
            return None
        return ClosedWindow(start, int(length / timedelta(minutes=1)), people, smiles)

    def _begin(self, start: datetime) -> None:
        self._start = self._grown_to = self._began = start
        self._people = self._smiles = 0


def _same_day(start: datetime, end: datetime) -> bool:
    return start.date() == end.date()
