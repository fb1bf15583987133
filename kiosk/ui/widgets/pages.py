"""A long list in pages with large arrows: nothing scrolls on a kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.app import App
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget


class Pages(BoxLayout):
    """Shows `per_page` of the choices at a time, each made by `make`."""

    per_page = NumericProperty(6)
    columns = NumericProperty(1)
    page = NumericProperty(0)
    make = ObjectProperty(None)
    label = StringProperty("")
    several = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def __init__(self, **properties: Any) -> None:
        self._choices: list[Any] = []
        super().__init__(**properties)

    def fill(self, choices: list[Any], make: Callable[[Any], Widget]) -> None:
        """Show the first page of new choices; the same choices stay on their page."""
        if [id(choice) for choice in choices] != [id(choice) for choice in self._choices]:
            self.page = 0
        self._choices = choices
        self.make = make
        self._show()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._choices) // int(self.per_page)))

    def turn(self, by: int) -> None:
        """Go a page on or back."""
        self.page = min(max(self.page + by, 0), self.count - 1)
        self._show()

    def _show(self) -> None:
        grid, first = self.ids.grid, int(self.page * self.per_page)
        grid.clear_widgets()
        shown = self._choices[first : first + int(self.per_page)]
        for choice in shown:
            grid.add_widget(self.make(choice))
        for _ in range(int(self.per_page) - len(shown)):
            grid.add_widget(Widget())
        locale = App.get_running_app().locale
        self.label = locale.say("page", n=int(self.page) + 1, of=self.count)
        self.several = self.count > 1
        self.ids.before.disabled = self.page == 0
        self.ids.after.disabled = self.page >= self.count - 1
