"""A text that may be longer than the screen: large arrows turn it, nothing is cut off."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

TURN = 0.8
"""How much of what is seen a turn moves; the rest stays, so that no line is lost."""


class View(ScrollView):
    """Kivy's, without its leak: it binds the bar's colour with each move, and frees it once a rest.

    A thousand visits left 1,800 bindings behind.
    """

    def update_from_scroll(self, *moved: Any) -> None:
        """Let the binding of the move before go first."""
        self.funbind("bar_color", self._change_bar_color)
        super().update_from_scroll(*moved)


class ReadingArrows(BoxLayout):
    """Turn the text that they stand under."""

    reading = ObjectProperty()


class Reading(BoxLayout):
    """What is put into it stands in a column; where it is higher than the room, arrows appear.

    `needed` is the height of the column, `gap` the space between its parts, in pixels.
    """

    needed = NumericProperty(0)
    gap = NumericProperty(0)
    long = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    at_top = BooleanProperty(True)  # noqa: FBT003 - a Kivy property takes its default so
    at_end = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    _built = False
    _arrows: ReadingArrows | None = None

    def apply_class_lang_rules(self, *args: Any, **kwargs: Any) -> None:
        """Build view and arrows; what is added later goes into the column."""
        super().apply_class_lang_rules(*args, **kwargs)
        self._built = True

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        """Put something into the column, below what is there."""
        if self._built:
            self.ids.column.add_widget(widget, *args, **kwargs)
        else:
            super().add_widget(widget, *args, **kwargs)

    def on_long(self, _reading: object, long: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Have arrows once they are needed: most texts never need any, and a part takes 46 kB."""
        if long and self._arrows is None:
            self._arrows = ReadingArrows(reading=self)
            super().add_widget(self._arrows)

    def start(self) -> None:
        """Show the beginning."""
        self.ids.view.scroll_y = 1

    def turn(self, by: int) -> None:
        """Go on (1) or back (-1)."""
        view, over = self.ids.view, self.ids.column.height - self.ids.view.height
        if over > 0:
            view.scroll_y = min(max(view.scroll_y - by * view.height * TURN / over, 0), 1)
