"""Clips of the astronaut of scikit-image (NASA, public domain): moved, turned, blinking, masked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
from skimage import data

from edge_models.satisfaction.frames import Frame

WIDTH, HEIGHT = 640, 480
MOUTH = (420.0, 283.0)
EYES = ((381.0, 192.0), (465.0, 192.0))


@cache
def astronaut() -> Frame:
    return np.ascontiguousarray(data.astronaut())


@cache
def _large() -> Frame:
    return cv2.resize(astronaut(), (960, 960), interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def noisy(frame: Frame, dice: np.random.Generator, spread: float = 2.0) -> Frame:
    """What a sensor adds."""
    return np.clip(frame + dice.normal(0, spread, frame.shape), 0, 255).astype(np.uint8)


def held_photo(frames: int = 12, seed: int = 3) -> Iterator[Frame]:
    """A photo in a hand: it moves, turns and comes nearer, and nothing in it moves."""
    dice = np.random.default_rng(seed)
    for at in range(frames):
        turn = cv2.getRotationMatrix2D(MOUTH, 6 * np.sin(at * 0.9), 1 + 0.05 * np.sin(at * 0.7))
        turn[:, 2] += [6 * at - 30, 3 * at - 20]
        moved = cv2.warpAffine(_large(), turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        yield noisy(moved.astype(np.uint8), dice)


def person(frames: int = 12, seed: int = 4) -> Iterator[Frame]:
    """A face that moves by itself: the mouth opens and closes, the eyes blink, the head sways."""
    dice = np.random.default_rng(seed)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    for at in range(frames):
        from_y = y - 6 * np.sin(at * 1.3) * _bump(x, y, MOUTH, 40, 22) * np.sign(y - MOUTH[1])
        if at % 4 == 1:
            for eye in EYES:
                from_y += 6 * _bump(x, y, eye, 22, 12) * np.sign(y - eye[1])
        sway = (4 * np.sin(at), 3 * np.cos(at))
        maps = ((x + sway[0]).astype(np.float32), (from_y + sway[1]).astype(np.float32))
        yield noisy(cv2.remap(_large(), *maps, cv2.INTER_LINEAR).astype(np.uint8), dice)


def still_scene() -> Frame:
    return np.ascontiguousarray(_large()[:HEIGHT, :WIDTH])


def masked(colour: tuple[int, int, int], points: Any) -> Frame:
    """The astronaut with a mask drawn over nose, mouth and chin."""
    right, left, nose, mouth = (np.asarray(point) for point in points[:4])
    apart = float(np.hypot(*(left - right)))
    outline = [
        (right[0] - 0.35 * apart, nose[1] - 0.1 * apart),
        (nose[0], nose[1] - 0.25 * apart),
        (left[0] + 0.35 * apart, nose[1] - 0.1 * apart),
        (left[0] + 0.2 * apart, mouth[1] + 0.6 * apart),
        (nose[0], mouth[1] + 0.85 * apart),
        (right[0] - 0.2 * apart, mouth[1] + 0.6 * apart),
    ]
    drawn = astronaut().copy()
    cv2.fillPoly(drawn, [np.array(outline).astype(np.int32)], colour)
    return drawn


def _bump(x: Any, y: Any, at: tuple[float, float], wide: float, high: float) -> Any:
    return np.exp(-(((x - at[0]) / wide) ** 2 + ((y - at[1]) / high) ** 2))
