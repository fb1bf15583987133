"""How much height a choice needs for its words, however they wrap; fillers need none."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget


def height_needed(widget: Widget) -> float:
    """The least height in pixels at the widget's width, words measured at once."""
    if isinstance(widget, Label):
        widget.texture_update()
        return float(widget.texture_size[1]) if widget.text else 0.0
    if not isinstance(widget, BoxLayout):
        return float(widget.height) if widget.size_hint_y is None else 0.0
    widget.do_layout()
    parts = [height_needed(child) for child in widget.children]
    if widget.size_hint_y is None:
        widget.do_layout()
        return float(widget.height)
    _, top, _, bottom = widget.padding
    if widget.orientation == "vertical":
        inner = sum(parts) + widget.spacing * max(len(parts) - 1, 0)
    else:
        inner = max(parts, default=0.0)
    return float(inner + top + bottom)
