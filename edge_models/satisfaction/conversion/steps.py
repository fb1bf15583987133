"""A small network as a list of steps, weights in TensorFlow's layout, before it becomes ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Floats32 = np.ndarray[Any, np.dtype[np.float32]]
Op = Literal["conv", "depthwise", "affine", "relu", "add", "max_pool", "mean", "dense", "softmax"]


@dataclass(frozen=True, slots=True)
class Weights:
    """One tensor: floats, or bytes that mean `bytes · scale + least`."""

    stored: np.ndarray[Any, Any]
    scale: float = 1.0
    least: float = 0.0

    @property
    def quantised(self) -> bool:
        """Whether the package stores bytes."""
        return bool(self.stored.dtype == np.uint8)

    def values(self) -> Floats32:
        """The numbers that are meant."""
        if not self.quantised:
            return self.stored.astype(np.float32)
        found: Floats32 = self.stored.astype(np.float32) * np.float32(self.scale)
        return found + np.float32(self.least)

    def arranged(self, *axes: int) -> Weights:
        """The same numbers with the axes in another order."""
        return Weights(np.ascontiguousarray(self.stored.transpose(axes)), self.scale, self.least)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on tensors of n x height x width x channels.

    conv: weights (height, width, in, out). depthwise: (height, width, in, 1). affine: factor and
    summand for each channel. dense: (in, out) and bias. `same` pads as TensorFlow does, with the
    odd pixel at the bottom and right; otherwise nothing is padded. `size` is the pool's side.
    """

    op: Op
    output: str
    inputs: tuple[str, ...]
    weights: tuple[Weights, ...] = ()
    stride: int = 1
    same: bool = True
    size: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """The steps in order, from the input `faces` to the last step's output."""

    side: int
    channels: int
    labels: tuple[str, ...]
    steps: Sequence[Step]


class Chain:
    """Appends steps, each with a name of its own."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def put(self, op: Op, *inputs: str, weights: Sequence[Weights] = (), **shape: Any) -> str:
        """Add a step; the name of its output."""
        name = f"{op}_{len(self.steps)}"
        self.steps.append(Step(op, name, inputs, tuple(weights), **shape))
        return name
