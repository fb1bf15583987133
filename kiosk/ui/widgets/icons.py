"""Our own icons as strokes on a 24 × 24 grid, because the typeface has no symbols.

A stroke is a list of points, or `("o", x, y, r)` for a circle, `("c", x, y, r, from, to)` for
an arc in degrees clockwise from the top, `("d", x, y, r)` for a filled dot. The origin is at the
bottom left.
"""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Ellipse, Line
from kivy.properties import ColorProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

GRID = 24.0
Stroke = list[float] | tuple[Any, ...]

ICONS: dict[str, list[Stroke]] = {
    "ticket": [
        [3, 18, 21, 18, 21, 14.5],
        [21, 9.5, 21, 6, 3, 6, 3, 9.5],
        [3, 14.5, 3, 18],
        ("c", 3, 12, 2.5, 0, 180),
        ("c", 21, 12, 2.5, 180, 360),
        [9, 14, 15, 14],
        [9, 10, 13, 10],
    ],
    "search": [("o", 10.5, 13.5, 6.5), [15.3, 8.7, 20.5, 3.5]],
    "people": [
        ("o", 9, 15.5, 3.2),
        ("c", 9, 4.5, 6.2, -80, 80),
        ("c", 16, 15.5, 3.0, -20, 160),
        ("c", 16.2, 4.5, 5.8, 10, 80),
    ],
    "clock": [("o", 12, 12, 8.5), [12, 17, 12, 12, 15.5, 10]],
    "back": [[20, 12, 4, 12], [10.5, 18.5, 4, 12, 10.5, 5.5]],
    "next": [[4, 12, 20, 12], [13.5, 18.5, 20, 12, 13.5, 5.5]],
    "up": [[5, 8.5, 12, 15.5, 19, 8.5]],
    "down": [[5, 15.5, 12, 8.5, 19, 15.5]],
    "left": [[15, 19, 8, 12, 15, 5]],
    "right": [[9, 19, 16, 12, 9, 5]],
    "ticked": [[4, 4, 4, 20, 20, 20, 20, 4, 4, 4], [7.5, 12, 11, 8.5, 17, 16]],
    "check": [[4.5, 12.5, 10, 6.5, 19.5, 17.5]],
    "lock": [
        [5, 3.5, 19, 3.5, 19, 13, 5, 13, 5, 3.5],
        ("c", 12, 13, 4.6, -90, 90),
        ("d", 12, 8.2, 1.4),
    ],
    "box": [[4, 4, 20, 4, 20, 20, 4, 20, 4, 4]],
    "again": [("c", 12, 11.5, 8, 100, 352), [8.6, 23, 12, 19.5, 8.6, 16]],
    "printer": [
        [7, 15, 7, 21, 17, 21, 17, 15],
        [7, 6.5, 3.5, 6.5, 3.5, 15, 20.5, 15, 20.5, 6.5, 17, 6.5],
        [7, 10, 17, 10, 17, 3, 7, 3, 7, 10],
    ],
    "warning": [[12, 21, 2.5, 4, 21.5, 4, 12, 21], [12, 15, 12, 10], ("d", 12, 7, 1.1)],
    "paper": [
        [6, 2.5, 6, 21.5, 14, 21.5, 18.5, 17, 18.5, 2.5, 6, 2.5],
        [14, 21.5, 14, 17, 18.5, 17],
        [9, 12.5, 15.5, 12.5],
        [9, 8, 15.5, 8],
    ],
    "no": [[6, 18, 18, 6], [6, 6, 18, 18]],
    "camera": [
        [3, 17, 7.5, 17, 9.5, 20, 14.5, 20, 16.5, 17, 21, 17, 21, 5, 3, 5, 3, 17],
        ("o", 12, 11, 3.8),
        ("d", 18, 14.2, 0.9),
    ],
    **{
        f"face_{level}": [
            ("o", 12, 12, 9.5),
            ("d", 8.5, 14.8, 1.3),
            ("d", 15.5, 14.8, 1.3),
            [7.5, 8 + bend, 9.5, 8, 12, 8 - bend * 0.4, 14.5, 8, 16.5, 8 + bend],
        ]
        for level, bend in enumerate((-2.2, -1.2, 0.0, 1.2, 2.2), 1)
    },
    "erase": [
        [9, 18, 21, 18, 21, 6, 9, 6, 3, 12, 9, 18],
        [12.5, 9.5, 17.5, 14.5],
        [12.5, 14.5, 17.5, 9.5],
    ],
    "qr": [
        [4, 14, 4, 20, 10, 20, 10, 14, 4, 14],
        [14, 14, 14, 20, 20, 20, 20, 14, 14, 14],
        [4, 4, 4, 10, 10, 10, 10, 4, 4, 4],
        [14, 10, 14, 7, 17, 7],
        [20, 10, 20, 9],
        [14, 4, 16, 4],
        [20, 6, 20, 4],
    ],
    "calendar": [
        [3.5, 4, 3.5, 19, 20.5, 19, 20.5, 4, 3.5, 4],
        [3.5, 14.5, 20.5, 14.5],
        [8, 21.5, 8, 17],
        [16, 21.5, 16, 17],
        [8.5, 8.5, 11, 6.5, 15.5, 11.5],
    ],
    "card": [
        [2.5, 5, 2.5, 19, 21.5, 19, 21.5, 5, 2.5, 5],
        ("o", 8, 13.5, 2.2),
        ("c", 8, 7.5, 3.6, -80, 80),
        [13.5, 14.5, 18.5, 14.5],
        [13.5, 10.5, 18.5, 10.5],
    ],
    "plus": [[12, 4, 12, 20], [4, 12, 20, 12]],
    "minus": [[4, 12, 20, 12]],
    "home": [[3, 11, 12, 20, 21, 11], [5.5, 13, 5.5, 4, 18.5, 4, 18.5, 13]],
    "stack": [
        [7, 3, 7, 17, 20, 17, 20, 3, 7, 3],
        [4, 6, 4, 20.5, 17, 20.5],
        [10.5, 12.5, 16.5, 12.5],
        [10.5, 8, 16.5, 8],
    ],
    "link": [("c", 12, 6, 9, -50, 50), ("c", 12, 6, 5, -50, 50), ("d", 12, 6, 1.3), [4, 21, 20, 3]],
    "large": [
        [2, 4, 8.5, 20, 15, 4],
        [4.5, 10, 12.5, 10],
        [15.5, 4, 19, 12.5, 22.5, 4],
        [16.8, 7, 21.2, 7],
    ],
    "contrast": [("o", 12, 12, 9), *(("c", 12, 12, r, 0, 180) for r in (1, 2.5, 4, 5.5, 7, 8.5))],
    "low": [[3, 21, 21, 21], [12, 17, 12, 6.5], [7, 11, 12, 6, 17, 11], [3, 2.5, 21, 2.5]],
    "spoken": [
        ("c", 12, 12, 8.5, -90, 90),
        [3.5, 12, 3.5, 6, 7, 6, 7, 11.5, 3.5, 11.5],
        [20.5, 12, 20.5, 6, 17, 6, 17, 11.5, 20.5, 11.5],
    ],
    "age_60": [
        ("o", 11, 19, 2.6),
        [11, 16, 10, 9.5, 8, 3],
        [10, 9.5, 13, 7, 13.5, 3],
        [11, 14.5, 14, 11, 17, 10.5],
        [17.5, 12, 17.5, 3],
    ],
    "age_80": [
        ("o", 9.5, 18.5, 2.6),
        [10, 15.5, 9, 9, 7.5, 3],
        [9, 9, 11.5, 7, 12, 3],
        [10.5, 14, 13, 11.5, 16, 11.5],
        [16, 3, 16, 11.5, 20, 11.5, 20, 3],
        [16, 7.5, 20, 7.5],
    ],
    "pregnant": [
        ("o", 11, 19.3, 2.5),
        [10, 16, 9.5, 9, 9.5, 3],
        [11.5, 16, 12, 13.5],
        ("c", 12, 10.6, 3, 0, 180),
        [12, 7.6, 12.5, 3],
    ],
    "disabled": [
        ("o", 10.5, 20, 1.8),
        [10.5, 17, 10.5, 10.5, 16, 10.5, 18.5, 5, 20.5, 5.5],
        [10.5, 14, 15, 14],
        ("c", 11, 8, 5.6, 95, 330),
    ],
    "merit": [
        ("o", 12, 8.5, 5.5),
        [9, 13.5, 6.5, 21.5, 11, 21.5, 12, 18.5, 13, 21.5, 17.5, 21.5, 15, 13.5],
        [
            12,
            11.3,
            12.9,
            9.3,
            15,
            9.1,
            13.4,
            7.7,
            13.9,
            5.6,
            12,
            6.7,
            10.1,
            5.6,
            10.6,
            7.7,
            9,
            9.1,
            11.1,
            9.3,
            12,
            11.3,
        ],
    ],
    "small_child": [
        ("o", 8.5, 19.3, 2.5),
        [8.5, 16.3, 8.5, 9.5, 6.5, 3],
        [8.5, 9.5, 10.5, 3],
        [8.5, 14.5, 13, 11.5, 16, 9.5],
        ("o", 17, 12.2, 1.9),
        [17, 9.8, 17, 6.5, 15.7, 3],
        [17, 6.5, 18.3, 3],
    ],
}


class Icon(Widget):
    """Draws one icon as large as fits, centred."""

    name = StringProperty("")
    colour = ColorProperty([0, 0, 0, 1])
    stroke = NumericProperty(1.9)

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.bind(
            name=self._draw, colour=self._draw, stroke=self._draw, pos=self._draw, size=self._draw
        )
        self._draw()

    def _draw(self, *_changed: object) -> None:
        self.canvas.clear()
        if not self.name:
            return
        side = min(self.width, self.height)
        scale = side / GRID
        # Not `center`: it is counted anew only after this has been called.
        left, bottom = self.x + (self.width - side) / 2, self.y + (self.height - side) / 2
        with self.canvas:
            Color(*self.colour)
            for stroke in ICONS[self.name]:
                _draw_stroke(stroke, left, bottom, scale, self.stroke * scale)


def _draw_stroke(stroke: Stroke, left: float, bottom: float, scale: float, width: float) -> None:
    half = width / 2  # Kivy's width is the half of what is drawn
    if isinstance(stroke, list):
        points = [
            (bottom if place % 2 else left) + part * scale for place, part in enumerate(stroke)
        ]
        Line(points=points, width=half, cap="round", joint="round")
        return
    kind, x, y, radius, *angles = stroke
    x, y, radius = left + x * scale, bottom + y * scale, radius * scale
    if kind == "d":
        Ellipse(pos=(x - radius, y - radius), size=(2 * radius, 2 * radius))
    else:
        Line(circle=(x, y, radius, *angles), width=half, cap="round")
