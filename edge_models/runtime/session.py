"""A verified ONNX model in one thread, warmed up, from rows of numbers to one number each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from edge_models.runtime.one_thread import OneThread, opened
from edge_models.ticket_log.columns import Floats

WARM_UP = 256


class RowModel:
    """One input `rows` (float32, n x width), one output of n numbers.

    `card` says what it is, `body` is the file.
    """

    def __init__(self, model: Path) -> None:
        """Load and run once.

        Raises:
            UntrustedModel: the file is not what its card says, or is no model.
        """
        self._model = OneThread(model)
        self.card, self.body = self._model.card, self._model.body
        self.width = int(self._model.shape[1])
        self.predict(np.zeros((WARM_UP, self.width)))

    def predict(self, rows: Any) -> Floats:
        """One number for each row; rows are rounded to float32 as in training."""
        return _flat(self._model.run(_given(rows))[0])


def run_once(body: bytes, rows: Any) -> Floats:
    """What a graph says of these rows, without a file and a card."""
    return _flat(opened(body).run(None, {"rows": _given(rows)})[0])


def _given(rows: Any) -> Any:
    return np.ascontiguousarray(rows, dtype=np.float32)


def _flat(found: Any) -> Floats:
    return np.asarray(found, dtype=np.float64).reshape(-1)
