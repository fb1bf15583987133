"""Finds faces with BlazeFace: our own reading of its 896 anchors, and our own suppression.

BlazeFace (Bazarevsky et al. 2019), the back-camera variant for 256 x 256 pixels: a grid of 16 x 16
with 2 anchors a cell and one of 8 x 8 with 6. Anchors are points; the network gives, in pixels of
its input, the offset of the face's middle, its width and height, and six points (right eye, left
eye, nose, mouth, right ear, left ear).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from edge_models.runtime.one_thread import OneThread
from edge_models.satisfaction.artifacts import SHIPPED
from edge_models.satisfaction.frames import Box, Frame, Points, fitted, use_one_thread
from edge_models.ticket_log.columns import Floats

NAME = "face_finder.onnx"
SIDE = 256
GRIDS = ((16, 2), (8, 6))
SURE = 0.8
"""For a camera: a cat in the test pictures reaches 0.796, sharp faces of 100 pixels more."""
LENIENT = 0.6
"""For pictures that somebody says are faces."""
SAME_FACE = 0.3
SCORE_LIMIT = 100.0


@dataclass(frozen=True, slots=True)
class Face:
    """Where a face is and how sure the model is; six points in pixels of the frame."""

    box: Box
    score: float
    points: Points

    @property
    def size(self) -> float:
        """The shorter side of the box, pixels."""
        return min(self.box.width, self.box.height)


class FaceFinder:
    """Every face of a frame, largest first."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load the model and run it once.

        Raises:
            UntrustedModel: it is missing or changed.
        """
        use_one_thread()
        self._model = OneThread(folder / NAME)
        self._anchors = anchors()
        self.find(np.zeros((SIDE, SIDE, 3), dtype=np.uint8))

    def find(self, frame: Frame, sure: float = SURE) -> list[Face]:
        """Faces in pixels of the frame whose score is at least `sure`; an empty list for none."""
        square, scale, offset = fitted(frame, SIDE)
        given = square[None].astype(np.float32) / np.float32(127.5) - np.float32(1)
        scores_far, scores_near, far, near = self._model.run(given)
        raw = np.concatenate([scores_far, scores_near], axis=1)[0, :, 0].astype(np.float64)
        likely = 1 / (1 + np.exp(-np.clip(raw, -SCORE_LIMIT, SCORE_LIMIT)))
        found = likely >= sure
        if not found.any():
            return []
        numbers = np.concatenate([far, near], axis=1)[0][found].astype(np.float64)
        kept = suppressed(decoded(numbers, self._anchors[found]), likely[found])
        faces = [_in_frame(values, score, scale, offset) for values, score in kept]
        return sorted(faces, key=lambda face: -face.box.width * face.box.height)


def anchors() -> Floats:
    """896 points x, y in pixels of the network's input, in its order."""
    points = []
    for cells, each in GRIDS:
        middle = (np.arange(cells) + 0.5) * SIDE / cells
        y, x = np.meshgrid(middle, middle, indexing="ij")
        points.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), each, axis=0))
    return np.concatenate(points)


def decoded(numbers: Floats, at: Floats) -> Floats:
    """Rows of 16 network numbers as left, top, right, bottom and six points, input pixels."""
    middle = numbers[:, :2] + at
    half = numbers[:, 2:4] / 2
    points = numbers[:, 4:].reshape(len(numbers), 6, 2) + at[:, None, :]
    boxes = np.concatenate([middle - half, middle + half], axis=1)
    return np.concatenate([boxes, points.reshape(len(numbers), 12)], axis=1)


def suppressed(faces: Floats, scores: Floats) -> list[tuple[Floats, float]]:
    """One face for each group that overlaps: the mean of the group, weighted by score.

    The mean, not the best: it trembles less from frame to frame (Bazarevsky et al. 2019, 3.2).
    """
    left = np.argsort(-scores)
    kept = []
    while left.size:
        overlap = _overlap(faces[left[0]], faces[left])
        group = left[overlap > SAME_FACE] if overlap[0] > SAME_FACE else left[:1]
        weights = scores[group] / scores[group].sum()
        kept.append((np.asarray(weights @ faces[group]), float(scores[left[0]])))
        left = left[~np.isin(left, group)]
    return kept


def _overlap(one: Floats, others: Floats) -> Floats:
    """Intersection over union of the first four numbers."""
    corner = np.maximum(one[:2], others[:, :2])
    sides = np.clip(np.minimum(one[2:4], others[:, 2:4]) - corner, 0, None)
    shared = sides.prod(axis=1)
    area = np.prod(np.clip(others[:, 2:4] - others[:, :2], 0, None), axis=1)
    own = float(np.prod(np.clip(one[2:4] - one[:2], 0, None)))
    union = own + area - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0))


def _in_frame(values: Any, score: float, scale: float, offset: tuple[float, float]) -> Face:
    pairs = (values.reshape(8, 2) - np.array(offset)) / scale
    (left, top), (right, bottom) = pairs[:2]
    box = Box(float(left), float(top), float(right), float(bottom))
    return Face(box, score, pairs[2:].astype(np.float32))
