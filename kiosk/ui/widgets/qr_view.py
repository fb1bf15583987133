"""Shows a QR code as sharp squares with its quiet zone, black on white in every palette."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import ListProperty
from kivy.uix.widget import Widget

QUIET_MODULES = 4


class QrView(Widget):
    """`modules` are the dark squares row by row; empty shows nothing."""

    modules = ListProperty()

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.bind(modules=self._draw, pos=self._draw, size=self._draw)

    def _draw(self, *_changed: object) -> None:
        self.canvas.clear()
        if not self.modules:
            return
        count = len(self.modules) + 2 * QUIET_MODULES
        # Whole pixels for a module: unequal squares are what scanners fail on.
        side = int(min(self.width, self.height) // count) * count
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(
                texture=_texture(self.modules, count),
                pos=(
                    round(self.x + (self.width - side) / 2),
                    round(self.y + (self.height - side) / 2),
                ),
                size=(side, side),
            )


def _texture(modules: list[list[bool]], count: int) -> Texture:
    texture = Texture.create(size=(count, count), colorfmt="rgb")
    texture.mag_filter = texture.min_filter = "nearest"
    white, black = b"\xff\xff\xff", b"\x00\x00\x00"
    margin = white * QUIET_MODULES
    rows = [margin + b"".join(black if dark else white for dark in row) + margin for row in modules]
    blank = [white * count] * QUIET_MODULES
    # A texture counts its rows from the bottom.
    picture = b"".join(reversed([*blank, *rows, *blank]))
    texture.blit_buffer(picture, colorfmt="rgb", bufferfmt="ubyte")
    return texture
