"""How a face looks: the mean of three small networks that were trained by different people."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from edge_models.runtime.one_thread import OneThread
from edge_models.satisfaction.artifacts import SHIPPED
from edge_models.satisfaction.frames import Frame, gray, resized
from edge_models.ticket_log.columns import Floats

LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
HAPPY = LABELS.index("happy")
NEUTRAL = LABELS.index("neutral")
NEGATIVE = tuple(LABELS.index(name) for name in ("angry", "disgust", "fear", "sad"))
NAMES = ("expression_a.onnx", "expression_b.onnx", "expression_c.onnx")


class _Network:
    """One of the three, with its labels brought into our order."""

    def __init__(self, model: Path) -> None:
        self._model = OneThread(model)
        card = self._model.card
        self.side, self.colours = int(card["side"]), int(card["channels"]) > 1
        self._order = [list(card["labels"]).index(label) for label in LABELS]

    def judge(self, crop: Frame) -> Floats:
        """Seven probabilities."""
        small = resized(crop, self.side)
        if self.colours:
            given = small.astype(np.float32).transpose(2, 0, 1)[None]
        else:
            # (x / 255 − 0.5) · 2, as both gray networks were trained.
            given = gray(small).astype(np.float32)[None, None] / np.float32(127.5) - np.float32(1)
        (found,) = self._model.run(np.ascontiguousarray(given))
        return np.asarray(found[0, self._order], dtype=np.float64)


class Expressions:
    """Probabilities of seven expressions for one face crop."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load all three.

        Raises:
            UntrustedModel: one is missing or changed.
        """
        self._networks = [_Network(folder / name) for name in NAMES]
        self.judge(np.zeros((64, 64, 3), dtype=np.uint8))

    def judge(self, crop: Frame) -> Floats:
        """Mean of the three, in the order of `LABELS`; sums to one."""
        return np.asarray(np.mean([one.judge(crop) for one in self._networks], axis=0))
