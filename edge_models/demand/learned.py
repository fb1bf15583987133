"""The learned model: a Poisson regression that weighs what is known of a half hour.

The logarithm of the mean is a sum of: the usual half hour of this weekday, the same with its
neighbours, the half hour of all days, how busy the last days were, whether this is the first day
after a break, the beginning of a month, a Monday to Friday. The weights are learned from all days
of the history, each seen from the others, and drawn to `START`: few days change little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_models.demand.arrivals import Arrivals, Counts
from edge_models.demand.known_days import Calendar, DayFacts
from edge_models.demand.seasonal import Usual, learn_usual
from edge_models.demand.tet import fading
from edge_models.ticket_log.columns import Floats

LEVEL_DAYS = 5
LEARN_DAYS = 120
STEPS = 20
LEAST = 0.02
# Weekday, weekday smoothed, all days, level, after a break, month begins, constant.
START = np.array([0.45, 0.35, 0.2, 0.3, 0.0, 0.0, 0.0])
SPREAD = np.array([0.2, 0.2, 0.1, 0.3, 0.2, 0.1, 0.1])
# Whole days differ by so much for no reason that anybody could know.
DAY_CV = 0.12
Rows = tuple[Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class LearnedDays:
    """Usual days, and what weighs how much."""

    usual: Usual
    weights: Floats
    level: float

    def expected(self, facts: DayFacts) -> Counts:
        """Arrivals `[service, half hour]` of the day after the history, with these facts."""
        base = self.usual.expected(facts)
        if not base.any():
            return base
        own, every = self.usual.of_weekday(facts.weekday), self.usual.of_all()
        seen = _features(own, every, facts, self.level)
        mean: Counts = np.exp(np.clip(seen @ self.weights, -8, 8)) * (own.sum(axis=0) > 0)
        return mean * (1 + self.usual.tet * fading(facts.after_tet))


def learn_days(history: Arrivals, calendar: Calendar) -> LearnedDays:
    """Learn from the days of a history."""
    usual = learn_usual(history, calendar)
    totals = history.counts.sum(axis=(1, 2))
    own = [usual.of_weekday(f.weekday, place) for place, f in enumerate(usual.facts)]
    ratio = np.array([t / max(1.0, e.sum()) for t, e in zip(totals, own, strict=True)])
    found: list[Rows] = []
    for place in range(max(1, len(history) - LEARN_DAYS), len(history)):
        if usual.usual[place] and usual.knows(place):
            level = _level(ratio[:place])
            seen = _features(own[place], usual.of_all(place), usual.facts[place], level)
            open_now = np.broadcast_to(own[place].sum(axis=0) > 0, own[place].shape)
            worth = 1 / (1 + DAY_CV**2 * own[place].sum())
            came = history.counts[place][open_now]
            found.append((seen[open_now], came, np.full(len(came), worth)))
    weights = START
    if found:
        weights = _fit(*(np.concatenate(part) for part in zip(*found, strict=True)))
    return LearnedDays(usual, weights, _level(ratio))


def _level(ratio: Floats) -> float:
    """How busy the last days were against usual ones, as a logarithm."""
    return float(np.log(np.clip(np.median(ratio[-LEVEL_DAYS:]), 0.3, 3))) if len(ratio) else 0.0


def _features(own: Counts, every: Counts, facts: DayFacts, level: float) -> Floats:
    """`[service, half hour, feature]`."""
    padded = np.pad(own, ((0, 0), (1, 1)))
    smooth = (padded[:, :-2] + 2 * own + padded[:, 2:]) / 4
    scaled = every * (own.sum() / every.sum() if every.sum() else 1.0)
    logs = [np.log(np.maximum(each, LEAST)) for each in (own, smooth, scaled)]
    single = (level, float(facts.after_break), float(facts.month_begins), 1.0)
    return np.stack([*logs, *(np.full(own.shape, value) for value in single)], axis=2)


def _fit(seen: Floats, came: Floats, worth: Floats) -> Floats:
    """Newton's steps on the penalised likelihood; it is concave, so they meet at one point."""
    weights, penalty = START.copy(), 1 / SPREAD**2
    for _ in range(STEPS):
        mean = np.exp(np.clip(seen @ weights, -8, 8))
        gradient = seen.T @ (worth * (came - mean)) - penalty * (weights - START)
        curvature = (seen.T * (worth * mean)) @ seen + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        weights += np.clip(step, -0.3, 0.3)
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004 - nothing moves any more
            break
    return weights
