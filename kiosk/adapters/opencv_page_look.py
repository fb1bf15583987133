"""Measures a straightened page with OpenCV: sharpness, light, glare, ink, and where the ink is."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from kiosk.domain.paper_page import PageLook, Side
from kiosk.use_cases.scan_ports import Picture

WIDE = 1000
"""Width at which ink and glare are measured, so that the limits hold for every camera."""
FULL = 255.0
MARGIN = 0.02
GROUND = 31
DARKER = 0.72
"""Ink is darker than this share of the bare paper around it."""
EDGE_CONTRAST = 60.0
INK_FIELDS = (24, 32)


def look_of(
    straight: Picture, *, area: float, seen: tuple[float, float], cut: tuple[Side, ...]
) -> PageLook:
    """What `kiosk.domain.paper_page.PageLook` says of a straightened page."""
    grey = cv2.cvtColor(straight, cv2.COLOR_RGB2GRAY)
    grey = _within(grey)
    scale = WIDE / grey.shape[1]
    even = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = bare_paper(even)
    return PageLook(
        area=area,
        width=seen[0],
        height=seen[1],
        cut=cut,
        sharpness=_sharpness(grey),
        light=float(np.median(ground)) / FULL,
        glare=_glare(straight, ground),
        ink=float(np.mean(even < ground * DARKER)),
        ink_map=_ink_map(even, ground),
    )


def _within(grey: Any) -> Any:
    """Without the margin: desk may show there."""
    height, width = grey.shape
    y, x = int(height * MARGIN), int(width * MARGIN)
    return grey[y : height - y, x : width - x]


def bare_paper(even: Any) -> Any:
    """How bright the bare paper is everywhere: what is left when letters are taken away.

    Grey of about `WIDE` pixels in; as large, as floats, out.
    """
    small = cv2.resize(even, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    smooth = cv2.medianBlur(closed, GROUND)
    wide = cv2.resize(smooth, (even.shape[1], even.shape[0]), interpolation=cv2.INTER_LINEAR)
    return wide.astype(np.float32)


def _sharpness(grey: Any) -> float:
    """Steepness of the steepest edges: how much of its height an edge climbs in one pixel."""
    calm = cv2.medianBlur(grey, 3)
    across = cv2.absdiff(calm[:, 1:], calm[:, :-1])
    kernel = np.ones((9, 9), np.uint8)
    height = cv2.subtract(cv2.dilate(calm, kernel), cv2.erode(calm, kernel))[:, 1:]
    clear = height > EDGE_CONTRAST
    if not clear.any():
        return 0.0
    steep = across[clear].astype(np.float32) / height[clear]
    return float(np.percentile(steep, 97))


def _glare(straight: Picture, ground: Any) -> float:
    """Share that is white beyond white: at the end of the scale, and brighter than the paper."""
    size = (ground.shape[1], ground.shape[0])
    even = cv2.resize(straight, size, interpolation=cv2.INTER_AREA)
    darkest = cv2.min(cv2.min(even[..., 0], even[..., 1]), even[..., 2])
    paper = float(np.median(ground))
    white = ((darkest >= 250) & (ground > paper + 8)).astype(np.uint8)  # noqa: PLR2004 - of 255
    solid = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return float(solid.mean())


def _ink_map(even: Any, ground: Any) -> bytes:
    """How much ink is where, with the shade taken out and blurred over what a warp displaces."""
    ink = (even < ground * DARKER).astype(np.float32)
    fields = cv2.resize(cv2.blur(ink, (25, 25)), INK_FIELDS, interpolation=cv2.INTER_AREA)
    return bytes(np.clip(fields * 4 * FULL, 0, FULL).astype(np.uint8).tobytes())
