"""Turns strokes on a 24 × 24 grid into a picture with soft edges, so that the window needs none.

A window that smooths every edge by itself keeps four pictures of the whole screen and fills each:
here an icon is drawn four times as large once, and halved twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.graphics import ClearBuffers, ClearColor, Color, Ellipse, Fbo, Line, Rectangle
from kivy.graphics.texture import Texture

GRID = 24.0
LARGER = 4
Stroke = list[float] | tuple[Any, ...]


def picture(strokes: Sequence[Stroke], side: int, width: float) -> Texture:
    """White strokes on nothing, `side` pixels wide when shown; `width` counts in the grid."""
    sheet, scale = _sheet(side * LARGER), side * LARGER / GRID
    with sheet:
        for stroke in strokes:
            _draw_stroke(stroke, scale, width * scale)
    sheet.draw()
    for larger in (LARGER // 2, 1):
        half = _sheet(side * larger)
        with half:
            Rectangle(texture=sheet.texture, size=half.size)
        half.draw()
        # What drew it would keep the larger sheet, many times the memory of the picture.
        half.clear()
        sheet = half
    return sheet.texture


def _sheet(side: int) -> Fbo:
    sheet = Fbo(size=(side, side))
    with sheet:
        # White that cannot be seen: half of an edge then stays white.
        ClearColor(1, 1, 1, 0)
        ClearBuffers()
        Color(1, 1, 1, 1)
    return sheet


def _draw_stroke(stroke: Stroke, scale: float, width: float) -> None:
    half = width / 2  # Kivy's width is the half of what is drawn
    if isinstance(stroke, list):
        points = [part * scale for part in stroke]
        Line(points=points, width=half, cap="round", joint="round")
        return
    kind, x, y, radius, *angles = stroke
    x, y, radius = x * scale, y * scale, radius * scale
    if kind == "d":
        Ellipse(pos=(x - radius, y - radius), size=(2 * radius, 2 * radius))
    else:
        Line(circle=(x, y, radius, *angles), width=half, cap="round")
