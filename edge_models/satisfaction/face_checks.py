"""Reasons not to judge a face: turned away, covered by a mask, colours in the wrong order.

The limits were set on the 100 frontal faces of scikit-image's `lfw_subset` (96 found; all of them
pass `frontal`) and on its astronaut with a drawn mask. They have not been tried on real visitors:
a wrong refusal costs a face that is not counted, and no more.
"""

from __future__ import annotations

import cv2
import numpy as np

from edge_models.satisfaction.face_finder import Face
from edge_models.satisfaction.frames import Frame
from edge_models.ticket_log.columns import Floats

LEAST_EYES_TO_BOX = 0.33
NOSE_BETWEEN = (0.12, 0.88)
LONGEST_NOSE = 0.82
STEEPEST = 35.0
OTHER_SKIN = 11.0
BLUE_OVER_RED = 8.0
PATCH = 0.16
HUES = slice(1, 3)


def frontal(face: Face) -> bool:
    """Whether both eyes, nose and mouth stand as in a face that looks at the camera."""
    right_eye, left_eye, nose, _ = face.points[:4].astype(np.float64)
    along, down, apart = _axes(face)
    from_eye = float((nose - right_eye) @ along / apart)
    below = float((nose - (right_eye + left_eye) / 2) @ down / apart)
    tilt = abs(np.degrees(np.arctan2(along[1], along[0])))
    return bool(
        apart / face.box.width >= LEAST_EYES_TO_BOX
        and NOSE_BETWEEN[0] <= from_eye <= NOSE_BETWEEN[1]
        and 0 < below <= LONGEST_NOSE
        and tilt <= STEEPEST
    )


def covered(frame: Frame, face: Face) -> bool:
    """Whether the skin around the mouth has another hue than between the eyes, as with a mask.

    The lips are left out, and brightness is: shadow is no mask. A gray picture cannot tell.
    """
    mouth = face.points[3].astype(np.float64)
    along, down, apart = _axes(face)
    around = [mouth - along * 0.5 * apart, mouth + along * 0.5 * apart, mouth + down * 0.4 * apart]
    upper, lower = (_hue(frame, places, apart) for places in (_bridge(face), around))
    return bool(np.hypot(*(upper - lower)) > OTHER_SKIN)


def colours_swapped(frame: Frame, face: Face) -> bool:
    """Whether the skin between the eyes is more blue than red, as no skin is in fair light."""
    red, _, blue = np.median(_pixels(frame, _bridge(face), _axes(face)[2]), axis=0)
    return bool(blue - red > BLUE_OVER_RED)


def _axes(face: Face) -> tuple[Floats, Floats, float]:
    """Unit vectors from eye to eye and down the face, and the distance of the eyes."""
    right_eye, left_eye = face.points[:2].astype(np.float64)
    apart = max(float(np.hypot(*(left_eye - right_eye))), 1.0)
    along = (left_eye - right_eye) / apart
    return along, np.array([-along[1], along[0]]), apart


def _bridge(face: Face) -> list[Floats]:
    """The root of the nose and a little above: skin that neither mask nor beard covers."""
    right_eye, left_eye = face.points[:2].astype(np.float64)
    _, down, apart = _axes(face)
    middle = (right_eye + left_eye) / 2
    return [middle, middle - down * 0.2 * apart]


def _hue(frame: Frame, places: list[Floats], apart: float) -> Floats:
    """Median a and b of CIELAB: what colour it is, without how bright."""
    pixels = _pixels(frame, places, apart)
    lab = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2LAB)[0, :, HUES]
    return np.asarray(np.median(lab.astype(np.float64), axis=0))


def _pixels(frame: Frame, places: list[Floats], apart: float) -> Frame:
    half = max(round(apart * PATCH / 2), 1)
    height, width = frame.shape[:2]
    parts = []
    for place in places:
        x = int(np.clip(round(place[0]), half, max(width - half - 1, half)))
        y = int(np.clip(round(place[1]), half, max(height - half - 1, half)))
        parts.append(frame[y - half : y + half + 1, x - half : x + half + 1].reshape(-1, 3))
    return np.concatenate(parts)
