"""Finds a sheet of paper in a picture with OpenCV, straightens it, and measures it.

The sheet is whatever bright, four-sided thing stands out from the desk: searched in a small grey
copy by brightness and by edges, its sides then fitted as straight lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from kiosk.adapters.opencv_page_look import look_of
from kiosk.domain.paper_page import Side
from kiosk.use_cases.scan_ports import Corner, FoundPage, Picture

SMALL = 512
"""The longer side of the copy that is searched."""
LEAST_SHARE = 0.06
"""A smaller thing is no sheet that lies before the camera."""
FOUR = 4
LEAST_STEP = 14
"""How much brighter, of 255, paper is than desk; less may be grain and shade."""
LEAST_HELD = 0.6
"""Share of each side along which it must be so: a finger or another paper may cover the rest."""
NEAR_EDGE = 0.006
LONGEST = 2200
"""The longer side of a straightened page: A4 at 188 points to the inch."""
QUALITY = 72
SMALLEST_QUALITY = 30
MOST_BYTES = 700_000
WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
Points = Any
"""Four points, x and y, clockwise from top left: an array of floats."""


class OpencvPages:
    """Finds, straightens, turns and files pages; `whole`: a flatbed, whose picture is the page."""

    def __init__(self, *, whole: bool = False) -> None:
        self._whole = whole
        # One kiosk, two cores: the screen must not wait for a picture.
        cv2.setNumThreads(1)

    def place(self, picture: Picture) -> tuple[Corner, Corner, Corner, Corner] | None:
        """Where the page lies; None where there is none."""
        if self._whole:
            return WHOLE
        found = _sheet(picture)
        return None if found is None else _shares(found, picture)

    def page(self, picture: Picture) -> FoundPage | None:
        """The page, straightened and measured; None where there is none."""
        height, width = picture.shape[:2]
        if self._whole:
            corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
        else:
            found = _sheet(picture)
            if found is None:
                return None
            corners = found
        straight, seen = _straightened(picture, corners)
        area = float(cv2.contourArea(corners.astype(np.float32))) / (width * height)
        cut = () if self._whole else _cut(corners, width, height)
        look = look_of(straight, area=area, seen=seen, cut=cut)
        return FoundPage(_shares(corners, picture), look, straight)

    def turned(self, page: FoundPage) -> FoundPage:
        """The page a quarter turn further, clockwise."""
        straight = cv2.rotate(page.straight, cv2.ROTATE_90_CLOCKWISE)
        old = page.look
        seen = (old.height, old.width)
        return FoundPage(
            page.corners, look_of(straight, area=old.area, seen=seen, cut=old.cut), straight
        )

    def file(self, page: FoundPage) -> bytes:
        """The page as JPEG, as good as fits into what a server takes."""
        blue_first = cv2.cvtColor(page.straight, cv2.COLOR_RGB2BGR)
        for quality in range(QUALITY, SMALLEST_QUALITY - 1, -14):
            _, made = cv2.imencode(".jpg", blue_first, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if len(made) <= MOST_BYTES:
                break
        return bytes(made)


def _sheet(picture: Picture) -> Points | None:
    """The corners of the sheet in pixels of the picture, or None."""
    scale = SMALL / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    best, most = None, 0.0
    for outline in _outlines(small):
        corners = _four_sides(outline)
        if corners is None:
            continue
        score = _stands_out(small, corners)
        if score > most:
            best, most = corners, score
    return None if best is None else _ordered(best / scale)


def _outlines(small: Picture) -> Iterator[Any]:
    """Outlines of bright things, by brightness and then by edges."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (5, 5), 0)
    closing = cv2.getStructuringElement(cv2.MORPH_RECT, (13, 13))
    least = LEAST_SHARE * grey.size
    level, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, brighter = cv2.threshold(grey, (level + 255) / 2, 255, cv2.THRESH_BINARY)
    edges = cv2.dilate(cv2.Canny(grey, 40, 110), np.ones((3, 3), np.uint8))
    masks = [
        cv2.morphologyEx(bright, cv2.MORPH_CLOSE, closing),
        cv2.erode(_filled(edges), np.ones((3, 3), np.uint8)),
    ]
    masks.append(cv2.morphologyEx(brighter, cv2.MORPH_CLOSE, closing))
    for mask in masks:
        opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
        outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        yield from (one for one in outlines if cv2.contourArea(one) >= least)


def _filled(edges: Any) -> Any:
    outlines, _ = cv2.findContours(edges, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mask = np.zeros_like(edges)
    cv2.drawContours(mask, outlines, -1, 255, cv2.FILLED)
    return mask


def _four_sides(outline: Any) -> Points | None:
    """The four-sided shape of an outline, its sides fitted to what lies along them; or None."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, closed=True)
    for tolerance in (0.015, 0.025, 0.04, 0.06):
        rough = cv2.approxPolyDP(hull, tolerance * around, closed=True)
        if len(rough) == FOUR:
            break
    else:
        return None
    corners = rough.reshape(FOUR, 2).astype(float)
    if cv2.contourArea(outline) < 0.85 * cv2.contourArea(rough):
        return None
    return _fitted(corners, outline.reshape(-1, 2).astype(float))


def _fitted(corners: Points, outline: Points) -> Points:
    """Each side as the straight line through the middle of its outline; corners where they meet."""
    lines = []
    for start, end in pairwise([*corners, corners[0]]):
        along = (end - start) / (np.linalg.norm(end - start) + 1e-9)
        offset = outline - start
        across = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0])
        part = offset @ along / np.linalg.norm(end - start)
        near = outline[(across < 6) & (part > 0.1) & (part < 0.9)]  # noqa: PLR2004 - clear of corners
        if len(near) < 8:  # noqa: PLR2004 - too few to fit anything
            return corners
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.cross([x, y, 1.0], [x + vx, y + vy, 1.0]))
    met = [np.cross(lines[n - 1], lines[n]) for n in range(FOUR)]
    if any(abs(point[2]) < 1e-9 for point in met):  # noqa: PLR2004 - parallel
        return corners
    fitted = np.array([point[:2] / point[2] for point in met])
    far = np.linalg.norm(fitted - corners, axis=1).max()
    return fitted if far < 0.05 * SMALL else corners


def _stands_out(small: Picture, corners: Points) -> float:
    """How much a shape is like a sheet: large, and brighter than what lies beside its sides."""
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (5, 5), 0).astype(int)
    height, width = grey.shape
    middle = corners.mean(axis=0)
    held = []
    for start, end in pairwise([*corners, corners[0]]):
        points = start + np.linspace(0.06, 0.94, 48)[:, None] * (end - start)
        inward = (middle - points) / np.linalg.norm(middle - points, axis=1)[:, None]
        outside, inside = points - 6 * inward, points + 6 * inward
        in_picture = ((outside >= 0) & (outside < (width, height))).all(axis=1)
        clear = _at(grey, inside) - _at(grey, outside) > LEAST_STEP
        # Beyond the edge of the picture nobody can say what lies there.
        held.append(float(np.mean(clear | ~in_picture)))
    if min(held) < LEAST_HELD:
        return 0.0
    return float(cv2.contourArea(corners.astype(np.float32))) * float(np.mean(held))


def _at(grey: Any, points: Points) -> Any:
    height, width = grey.shape
    x = np.clip(points[:, 0].round().astype(int), 0, width - 1)
    y = np.clip(points[:, 1].round().astype(int), 0, height - 1)
    return grey[y, x]


def _ordered(corners: Points) -> Points:
    """Clockwise, beginning with the corner nearest to the top left."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    around = corners[np.argsort(angles)]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _straightened(picture: Picture, corners: Points) -> tuple[Picture, tuple[float, float]]:
    """The page from above, never larger than it was seen; and how large it was seen."""
    top, right, bottom, left = (
        float(np.linalg.norm(b - a)) for a, b in pairwise([*corners, corners[0]])
    )
    seen = ((top + bottom) / 2, (left + right) / 2)
    scale = min(1.0, LONGEST / max(seen))
    width, height = (max(8, round(side * scale)) for side in seen)
    there = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), there)
    flat = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return flat, seen


def _cut(corners: Points, width: int, height: int) -> tuple[Side, ...]:
    """The edges of the picture that a side of the page lies on or beyond."""
    x, y = corners[:, 0] / width, corners[:, 1] / height
    beyond = {
        Side.TOP: y < NEAR_EDGE,
        Side.RIGHT: x > 1 - NEAR_EDGE,
        Side.BOTTOM: y > 1 - NEAR_EDGE,
        Side.LEFT: x < NEAR_EDGE,
    }
    return tuple(side for side, which in beyond.items() if which.any())


def _shares(corners: Points, picture: Picture) -> tuple[Corner, Corner, Corner, Corner]:
    height, width = picture.shape[:2]
    a, b, c, d = ((float(x) / width, float(y) / height) for x, y in corners)
    return a, b, c, d
