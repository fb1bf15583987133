"""What the citizen sees while scanning: the live picture with the page outlined, then the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.graphics import Color, Line, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.filing.bodies import Body
from kiosk.ui.widgets.touch import TouchButton
from kiosk.use_cases.scan_ports import Corner, Picture

LINE_WIDTH = 3


class PictureView(Widget):
    """A picture in its own proportions, with an outline over it; once forgotten it is gone."""

    def __init__(self, **properties: Any) -> None:
        self._texture: Texture | None = None
        self._corners: Sequence[Corner] = ()
        super().__init__(**properties)
        self.bind(pos=self._draw, size=self._draw)

    def show(self, picture: Picture, corners: Sequence[Corner] = ()) -> None:
        """Show rows of red, green, blue; `corners` are shares of width and height."""
        height, width = picture.shape[:2]
        if self._texture is None or tuple(self._texture.size) != (width, height):
            self._texture = Texture.create(size=(width, height), colorfmt="rgb")
            self._texture.flip_vertical()
        self._texture.blit_buffer(picture.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        self._corners = corners
        self._draw()

    def forget(self) -> None:
        """Show nothing."""
        self._texture, self._corners = None, ()
        self._draw()

    def _draw(self, *_changed: object) -> None:
        self.canvas.clear()
        if self._texture is None:
            return
        width, height = self._texture.size
        scale = min(self.width / width, self.height / height)
        size = width * scale, height * scale
        x, y = self.center_x - size[0] / 2, self.center_y - size[1] / 2
        with self.canvas:
            Color(1, 1, 1, 1)
            Rectangle(texture=self._texture, pos=(x, y), size=size)
            if self._corners:
                Color(0.36, 0.95, 0.75, 1)
                points = [(x + u * size[0], y + (1 - v) * size[1]) for u, v in self._corners]
                Line(points=[n for point in points for n in point], close=True, width=LINE_WIDTH)


class ScanBody(Body):
    """The live picture, and what to do."""

    words = StringProperty("")
    trouble = StringProperty("")

    def forget(self) -> None:
        """Keep no picture."""
        self.ids.view.forget()


class PageBody(Body):
    """The page as it was taken, what could be better, and the ways on."""

    words = StringProperty("")
    icon = StringProperty("")

    def forget(self) -> None:
        """Keep no page."""
        self.ids.view.forget()

    def offer(self, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Offer what can be done beside keeping it: (words, what happens)."""
        others = self.ids.ways
        others.clear_widgets()
        for words, act in ways:
            button = TouchButton(words=words)
            button.bind(on_release=lambda _button, act=act: act())
            others.add_widget(button)


PARTS = (PictureView, ScanBody, PageBody)
"""The arrangements name these; their classes must be known before a screen is built."""
