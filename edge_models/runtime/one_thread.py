"""A verified ONNX model that computes in one thread, so that a kiosk beside it stays quick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edge_models.runtime.card import UntrustedModel, read_verified
from edge_models.runtime.silent import silent_onnxruntime


class OneThread:
    """One float32 tensor of `shape` in, one tensor for each output.

    `card` says what it is, `body` is the file.
    """

    def __init__(self, model: Path) -> None:
        """Load it.

        Raises:
            UntrustedModel: the file is not what its card says, or is no model.
        """
        self.body, self.card = read_verified(model)
        try:
            self._session = opened(self.body)
        except Exception as error:  # onnxruntime raises its own kinds without a shared base
            raise UntrustedModel(f"{model.name}: not a model ({error})") from error
        given = self._session.get_inputs()[0]
        self._input, self.shape = given.name, given.shape

    def run(self, given: Any) -> list[Any]:
        """All outputs, in the order of the file."""
        found: list[Any] = self._session.run(None, {self._input: given})
        return found


def opened(body: bytes) -> Any:
    """A graph, ready to compute in one thread."""
    onnxruntime = silent_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(body, options, providers=["CPUExecutionProvider"])
