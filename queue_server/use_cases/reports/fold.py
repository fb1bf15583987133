"""Folds the visits of days into counts and times, small enough to add up a year of them."""

from __future__ import annotations

from array import array
from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from queue_server.use_cases.reports.other_facts import smile_parts
from queue_server.use_cases.reports.selection import (
    Selection,
    dossier_selections,
    groups_of,
    other_selections,
    sets_of,
)
from queue_server.use_cases.reports.visit_facts import DayFacts, VisitFact

SECONDS = "I"
"""Times are kept as whole seconds, rounded up: who waited a moment over 15 minutes is over."""
TIMED = {"waited": "wait_s", "served": "served_s"}
"""The sets that have a time, and which."""
ROUNDING = 1e-9
"""0.9 of 70 people are 63, whatever binary fractions say."""
QUANTILES_BY = frozenset({"", "service", "priority", "appointment", "counter", "clerk"})
"""Groups whose quantiles are told; the others have counts and sums alone."""


@dataclass(slots=True)
class Times:
    """Times of a set: how many, their exact sum in seconds, and each in whole seconds."""

    n: int = 0
    total_s: float = 0.0
    seconds: array[int] = field(default_factory=lambda: array(SECONDS))

    def mean_min(self) -> float | None:
        """Mean in minutes."""
        return self.total_s / self.n / 60 if self.n else None


@dataclass(slots=True)
class Folded:
    """Days put together. `counts` and `times` go by (set, dimension, value).

    `tallies` has what is no visit: appointments and home visits by state, seconds that counters
    were open, corrections of the clock.
    """

    days: list[date] = field(default_factory=list)
    counts: Tally[Selection] = field(default_factory=Tally)
    times: dict[Selection, Times] = field(default_factory=dict)
    tallies: dict[tuple[str, str], float] = field(default_factory=dict)
    inaccurate_days: int = 0
    issued_by_day: dict[date, int] = field(default_factory=dict)
    wait_by_day: dict[date, tuple[int, float]] = field(default_factory=dict)

    def add(self, facts: DayFacts) -> None:
        """Count one more day."""
        self.days.append(facts.day)
        for visit in facts.visits:
            self._visit(visit)
        for fact in facts.dossiers:
            self.counts.update(dossier_selections(fact))
        for other in facts.others:
            self.counts.update(other_selections(other))
        for (name, part), amount in smile_parts(facts.others).items():
            self._tally(name, part, amount)
        for name, tally in (("appointment", facts.appointments), ("home_visit", facts.home_visits)):
            for state, n in tally.items():
                self._tally(name, state, n)
        for counter, seconds in facts.open_s.items():
            self._tally("open_s", str(counter), seconds)
        for person, seconds in facts.clerk_s.items():
            self._tally("clerk_s", person, seconds)
        self._tally("clock_jumps", "", facts.clock_jumps)
        self._tally("days_made_up", "", facts.made_up)
        waits = [visit.wait_s for visit in facts.visits if visit.wait_s is not None]
        self.issued_by_day[facts.day] = len(facts.visits)
        self.wait_by_day[facts.day] = (len(waits), sum(waits))
        self.inaccurate_days += any(not visit.accurate for visit in facts.visits)

    def _visit(self, visit: VisitFact) -> None:
        sets = sets_of(visit)
        for dimension, value in groups_of(visit):
            for name in sets:
                self.counts[Selection(name, dimension, value)] += 1
            if dimension in QUANTILES_BY:
                self._time(visit, dimension, value)

    def _time(self, visit: VisitFact, dimension: str, value: str) -> None:
        for name, attribute in TIMED.items():
            seconds: float | None = getattr(visit, attribute)
            if seconds is not None:
                times = self.times.setdefault(Selection(name, dimension, value), Times())
                times.n += 1
                times.total_s += seconds
                times.seconds.append(ceil(seconds))

    def _tally(self, name: str, value: str, amount: float) -> None:
        key = (name, value)
        self.tallies[key] = self.tallies.get(key, 0) + amount

    def count(self, visits: str, dimension: str = "", value: str = "") -> int:
        """How many visits of a set, all or of one group."""
        return self.counts[Selection(visits, dimension, value)]

    def timed(self, visits: str, dimension: str = "", value: str = "") -> Times:
        """The times of a set; empty where there are none."""
        return self.times.get(Selection(visits, dimension, value), Times())

    def values(self, visits: str, dimension: str) -> list[str]:
        """The values of a dimension that occur in a set, in order."""
        found = {s.value for s in self.counts if (s.visits, s.dimension) == (visits, dimension)}
        return sorted(
            found, key=lambda value: (len(value), value) if value.isdigit() else (0, value)
        )


def folded(days: Iterable[DayFacts]) -> Folded:
    """The days put together."""
    made = Folded()
    for facts in days:
        made.add(facts)
    return made


def quantile_min(times: Times, *shares: float) -> list[float | None]:
    """For each share the smallest time in minutes that so many did not exceed, to the second.

    Seconds are counted and walked through once: a million of them in a tenth of a second.
    """
    if not times.n:
        return [None for _ in shares]
    histogram = sorted(Tally(times.seconds).items())
    found: list[float | None] = []
    for share in shares:
        rank, below = max(1, ceil(times.n * share - ROUNDING)), 0
        for second, n in histogram:
            below += n
            if below >= rank:
                found.append(second / 60)
                break
    return found
