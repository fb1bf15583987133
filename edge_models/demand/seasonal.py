"""The seasonal baseline: the usual half hour of this weekday, holidays and Tết known.

The mean of the last `WEEKS` days of the same weekday, drawn a little towards all days of the same
level where only few are known. A holiday is a closed day unless the office has worked on one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_models.demand.arrivals import Arrivals, Counts
from edge_models.demand.known_days import Calendar, DayFacts
from edge_models.demand.tet import fading, rush_size
from edge_models.ticket_log.columns import Mask

WEEKS = 8
OTHER_DAYS = 1.0
RECENT_DAYS = 40


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual days of a history, ready to be asked about any weekday."""

    history: Arrivals
    facts: tuple[DayFacts, ...]
    usual: Mask
    tet: float
    works_on_holidays: bool

    def expected(self, facts: DayFacts) -> Counts:
        """Arrivals `[service, half hour]` of a day with these facts."""
        if facts.holiday and not self.works_on_holidays:
            return np.zeros(self.history.counts.shape[1:])
        return self.of_weekday(facts.weekday) * (1 + self.tet * fading(facts.after_tet))

    def of_weekday(self, weekday: int, without: int | None = None) -> Counts:
        """A usual day of this weekday, as if day number `without` had not been."""
        own = self.history.counts[self._others(without) & self._same(weekday)][-WEEKS:]
        every = self.of_all(without)
        if not len(own):
            return every
        cells: Counts = own.mean(axis=0)
        level = cells.sum() / every.sum() if every.sum() else 0.0
        drawn: Counts = (len(own) * cells + OTHER_DAYS * level * every) / (len(own) + OTHER_DAYS)
        # Where the weekday has other hours, other days say nothing.
        return drawn * (cells.sum(axis=0) > 0) if len(own) > 1 else drawn

    def of_all(self, without: int | None = None) -> Counts:
        """The mean of the last usual days, as if day number `without` had not been."""
        recent = self.history.counts[self._others(without)][-RECENT_DAYS:]
        return recent.mean(axis=0) if len(recent) else np.zeros(self.history.counts.shape[1:])

    def knows(self, place: int) -> bool:
        """Whether another day has the weekday of day number `place`."""
        return bool((self._others(place) & self._same(self.facts[place].weekday)).any())

    def _same(self, weekday: int) -> Mask:
        return np.array([facts.weekday == weekday for facts in self.facts], dtype=bool)

    def _others(self, without: int | None) -> Mask:
        mine = self.usual.copy()
        if without is not None:
            mine[without] = False
        return mine


def learn_usual(history: Arrivals, calendar: Calendar) -> Usual:
    """What the days of a history have in common."""
    facts = tuple(calendar.facts(int(day)) for day in history.days)
    usual = np.array([not f.holiday and not f.after_tet for f in facts], dtype=bool)
    if not usual.any():
        usual = np.ones(len(facts), dtype=bool)
    plain = Usual(history, facts, usual, 0.0, any(f.holiday for f in facts))
    seen = []
    for place, one in enumerate(facts):
        expected = plain.of_weekday(one.weekday).sum() if one.after_tet else 0.0
        if expected and not usual[place]:
            seen.append((one.after_tet, float(history.counts[place].sum() / expected)))
    return Usual(history, facts, usual, rush_size(seen), plain.works_on_holidays)
