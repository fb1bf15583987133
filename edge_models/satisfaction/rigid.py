"""Tells a photo held up from a face: a photo may move and turn, but nothing in it moves by itself.

Eyes and mouth bring each face to one place; ECC (Evangelidis and Psarakis 2008) then lays it on the
first face with any affine change, and what remains is what changed in the face. On the astronaut as
a moved, turned, noisy photo the remainder stayed below 0.0012; with blinks and words drawn into it,
it rose above 0.005. Real visitors have not been tried.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from edge_models.satisfaction.face_finder import Face
from edge_models.satisfaction.frames import Frame, gray

SIDE = 64
PLACES = np.array([[0.3, 0.36], [0.7, 0.36], [0.5, 0.78]], dtype=np.float32)
EYES_APART = 0.4
EDGE = 6
ROUNDS = 30
CLOSE = 1e-4
SMOOTH = 5
Still = np.ndarray[Any, np.dtype[np.float32]]


def still(frame: Frame, face: Face) -> Still:
    """The face as 64 x 64 gray pixels with eyes and mouth in fixed places; never leaves memory."""
    points = face.points[[0, 1, 3]].astype(np.float32)
    turn = cv2.getAffineTransform(points, PLACES * SIDE)
    brightness = gray(frame)
    coarser = float(np.hypot(*(points[1] - points[0]))) / (EYES_APART * SIDE)
    if coarser > 1:
        brightness = cv2.GaussianBlur(brightness, (0, 0), coarser / 2).astype(np.uint8)
    small = cv2.GaussianBlur(cv2.warpAffine(brightness, turn, (SIDE, SIDE)), (0, 0), 1.0)
    found: Still = small.astype(np.float32)
    return found


def changed(first: Still, other: Still) -> float:
    """Mean squared difference after the best affine fit; 0 for one photo, 2 for strangers."""
    fit = np.eye(2, 3, dtype=np.float32)
    rule = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, ROUNDS, CLOSE)
    try:
        # The type stub knows no mask of None, and OpenCV wants the place filled.
        align: Any = cv2.findTransformECC
        _, found = align(first, other, fit, cv2.MOTION_AFFINE, rule, None, SMOOTH)
    except cv2.error:  # it found no fit at all: not the same picture
        return 1.0
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(other, found, (SIDE, SIDE), flags=how)
    one, two = (_standard(picture[EDGE:-EDGE, EDGE:-EDGE]) for picture in (first, laid))
    return float(((one - two) ** 2).mean())


def _standard(picture: Any) -> Still:
    spread = max(float(picture.std()), 1.0)
    return np.asarray((picture - picture.mean()) / spread, dtype=np.float32)
