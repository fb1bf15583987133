"""A verified ONNX model in one thread, warmed up, from rows of numbers to one number each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from edge_models.runtime.card import UntrustedModel, read_verified
from edge_models.ticket_log.columns import Floats

WARM_UP = 256


class RowModel:
    """One input `rows` (float32, n x width), one output of n numbers; `card` says what it is."""

    def __init__(self, model: Path) -> None:
        """Load and run once.

        Raises:
            UntrustedModel: the file is not what its card says, or is no model.
        """
        body, self.card = read_verified(model)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                body, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises its own kinds without a shared base
            raise UntrustedModel(f"{model.name}: not a model ({error})") from error
        self.width = int(self._session.get_inputs()[0].shape[1])
        self.predict(np.zeros((WARM_UP, self.width)))

    def predict(self, rows: Any) -> Floats:
        """One number for each row; rows are rounded to float32 as in training."""
        given = np.ascontiguousarray(rows, dtype=np.float32)
        found = self._session.run(None, {"rows": given})[0]
        return np.asarray(found, dtype=np.float64).reshape(-1)
