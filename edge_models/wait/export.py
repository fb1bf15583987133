"""Writes trained boosters as ONNX files with cards, and refuses an export that is not the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from edge_models.runtime.card import write_card
from edge_models.runtime.session import RowModel
from edge_models.wait.features import FEATURES
from edge_models.wait.replay import Matrix
from edge_models.wait.training import Boosters
from edge_models.wait.tree_onnx import as_onnx

LARGEST_GAP_MIN = 0.05


class NotTheSame(RuntimeError):  # noqa: N818 - the state of the export, said as a state
    """The exported model does not say what the trained one says."""


def export(boosters: Boosters, probe: Matrix, folder: Path, facts: Mapping[str, Any]) -> float:
    """Write `wait_p50` and `wait_p90`; the largest gap on the probe rows, in minutes.

    Raises:
        NotTheSame: the gap is over 0.05 minutes somewhere.
    """
    wanted = boosters.predict(probe)
    worst = 0.0
    for name, booster, said in (
        ("p50", boosters.p50, wanted.p50),
        ("p90", boosters.p90, wanted.p90),
    ):
        path = folder / f"wait_{name}.onnx"
        path.write_bytes(as_onnx(booster.dump_model()))
        write_card(
            path, {"forecast": f"{name} of the wait, minutes", **facts, "features": FEATURES}
        )
        gap = float(np.abs(RowModel(path).predict(probe) - said).max())
        if not gap <= LARGEST_GAP_MIN:
            path.unlink()
            raise NotTheSame(f"{path.name}: {gap:.3f} min away from the trained model")
        worst = max(worst, gap)
    return worst
