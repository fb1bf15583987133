"""What the models look at: red, green and blue bytes, height x width x 3, in memory only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Frame = np.ndarray[Any, np.dtype[np.uint8]]
Points = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the frame; it may reach over the edge."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def fitted(frame: Frame, side: int) -> tuple[Frame, float, tuple[float, float]]:
    """The frame in the middle of a black square of `side` pixels.

    Returns:
        the square, how many of its pixels one pixel of the frame became, and the offset x, y.
    """
    height, width = frame.shape[:2]
    scale = side / max(height, width)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    # Area averages when it gets smaller: plain linear would skip pixels and see noise.
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(frame, size, interpolation=how)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    square = np.zeros((side, side, 3), dtype=np.uint8)
    square[top : top + size[1], left : left + size[0]] = small
    return square, scale, (float(left), float(top))


def square_crop(frame: Frame, box: Box, grow: float) -> Frame:
    """A square around the middle of a box, `grow` times its longer side; edges are repeated."""
    half = max(box.width, box.height) * grow / 2
    x, y = box.middle
    left, top, right, bottom = (round(v) for v in (x - half, y - half, x + half, y + half))
    height, width = frame.shape[:2]
    inside = frame[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if inside.size == 0:
        return np.zeros((1, 1, 3), dtype=np.uint8)
    outside = [max(-top, 0), max(bottom - height, 0), max(-left, 0), max(right - width, 0)]
    if any(outside):
        above, below, before, behind = outside
        inside = cv2.copyMakeBorder(
            inside, above, below, before, behind, cv2.BORDER_REPLICATE
        ).astype(np.uint8)
    return inside


def use_one_thread() -> None:
    """OpenCV would otherwise take every core for a resize."""
    cv2.setNumThreads(1)


def resized(crop: Frame, side: int) -> Frame:
    """A crop as a square of `side` pixels."""
    how = cv2.INTER_AREA if min(crop.shape[:2]) > side else cv2.INTER_LINEAR
    small: Frame = cv2.resize(crop, (side, side), interpolation=how).astype(np.uint8)
    return small


def gray(crop: Frame) -> Frame:
    """Brightness as people see it (ITU-R BT.601: 0.299 red, 0.587 green, 0.114 blue)."""
    brightness: Frame = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    return brightness
