"""The recipe the plan was measured with, as plainly as it is told there: a mark to measure by.

One ensemble for the median, of least absolute deviations on log(1 + wait), and one for the 90 %
point; features as the office knew them on that day, no lines of its own, no mixture, no simulated
office. Size and rate are those of our recipe, nothing was tuned. Only the study uses it: it says
how hard a log is for a recipe whose figures are known on other days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from edge_models.wait.baselines import Lesson
from edge_models.wait.metrics import Forecasts
from edge_models.wait.replay import Matrix
from edge_models.wait.training import MEDIAN, TENTH, Recipe

PLAIN = Recipe()


@dataclass(frozen=True, slots=True)
class Reference:
    """Trained trees of P50 and P90 on the logarithm of the wait."""

    p50: lightgbm.Booster
    p90: lightgbm.Booster

    def predict(self, rows: Matrix) -> Forecasts:
        """Minutes."""
        given = rows.astype(np.float32)
        return Forecasts(
            *(
                np.maximum(np.expm1(np.asarray(each.predict(given))), 0)
                for each in (self.p50, self.p90)
            )
        )


def train(lesson: Lesson) -> Reference:
    """Learn from tickets as they were at arrival."""
    data = lightgbm.Dataset(
        lesson.rows.astype(np.float32), np.log1p(lesson.wait), free_raw_data=False
    )
    return Reference(*(lightgbm.train(_told(each), data, PLAIN.trees) for each in (MEDIAN, TENTH)))


def _told(objective: dict[str, Any]) -> dict[str, Any]:
    return {
        **objective,
        "learning_rate": PLAIN.rate,
        "num_leaves": PLAIN.leaves,
        "min_data_in_leaf": PLAIN.in_leaf,
        "feature_pre_filter": False,
        "seed": PLAIN.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": PLAIN.threads,
        "verbose": -1,
    }
