"""Runs a network with numpy alone, channels last as TensorFlow has it, to check what was converted.

Nothing here is shared with the ONNX side: padding is laid by hand, a convolution is a sum over the
places of its window, and everything is counted in double precision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from edge_models.satisfaction.conversion.steps import Network, Step
from edge_models.ticket_log.columns import Floats


def run(network: Network, faces: np.ndarray[Any, Any]) -> Floats:
    """Faces of n x channels x side x side, as the ONNX model takes them; n x labels."""
    known: dict[str, Floats] = {"faces": faces.astype(np.float64).transpose(0, 2, 3, 1)}
    for step in network.steps:
        known[step.output] = _do(step, [known[name] for name in step.inputs])
    return known[network.steps[-1].output]


def _do(step: Step, given: list[Floats]) -> Floats:
    values = [weight.values().astype(np.float64) for weight in step.weights]
    first = given[0]
    if step.op in {"conv", "depthwise", "max_pool"}:
        return _over_windows(step, first, values)
    done: dict[str, Callable[[], Any]] = {
        "affine": lambda: first * values[0] + values[1],
        "dense": lambda: first @ values[0] + values[1],
        "relu": lambda: np.maximum(first, 0),
        "add": lambda: sum(given),
        "mean": lambda: first.mean(axis=(1, 2)),
        "softmax": lambda: _softmax(first),
    }
    return np.asarray(done[step.op]())


def _softmax(scores: Floats) -> Floats:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def _over_windows(step: Step, picture: Floats, values: list[Floats]) -> Floats:
    if step.op == "max_pool":
        parts = [part for _, _, part in _windows(picture, step.size, step, -np.inf)]
        return np.asarray(np.max(parts, axis=0))
    kernel = values[0]
    places = _windows(picture, kernel.shape[0], step, 0.0)
    if step.op == "conv":
        return np.asarray(sum(part @ kernel[y, x] for y, x, part in places))
    return np.asarray(sum(part * kernel[y, x, :, 0] for y, x, part in places))


def _windows(
    picture: Floats, size: int, step: Step, outside: float
) -> Iterator[tuple[int, int, Floats]]:
    """For each place of a window: the pixels that meet it, one for each output pixel."""
    stride, side = step.stride, picture.shape[1]
    if step.same:
        count = -(-side // stride)
        missing = max((count - 1) * stride + size - side, 0)
        edge = (missing // 2, missing - missing // 2)
        picture = np.pad(picture, ((0, 0), edge, edge, (0, 0)), constant_values=outside)
    else:
        count = (side - size) // stride + 1
    last = (count - 1) * stride + 1
    for y in range(size):
        for x in range(size):
            yield y, x, picture[:, y : y + last : stride, x : x + last : stride]
