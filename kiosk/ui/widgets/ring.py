"""The ring in what a keypad points at: two lines, so that it is seen on any ground.

It lies within the edges: what stands outside them may be cut off by whatever the widget is in.
"""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, InstructionGroup, SmoothLine
from kivy.uix.widget import Widget


class Ring:
    """Follows its widget until it is removed; sizes and colours are those of the look."""

    def __init__(self, widget: Widget, look: Any) -> None:
        self._widget, self._look = widget, look
        self._lines = InstructionGroup()
        widget.canvas.after.add(self._lines)
        widget.bind(pos=self._draw, size=self._draw)
        self._draw()

    def remove(self) -> None:
        """Take it off."""
        self._widget.unbind(pos=self._draw, size=self._draw)
        self._widget.canvas.after.remove(self._lines)

    def _draw(self, *_changed: object) -> None:
        look, widget, u = self._look, self._widget, self._look.u
        self._lines.clear()
        for colour, inset, wide in ((look.focus, u * 4, 4), (look.paper, u * 10, 2)):
            edge = (widget.x + inset, widget.y + inset)
            room = (widget.width - 2 * inset, widget.height - 2 * inset)
            radius = max(1.0, widget.radius - inset)
            self._lines.add(Color(*colour))
            box = (*edge, *room, radius)
            self._lines.add(SmoothLine(rounded_rectangle=box, width=u * wide))
