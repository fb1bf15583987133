"""How well scores tell yes from no: AUC, calibration error, shares, bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from edge_models.ticket_log.columns import Floats, Mask

ROUNDS = 1000
LEAST_OF_EACH = 2
BINS = 10
SEED = 20260801
Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; None where the data do not hold it."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def as_dict(self) -> dict[str, float | None]:
        """For JSON."""
        return asdict(self)


def auc(scores: Floats, yes: Mask) -> float | None:
    """P(a yes scores above a no), ties half (Mann and Whitney 1947); None without both kinds."""
    n_yes, n_no = int(yes.sum()), int((~yes).sum())
    if not n_yes or not n_no:
        return None
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    ranks = (ends - (count - 1) / 2)[place]
    return float((ranks[yes].sum() - n_yes * (n_yes + 1) / 2) / (n_yes * n_no))


def calibration_error(scores: Floats, yes: Mask) -> float | None:
    """Mean gap between score and share of yes, over ten equal bins, weighted by their people."""
    if not scores.size:
        return None
    place = np.minimum((scores * BINS).astype(np.int64), BINS - 1)
    people = np.bincount(place, minlength=BINS)
    said = np.bincount(place, weights=scores, minlength=BINS)
    seen = np.bincount(place, weights=yes.astype(np.float64), minlength=BINS)
    return float(np.abs(said - seen).sum() / people.sum())


def share(chosen: Mask) -> float | None:
    """The share of True."""
    return float(chosen.mean()) if chosen.size else None


class Bootstrap:
    """Draws whole people again, so that several pictures of one person count as one."""

    def __init__(self, people: Rows, rounds: int = ROUNDS) -> None:
        """`people` is a number for each row; rows of one person have the same."""
        _, owner = np.unique(people, return_inverse=True)
        self._rows = np.argsort(owner, kind="stable")
        self._counts = np.bincount(owner)
        self._starts = np.concatenate([[0], np.cumsum(self._counts)[:-1]]).astype(np.int64)
        self._rounds = rounds

    def figure(self, count: Callable[[Rows], float | None]) -> Figure:
        """The value on all rows and the middle 95 % of the values on redrawn rows."""
        value = count(np.arange(len(self._rows)))
        if value is None or len(self._counts) < LEAST_OF_EACH:
            return Figure(value)
        dice = np.random.default_rng(SEED)
        drawn = (count(self._draw(dice)) for _ in range(self._rounds))
        kept = [value for value in drawn if value is not None]
        if not kept:
            return Figure(value)
        low, high = np.quantile(kept, [0.025, 0.975])
        return Figure(value, float(low), float(high))

    def _draw(self, dice: np.random.Generator) -> Rows:
        people = dice.integers(0, len(self._counts), len(self._counts))
        counts = self._counts[people]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.asarray(self._rows[np.repeat(self._starts[people], counts) + within])
