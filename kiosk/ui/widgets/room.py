"""How much height a choice needs for its words, however they wrap; fillers need none."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.layout import Layout
from kivy.uix.widget import Widget

from kiosk.ui.scripts import KioskLabel


def height_needed(widget: Widget) -> float:
    """The least height in pixels at the widget's width; only words that changed are measured."""
    if isinstance(widget, Label):
        if isinstance(widget, KioskLabel):
            widget.measure()
        return float(widget.texture_size[1]) if widget.text else 0.0
    if not isinstance(widget, BoxLayout):
        return float(widget.height) if widget.size_hint_y is None else 0.0
    settle(widget)
    parts = [height_needed(child) for child in widget.children]
    if widget.size_hint_y is None:
        settle(widget)
        return float(widget.height)
    _, top, _, bottom = widget.padding
    if widget.orientation == "vertical":
        inner = sum(parts) + widget.spacing * max(len(parts) - 1, 0)
    else:
        inner = max(parts, default=0.0)
    return float(inner + top + bottom)


def settle(layout: Layout) -> None:
    """Place the children now instead of before the next picture, if anything has changed."""
    soon = layout._trigger_layout  # noqa: SLF001 - Kivy tells it by no other name
    if soon.is_triggered:
        soon.cancel()
        layout.do_layout()
