"""Q-Lasso (Ang et al. 2016): a sparse linear mixture of queueing predictors and the hour.

Least squares with an L1 penalty by coordinate descent on the Gram matrix, so that a night with
100,000 tickets costs about a second. The penalty is the best of a short path on the last fifth of
the days. Unknown inputs take the mean, outliers the 99.5 % point of what was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import Floats, Ints
from edge_models.wait.memory import HALF_HOURS, half_hours

Matrix = NDArray[np.float64]
PENALTIES = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
ROUNDS = 200
ENOUGH = 50
NOTHING = 1e-12
SETTLED = 1e-5


@dataclass(frozen=True, slots=True)
class Scale:
    """How raw features become comparable columns."""

    minute: int
    low: Floats
    high: Floats
    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, rows: Matrix, minute: int) -> Scale:
        """Learned from these rows; a column that is never known stays at nought."""
        known = np.where(np.isnan(rows).all(axis=0), 0.0, rows)
        low, high = np.nanpercentile(known, [0.5, 99.5], axis=0)
        clipped = np.clip(known, low, high)
        mean, spread = np.nanmean(clipped, axis=0), np.nanstd(clipped, axis=0)
        return cls(minute, low, high, mean, np.where(spread > 0, spread, 1.0))

    def apply(self, rows: Matrix) -> Matrix:
        """Standardised columns and one for each half hour of the day."""
        scaled = (np.clip(rows, self.low, self.high) - self.mean) / self.spread
        hours = np.zeros((len(rows), HALF_HOURS))
        hours[np.arange(len(rows)), half_hours(rows[:, self.minute])] = 1.0
        return np.concatenate([np.nan_to_num(scaled), hours], axis=1)


@dataclass(frozen=True, slots=True)
class QLasso:
    """A fitted mixture."""

    scale: Scale
    centre: Floats
    weights: Floats
    level: float

    def predict(self, rows: Matrix) -> Floats:
        """Minutes of wait; never negative."""
        found = (self.scale.apply(rows) - self.centre) @ self.weights + self.level
        return np.asarray(np.maximum(found, 0.0))


def fit(rows: Matrix, wait: Floats, day: Ints, minute: int) -> QLasso | None:
    """Fit on tickets that were called; None while there are too few of them.

    Args:
        rows: candidate columns, minutes and counts as they are.
        wait: minutes each ticket waited.
        day: day of each ticket, for choosing the penalty.
        minute: the column with the minute of the day.
    """
    if len(rows) < ENOUGH:
        return None
    days = np.unique(day)
    late = day > days[-max(1, len(days) // 5) - 1] if len(days) > 1 else np.zeros(len(day), bool)
    penalty = PENALTIES[2]
    if late.any() and (~late).sum() >= ENOUGH:
        tried = _path(rows[~late], wait[~late], minute)
        errors = [np.abs(model.predict(rows[late]) - wait[late]).mean() for model in tried]
        penalty = PENALTIES[int(np.argmin(errors))]
    return _path(rows, wait, minute, (penalty,))[0]


def _path(
    rows: Matrix, wait: Floats, minute: int, penalties: tuple[float, ...] = PENALTIES
) -> list[QLasso]:
    scale = Scale.of(rows, minute)
    columns = scale.apply(rows)
    centre, level = columns.mean(axis=0), float(wait.mean())
    columns -= centre
    gram, slope = columns.T @ columns / len(rows), columns.T @ (wait - level) / len(rows)
    weights, unit = np.zeros(len(centre)), max(float(wait.std()), 1e-9)
    models = []
    for penalty in penalties:
        weights = descend(gram, slope, weights.copy(), penalty * unit)
        models.append(QLasso(scale, centre, weights, level))
    return models


def descend(gram: Matrix, slope: Floats, weights: Floats, penalty: float) -> Floats:
    """Minimise w'Gw/2 - s'w + penalty |w|, one weight after the other."""
    for _ in range(ROUNDS):
        largest = 0.0
        for place in np.flatnonzero(np.diag(gram) > NOTHING):
            pull = slope[place] - gram[place] @ weights + gram[place, place] * weights[place]
            new = np.sign(pull) * max(abs(pull) - penalty, 0.0) / gram[place, place]
            largest = max(largest, abs(new - weights[place]))
            weights[place] = new
        if largest < SETTLED:
            break
    return weights
