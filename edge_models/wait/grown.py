"""An office's own model: small trees on top of a given model's, for what that one leaves over.

A young office has too few tickets for a model of its own; so the given trees stay as they are and
own ones are added behind them. One file, one look, and at worst little else than before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from edge_models.runtime.card import write_card
from edge_models.runtime.session import RowModel, run_once
from edge_models.ticket_log.columns import Floats
from edge_models.wait.baselines import Lesson
from edge_models.wait.export import LARGEST_GAP_MIN, NotTheSame
from edge_models.wait.features import FEATURES
from edge_models.wait.metrics import Forecasts
from edge_models.wait.model import NAMES, WaitModel
from edge_models.wait.replay import Matrix
from edge_models.wait.training import Boosters, Recipe, Trainer
from edge_models.wait.tree_onnx import as_onnx, root_graph

OWN = Recipe(trees=60, leaves=15, in_leaf=100)


@dataclass(frozen=True, slots=True)
class Grown:
    """The given graphs of P50 and P90, and the own trees behind them."""

    base: tuple[bytes, bytes]
    own: Boosters

    def predict(self, rows: Matrix) -> Forecasts:
        """Minutes; P90 is never below P50."""
        given = rows.astype(np.float32)
        p50, p90 = (
            np.maximum(root + booster.predict(given), 0) ** 2
            for root, booster in zip(
                roots(self.base, rows), (self.own.p50, self.own.p90), strict=True
            )
        )
        return Forecasts(p50, np.maximum(p90, p50))


def roots(base: tuple[bytes, bytes], rows: Matrix) -> list[Floats]:
    """What the given trees say of the root of the wait, of P50 and P90."""
    return [run_once(root_graph(each), rows) for each in base]


def grow(base: WaitModel, lesson: Lesson, trainer: Trainer | None = None) -> Grown:
    """Grow own trees from an office's tickets.

    Raises:
        TooFewTickets: there is too little to learn from.
    """
    graphs = base.graphs
    trainer = trainer or Trainer(OWN)
    start = dict(zip(("p50", "p90"), roots(graphs, lesson.rows), strict=True))
    return Grown(graphs, trainer.grow(lesson, start))


def export_grown(grown: Grown, probe: Matrix, folder: Path, facts: Mapping[str, Any]) -> float:
    """Write both files with cards; the largest gap on the probe rows, in minutes.

    Raises:
        NotTheSame: the gap is over 0.05 minutes somewhere.
    """
    said = grown.predict(probe)
    worst = 0.0
    pairs = zip(NAMES, grown.base, (grown.own.p50, grown.own.p90), strict=True)
    for name, graph, booster in pairs:
        path = folder / f"{name}.onnx"
        path.write_bytes(as_onnx(booster.dump_model(), graph))
        what = f"{name.removeprefix('wait_')} of the wait, minutes"
        write_card(path, {"forecast": what, **facts, "features": FEATURES})
    p50, p90 = (RowModel(folder / f"{name}.onnx").predict(probe) for name in NAMES)
    for mine, wanted in ((p50, said.p50), (np.maximum(p90, p50), said.p90)):
        worst = max(worst, float(np.abs(mine - wanted).max(initial=0.0)))
    if not worst <= LARGEST_GAP_MIN:
        raise NotTheSame(f"{folder.name}: {worst:.3f} min away from the trained model")
    return worst
