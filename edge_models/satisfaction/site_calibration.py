"""What citizens who agree and rate teach: how well a smile tells a good rating from a bad one.

Only two rows of ten counts are kept: p(happy) in tenths, by good (4, 5) and bad (1 to 3) rating. No
pair, no time, nobody. The AUC of such a table counts ties as half; its interval is a bootstrap of
the counts. The mapping that is learned is the operating point of the office: how many of the good
and of the bad ratings came with a smile. With it a window says the share of good ratings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from edge_models.satisfaction.window_share import NOT_CALIBRATED, OperatingPoint

BINS = 10
GOOD_FROM = 4
LEAST_EACH = 30
LEAST_AUC = 0.65
LEAST_GAP = 0.25
"""Below this gap of tpr and fpr the correction multiplies noise by more than four."""
DRAWS = 1000
SEED = 7
Counts = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How smiles and ratings go together, AUC with its 95 % interval, and what it allows."""

    n: int
    n_bad: int
    auc: float
    low: float
    high: float
    point: OperatingPoint
    good_enough: bool


def _nobody() -> list[int]:
    return [0] * BINS


@dataclass(slots=True)
class SmilesByRating:
    """Two rows of counts."""

    good: list[int] = field(default_factory=_nobody)
    bad: list[int] = field(default_factory=_nobody)

    def __post_init__(self) -> None:
        """Refuse what is no such table."""
        for row in (self.good, self.bad):
            if len(row) != BINS or any(not isinstance(n, int) or n < 0 for n in row):
                raise ValueError("two rows of ten counts")

    @property
    def n(self) -> int:
        """How many were counted."""
        return sum(self.good) + sum(self.bad)

    def add(self, smile: float, rating: int) -> None:
        """Count one: p(happy) 0..1, rating 1..5.

        Raises:
            ValueError: no such smile or rating.
        """
        if not 0 <= smile <= 1 or rating not in range(1, 6):
            raise ValueError("a smile is 0 to 1 and a rating 1 to 5")
        row = self.good if rating >= GOOD_FROM else self.bad
        row[min(int(smile * BINS), BINS - 1)] += 1

    def agreement(self) -> Agreement | None:
        """How it stands; None while one kind of rating is missing."""
        good, bad = np.array(self.good), np.array(self.bad)
        if not good.sum() or not bad.sum():
            return None
        low, high = np.quantile(_drawn(good, bad), [0.025, 0.975])
        point = OperatingPoint(tpr=_smiling(good), fpr=_smiling(bad))
        return Agreement(
            n=self.n,
            n_bad=int(bad.sum()),
            auc=float(_auc(good, bad)),
            low=float(low),
            high=float(high),
            point=point,
            good_enough=bool(
                min(good.sum(), bad.sum()) >= LEAST_EACH
                and low >= LEAST_AUC
                and point.tpr - point.fpr >= LEAST_GAP
            ),
        )

    def point(self) -> OperatingPoint:
        """What corrects a window: the office's own where it is good enough, else the default."""
        found = self.agreement()
        return found.point if found is not None and found.good_enough else NOT_CALIBRATED


def _smiling(row: Counts) -> float:
    """The share above p(happy) 0.5."""
    return float(row[BINS // 2 :].sum() / row.sum())


def _auc(good: Any, bad: Any) -> Any:
    """P(a good rating came with more smile than a bad one), ties half; along the last axis."""
    below = np.cumsum(bad, axis=-1) - bad
    pairs = (good * (below + bad / 2)).sum(axis=-1)
    return pairs / (good.sum(axis=-1) * bad.sum(axis=-1))


def _drawn(good: Counts, bad: Counts) -> Any:
    dice = np.random.default_rng(SEED)
    rows = [dice.multinomial(row.sum(), row / row.sum(), size=DRAWS) for row in (good, bad)]
    return _auc(*rows)
