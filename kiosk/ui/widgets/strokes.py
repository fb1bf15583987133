"""Turns strokes on a 24 × 24 grid into a picture with soft edges, so that the window needs none.

A window that smooths every edge by itself keeps four pictures of the whole screen and fills each:
here an icon is drawn four times as large once, in memory, and made smaller. That takes a
millisecond; drawn by OpenGL in software it took fifty, while somebody waited for the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin
from typing import Any

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

GRID = 24.0
LARGER = 4
Stroke = list[float] | tuple[Any, ...]


def picture(strokes: Sequence[Stroke], side: int, width: float) -> Texture:
    """White strokes on nothing, `side` pixels wide when shown; `width` counts in the grid."""
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    # White that cannot be seen: half of an edge then stays white.
    white = Image.new("RGBA", (side, side), "white")
    white.putalpha(ink(strokes, side, width))
    texture.blit_buffer(white.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    return texture


def ink(strokes: Sequence[Stroke], side: int, width: float) -> Image.Image:
    """How much of each point is covered, 0 to 255; the first row is the lowest, as in textures."""
    sheet = Image.new("L", (side * LARGER, side * LARGER), 0)
    pen, scale = ImageDraw.Draw(sheet), side * LARGER / GRID
    for stroke in strokes:
        _draw_stroke(pen, stroke, scale, width * scale)
    return sheet.reduce(LARGER)


def _draw_stroke(pen: ImageDraw.ImageDraw, stroke: Stroke, scale: float, width: float) -> None:
    if isinstance(stroke, list):
        points = [part * scale for part in stroke]
        _draw_line(pen, list(zip(points[::2], points[1::2], strict=True)), width)
        return
    kind, x, y, radius, *angles = stroke
    x, y, radius = x * scale, y * scale, radius * scale
    if kind == "d":
        _draw_dot(pen, x, y, radius)
        return
    first, last = angles or (0, 360)
    reach = radius + width / 2
    # A stroke counts clockwise from the top; the pen counts the other way round from the right.
    pen.arc((x - reach, y - reach, x + reach, y + reach), 90 - last, 90 - first, 255, round(width))
    for end in (radians(first), radians(last)):
        _draw_dot(pen, x + radius * sin(end), y + radius * cos(end), width / 2)


def _draw_line(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float) -> None:
    """Round ends and corners are dots of the line's width."""
    for ends in pairwise(points):
        pen.line(ends, 255, round(width))
    for x, y in points:
        _draw_dot(pen, x, y, width / 2)


def _draw_dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
