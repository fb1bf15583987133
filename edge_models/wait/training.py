"""Learns P50 and P90 of the wait from features: gradient-boosted trees on the root of the minutes.

The root lies between minutes, where a few endless queues decide everything, and their logarithm,
where nobody waits long; it was the best of the three on days kept for choosing. The middle is a
mixture: trees that learn the median of the roots know an office's grown queues best, trees that
learn their mean carry over better to offices never seen, and random splits make both steadier.
Every row is learned a second time without what earlier days taught, so that the model also knows
an office's first day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import lightgbm
import numpy as np

from edge_models.ticket_log.columns import Floats
from edge_models.wait.baselines import Lesson
from edge_models.wait.features import FEATURES, MEMORY, PLACE
from edge_models.wait.forest import Forest, Part
from edge_models.wait.metrics import Forecasts
from edge_models.wait.replay import Matrix

FEWEST = 500
MEMORY_PLACES = [PLACE[name] for name in MEMORY]
MEAN, MEDIAN, TENTH = (
    {"objective": "l2"},
    {"objective": "l1"},
    {"objective": "quantile", "alpha": 0.9},
)
PARTS = {
    "p50": (
        Part(0.5, MEDIAN, trees=0.6, rate=1.6, leaves=2.04, in_leaf=0.5),
        Part(0.3, MEAN, trees=0.6, rate=1.6),
        Part(0.2, MEAN | {"extra_trees": True}, trees=0.6, rate=2.6, leaves=2.04, in_leaf=0.3),
    ),
    "p90": (Part(1.0, TENTH),),
}
# Own trees behind given ones are few: one ensemble for each.
OWN_PARTS = {"p50": (Part(1.0, MEAN),), "p90": (Part(1.0, TENTH),)}


class TooFewTickets(ValueError):  # noqa: N818 - the state of the log, said as a state
    """A model of so few tickets would only repeat them."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the same recipe, seed and rows give the same model."""

    trees: int = 250
    rate: float = 0.05
    leaves: int = 31
    in_leaf: int = 200
    smooth: float = 20.0
    forgotten: float = 0.6
    seed: int = 1
    threads: int = 1

    def trees_of(self, name: str) -> int:
        """How many trees stand in a forecast in the end, for its progress."""
        return sum(self.trees_in(part) for part in PARTS[name])

    def trees_in(self, part: Part) -> int:
        """How many of them one ensemble has."""
        return max(1, round(self.trees * part.trees))

    def parameters(self, part: Part) -> dict[str, Any]:
        """Of one ensemble, in LightGBM's words."""
        return {
            **part.objective,
            "learning_rate": self.rate * part.rate,
            "num_leaves": round(self.leaves * part.leaves),
            "min_data_in_leaf": round(self.in_leaf * part.in_leaf),
            "feature_pre_filter": False,
            "path_smooth": self.smooth,
            "feature_fraction": 0.5,
            "bagging_fraction": 0.7,
            "bagging_freq": 1,
            "seed": self.seed,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": self.threads,
            "verbose": -1,
        }


@dataclass(frozen=True, slots=True)
class Boosters:
    """A trained pair, before export."""

    p50: Forest
    p90: Forest

    def predict(self, rows: Matrix) -> Forecasts:
        """Minutes, from rows rounded to float32 as in training."""
        given = rows.astype(np.float32)
        return Forecasts(
            *(np.maximum(each.predict(given), 0) ** 2 for each in (self.p50, self.p90))
        )


@dataclass(slots=True)
class Trainer:
    """Trains by a recipe; `progress` is told the name of the model and how many trees stand."""

    recipe: Recipe = field(default_factory=Recipe)
    progress: Callable[[str, int], None] = lambda _name, _trees: None

    def train(self, lesson: Lesson, weight: Floats | None = None) -> Boosters:
        """Both models from the same rows.

        Raises:
            TooFewTickets: there is too little to learn from.
        """
        if len(lesson.wait) < FEWEST:
            raise TooFewTickets(f"{len(lesson.wait)} tickets to learn from, at least {FEWEST}")
        rows = np.concatenate([lesson.rows, _without_memory(lesson.rows)]).astype(np.float32)
        once = np.ones(len(lesson.wait)) if weight is None else weight
        data = lightgbm.Dataset(
            rows,
            np.tile(np.sqrt(lesson.wait), 2),
            weight=np.concatenate([once, once * self.recipe.forgotten]),
            feature_name=list(FEATURES),
            free_raw_data=False,
        )
        return Boosters(**{name: self._boost(name, parts, data) for name, parts in PARTS.items()})

    def grow(self, lesson: Lesson, roots: Mapping[str, Floats]) -> Boosters:
        """Trees for what is left of the root of the wait, after `roots` of `p50` and `p90`.

        Raises:
            TooFewTickets: there is too little to learn from.
        """
        if len(lesson.wait) < FEWEST:
            raise TooFewTickets(f"{len(lesson.wait)} tickets to learn from, at least {FEWEST}")
        rows, wanted = lesson.rows.astype(np.float32), np.sqrt(lesson.wait)
        return Boosters(
            **{
                name: self._boost(
                    name,
                    parts,
                    lightgbm.Dataset(
                        rows, wanted, init_score=roots[name], feature_name=list(FEATURES)
                    ),
                )
                for name, parts in OWN_PARTS.items()
            }
        )

    def _boost(self, name: str, parts: Sequence[Part], data: lightgbm.Dataset) -> Forest:
        grown, done = [], 0
        for part in parts:
            wanted = self.recipe.trees_in(part)
            tell = partial(self._tell, name, done)
            grown.append(
                (
                    part.share,
                    lightgbm.train(self.recipe.parameters(part), data, wanted, callbacks=[tell]),
                )
            )
            done += wanted
        return Forest(grown)

    def _tell(self, name: str, done: int, now: lightgbm.callback.CallbackEnv) -> None:
        self.progress(name, done + now.iteration + 1)


def _without_memory(rows: Matrix) -> Matrix:
    first_day = rows.copy()
    first_day[:, MEMORY_PLACES] = np.nan
    return first_day
