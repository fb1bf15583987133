"""How far counts fall from what was expected: half hours and whole days, learned from past misses.

A count has variance `m + phi·m²` (negative binomial); a whole day is off by a factor with
coefficient of variation `day_cv`. Both by the method of moments over days that were forecast
before they happened, with one assumed day so that few days do not claim to be sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge_models.demand.arrivals import Counts
from edge_models.ticket_log.columns import Floats

ASSUMED_PHI = 0.1
ASSUMED_DAY_CV = 0.15
LOW, HIGH = 0.1, 0.9
MOST = 4000


@dataclass(frozen=True, slots=True)
class Spread:
    """How much half hours and days vary beyond chance."""

    phi: float = ASSUMED_PHI
    day_cv: float = ASSUMED_DAY_CV

    def interval(self, mean: Counts) -> tuple[Counts, Counts]:
        """Eight of ten counts are expected between these, both included."""
        return _quantile(mean, self.phi, LOW), _quantile(mean, self.phi, HIGH)

    def total_interval(self, mean: float) -> tuple[float, float]:
        """The same for the sum of a day or of a part of it."""
        at = np.array([mean])
        low, high = (_quantile(at, self.day_cv**2, share) for share in (LOW, HIGH))
        return float(low[0]), float(high[0])

    def busier(self, came: float, expected: float) -> float:
        """By which factor the rest of a day is busier, after so many instead of so many expected.

        The mean of a gamma belief about the day's factor after a Poisson count.
        """
        sure = 1 / self.day_cv**2
        return (sure + came) / (sure + expected)


def learn_spread(missed: Sequence[tuple[Counts, Counts]]) -> Spread:
    """From `(expected, came)` of forecast days, each `[service, half hour]`."""
    above, squares = ASSUMED_PHI, 1.0
    day_above, day_weight = ASSUMED_DAY_CV**2, 1.0
    for expected, came in missed:
        total = float(expected.sum())
        if not total:
            continue
        # In units of one day, so that the assumed day weighs as much as any other.
        scale = float((expected**2).sum())
        above += float(((came - expected) ** 2 - expected).sum()) / scale
        squares += 1
        day_above += ((float(came.sum()) - total) ** 2 - total) / total**2
        day_weight += 1
    phi = max(1e-6, above / squares)
    return Spread(phi, float(np.sqrt(max(0.03**2, day_above / day_weight))))


def _quantile(mean: Counts, phi: float, share: float) -> Counts:
    """Smallest count that a share of a negative binomial does not exceed."""
    size = 1 / max(phi, 1e-6)
    flat: Floats = np.maximum(mean.reshape(-1), 0.0)
    chance = size / (size + flat)
    mass = chance**size
    below, found = mass.copy(), np.zeros_like(flat)
    for count in range(MOST):
        open_ = below < share
        if not open_.any():
            break
        mass = mass * (size + count) / (count + 1) * (1 - chance)
        found[open_] = count + 1
        below = below + mass
    return found.reshape(mean.shape)
