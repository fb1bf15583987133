"""The part of the picture where citizens stand; everything else is black before a model looks."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from edge_models.satisfaction.frames import Frame

Outline = Sequence[tuple[float, float]]
CORNERS = 3


class Region:
    """A polygon in shares of width and height; the clerk's side is simply not in it."""

    def __init__(self, outline: Outline = ()) -> None:
        """An empty outline is the whole picture.

        Raises:
            ValueError: fewer than three corners, or a corner outside the picture.
        """
        if outline and len(outline) < CORNERS:
            raise ValueError("a region needs at least three corners")
        if any(not 0 <= share <= 1 for corner in outline for share in corner):
            raise ValueError("the corners of a region are shares from 0 to 1")
        self._outline = tuple(outline)
        self._mask: Frame | None = None

    def seen(self, frame: Frame) -> Frame:
        """The frame with everything outside the region black."""
        if not self._outline:
            return frame
        if self._mask is None or self._mask.shape != frame.shape[:2]:
            self._mask = self._drawn(*frame.shape[:2])
        seen: Frame = cv2.bitwise_and(frame, frame, mask=self._mask).astype(np.uint8)
        return seen

    def holds(self, point: tuple[float, float], frame: Frame) -> bool:
        """Whether a point of the frame, x and y in pixels, lies in the region."""
        if not self._outline:
            return True
        height, width = frame.shape[:2]
        corners = np.array(self._outline, dtype=np.float32) * np.array(
            [width, height], dtype=np.float32
        )
        return cv2.pointPolygonTest(corners, point, False) >= 0  # noqa: FBT003 - OpenCV's order

    def _drawn(self, height: int, width: int) -> Frame:
        mask = np.zeros((height, width), dtype=np.uint8)
        corners = np.array(self._outline) * [width, height]
        cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], [255])
        return mask
