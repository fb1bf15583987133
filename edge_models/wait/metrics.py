"""How good forecasts are: errors, coverage, and intervals by drawing whole queue-days again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import Floats, Ints
from edge_models.wait.conformal import BUCKETS

DRAWS = 1000
# Draws made or summed in one go; a divisor of their number.
BLOCK = 50
ENOUGH = 500
SLICES = 12
BUCKET_NAMES = ("0", "1-2", "3-8", "9+")


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What a predictor said, in minutes, one row for each ticket."""

    p50: Floats
    p90: Floats


@dataclass(frozen=True, slots=True)
class Truth:
    """What happened to the same tickets."""

    wait: Floats
    office: Ints
    queue_day: Ints
    ahead: Floats
    minute: Floats


def pinball(wait: Floats, said: Floats, level: float) -> float:
    """Mean pinball loss in minutes: what a quantile forecast of this level minimises."""
    miss = wait - said
    return float(np.maximum(level * miss, (level - 1) * miss).mean())


def measure(truth: Truth, said: Forecasts, offices: tuple[str, ...]) -> dict[str, object]:
    """All figures of one predictor; the worst office counts offices with 500 tickets or more."""
    miss = np.abs(truth.wait - said.p50)
    covered = truth.wait <= said.p90
    by_office = {
        offices[office]: round(float(covered[truth.office == office].mean()), 4)
        for office in np.unique(truth.office).tolist()
        if (truth.office == office).sum() >= ENOUGH
    }
    bucket = np.digitize(truth.ahead, BUCKETS)
    by_ahead = {
        name: round(float(covered[bucket == place].mean()), 4)
        for place, name in enumerate(BUCKET_NAMES)
        if (bucket == place).any()
    }
    return {
        "mae": float(miss.mean()),
        "rmse": math.sqrt(float((miss**2).mean())),
        "p90_abs_error": float(np.quantile(miss, 0.9)),
        "pinball_50": pinball(truth.wait, said.p50, 0.5),
        "pinball_90": pinball(truth.wait, said.p90, 0.9),
        "coverage_90": float(covered.mean()),
        "coverage_90_worst_office": min(by_office.values(), default=None),
        "coverage_90_by_office": by_office,
        "coverage_90_by_ahead": by_ahead,
        "bias": float((said.p50 - truth.wait).mean()),
    }


def calibration(truth: Truth, said: Forecasts) -> dict[str, object]:
    """Actual against forecast in twelfths of the tickets by forecast, and coverage by hour."""
    order = np.array_split(np.argsort(said.p50, kind="stable"), min(SLICES, len(truth.wait)))
    hour = (truth.minute // 60).astype(int)
    return {
        "forecast_p50": [float(said.p50[part].mean()) for part in order],
        "actual_p50": [float(np.median(truth.wait[part])) for part in order],
        "forecast_p90": [float(said.p90[part].mean()) for part in order],
        "actual_p90": [float(np.quantile(truth.wait[part], 0.9)) for part in order],
        "coverage_90_by_hour": {
            str(each): round(float((truth.wait <= said.p90)[hour == each].mean()), 4)
            for each in np.unique(hour).tolist()
            if (hour == each).sum() >= ENOUGH
        },
    }


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Draws of queue-days with replacement, the same draws for every predictor.

    `weights` says how often each queue-day stands in each draw; they are kept as bytes and used a
    few draws at a time, because a long log has a hundred thousand queue-days.
    """

    weights: NDArray[np.uint8]
    group: Ints
    tickets: Floats

    @classmethod
    def of(cls, queue_day: Ints, seed: int = 0) -> Bootstrap:
        """Seeded, so a report can be repeated."""
        group = np.unique(queue_day, return_inverse=True)[1].reshape(-1).astype(np.int64)
        groups = int(group.max()) + 1
        rng = np.random.default_rng(seed)
        weights, even = np.empty((DRAWS, groups), dtype=np.uint8), np.full(groups, 1 / groups)
        for first in range(0, DRAWS, BLOCK):
            weights[first : first + BLOCK] = rng.multinomial(groups, even, BLOCK)
        return cls(weights, group, _sums(weights, np.bincount(group, minlength=groups)))

    def means(self, values: Floats) -> Floats:
        """The mean of a per-ticket value in each draw."""
        sums = np.bincount(self.group, weights=values, minlength=self.weights.shape[1])
        return _sums(self.weights, sums) / self.tickets


def _sums(weights: NDArray[np.uint8], of_groups: NDArray[Any]) -> Floats:
    blocks = (weights[first : first + BLOCK] for first in range(0, len(weights), BLOCK))
    return np.concatenate([block.astype(np.float64) @ of_groups for block in blocks])


def interval(draws: Floats) -> list[float]:
    """The middle 95 % of the draws."""
    return [float(point) for point in np.quantile(draws, [0.025, 0.975])]


def ratios(
    truth: Truth, model: Floats, baselines: dict[str, Floats], seed: int = 0
) -> dict[str, object]:
    """Errors of a model as shares of the best baseline's; which is best is chosen per figure."""
    draws = Bootstrap.of(truth.queue_day, seed)
    found: dict[str, object] = {}
    miss = {name: np.abs(truth.wait - said) for name, said in baselines.items()}
    own = np.abs(truth.wait - model)
    for figure, power in (("mae", 1), ("rmse", 2)):
        best = min(miss, key=lambda name: float((miss[name] ** power).mean()))
        for label, other in ((f"{figure}_to_best", best), (f"{figure}_to_les", "les")):
            ratio = (own**power).mean() / max(float((miss[other] ** power).mean()), 1e-12)
            drawn = draws.means(own**power) / np.maximum(draws.means(miss[other] ** power), 1e-12)
            low, high = interval(drawn ** (1 / power))
            found[label] = {
                "value": float(ratio ** (1 / power)), "low": low, "high": high, "against": other,
            }  # fmt: skip
    return found
