"""The waiting-time model as it runs: two verified ONNX files, from features to P50 and P90."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import edge_models
from edge_models.runtime.card import UntrustedModel
from edge_models.runtime.session import RowModel
from edge_models.ticket_log.columns import Mask, TicketLog
from edge_models.wait.features import FEATURES
from edge_models.wait.metrics import Forecasts

BASIS = "model"
NAMES = ("wait_p50", "wait_p90")
SHIPPED = Path(edge_models.__file__).with_name("artifacts")


class WaitModel:
    """Forecasts from rows of features; P90 before the conformal correction of the office."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load both files and run them once.

        Raises:
            UntrustedModel: a file is missing, changed, or made for other features.
        """
        self._p50, self._p90 = (RowModel(folder / f"{name}.onnx") for name in NAMES)
        self.card = self._p50.card
        for model, name in ((self._p50, NAMES[0]), (self._p90, NAMES[1])):
            if tuple(model.card.get("features", ())) != FEATURES:
                raise UntrustedModel(f"{name}.onnx: made for other features than these")

    @property
    def graphs(self) -> tuple[bytes, bytes]:
        """The files of P50 and P90 as they were verified."""
        return self._p50.body, self._p90.body

    def predict(self, rows: Sequence[Sequence[float]] | np.ndarray[Any, Any]) -> Forecasts:
        """Minutes; P90 is never below P50."""
        given = np.asarray(rows, dtype=np.float32).reshape(-1, len(FEATURES))
        p50 = self._p50.predict(given)
        return Forecasts(p50, np.maximum(self._p90.predict(given), p50))


def learned_from(log: TicketLog, trained_on: Sequence[Mapping[str, str]]) -> Mask:
    """Which tickets of a log the model may have learned from: those offices on those days."""
    seen = np.zeros(len(log), dtype=bool)
    places = {name: place for place, name in enumerate(log.offices)}
    for span in trained_on:
        first, last = (date.fromisoformat(span[end]).toordinal() for end in ("from", "to"))
        office = places.get(span["office"], -1)
        seen |= (log.office == office) & (log.day >= first) & (log.day <= last)
    return seen
