"""Reads the weight files of TensorFlow.js: one flat file, and a manifest with names and shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edge_models.satisfaction.conversion.steps import Weights


def tensors(manifest: Sequence[Mapping[str, Any]], body: bytes) -> dict[str, Weights]:
    """Name → numbers.

    Raises:
        ValueError: the file is longer or shorter than the manifest says.
    """
    found, at = {}, 0
    for weight in (weight for group in manifest for weight in group["weights"]):
        how = weight.get("quantization", {})
        kind = np.dtype(how.get("dtype", weight["dtype"]))
        count = int(np.prod(weight["shape"], dtype=np.int64))
        values = np.frombuffer(body, kind, count, at).reshape(weight["shape"])
        found[weight["name"]] = Weights(values, how.get("scale", 1.0), how.get("min", 0.0))
        at += count * kind.itemsize
    if at != len(body):
        raise ValueError(f"{len(body)} bytes of weights, but the manifest names {at}")
    return found
