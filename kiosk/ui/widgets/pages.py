"""A long list in pages with large arrows: nothing scrolls on a kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.ui.widgets.room import height_needed, settle

Tell = Callable[[Any, Any], None]


class Pages(BoxLayout):
    """Shows at most `per_page` of the choices at a time, each made by `make`.

    Where letters are large or room is scarce it shows fewer, so that no choice is cut off. With
    `turnable` off there are no arrows: what has no room is left out. What was made is used again:
    building a row takes longer than drawing the whole screen.
    """

    per_page = NumericProperty(6)
    columns = NumericProperty(1)
    rows = NumericProperty(6)
    first = NumericProperty(0)
    make = ObjectProperty(None)
    label = StringProperty("")
    several = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    turnable = BooleanProperty(True)  # noqa: FBT003 - a Kivy property takes its default so

    def __init__(self, **properties: Any) -> None:
        self._choices: list[Any] = []
        self._made: list[Any] = []
        self._blanks: list[Widget] = []
        self._tell: Tell | None = None
        self._room_size = (0.0, 0.0)
        # Before the next picture is drawn, so that nobody sees a page that does not fit.
        self._fit_soon = Clock.create_trigger(self._fit, -1)
        super().__init__(**properties)

    def on_kv_post(self, _base_widget: object) -> None:
        """Fit again whenever the room changes."""
        # The room, not the grid: arrows take their place from that, and would bring and chase
        # themselves for ever where a list just fits without them.
        self.bind(size=self._grow)
        self.ids.grid.bind(size=lambda *_changed: self._fit_soon())

    def fill(
        self, choices: list[Any], make: Callable[[Any], Widget], tell: Tell | None = None
    ) -> None:
        """Show the first page of new choices; the same choices stay on their page.

        With `tell`, a widget that `make` made earlier is told the choice that it stands for now.
        """
        if [id(choice) for choice in choices] != [id(choice) for choice in self._choices]:
            self.first = 0
        if tell is None or not choices or make != self.make:
            self._made = []
        self._choices, self._tell = choices, tell
        self.make = make
        self.rows = -(-int(self.per_page) // int(self.columns))
        self._show()

    def forget(self) -> None:
        """Keep nothing of what was shown."""
        if self._choices or self._made:
            self.fill([], lambda _choice: Widget())

    @property
    def count(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._choices) // self._room))

    @property
    def page(self) -> int:
        """Which page is shown, from 0."""
        return int(self.first) // self._room

    def turn(self, by: int) -> None:
        """Go a page on or back."""
        page = min(max(self.page + by, 0), self.count - 1)
        self.first = page * self._room
        self._show()

    @property
    def _room(self) -> int:
        return int(self.rows * self.columns)

    def _show(self) -> None:
        self.first = self.page * self._room
        self._put(self._choices[int(self.first) : int(self.first) + self._room])
        locale = App.get_running_app().locale
        self.label = locale.say("page", n=self.page + 1, of=self.count)
        self.several = self.turnable and self.count > 1
        self.ids.before.disabled = self.page == 0
        self.ids.after.disabled = self.page >= self.count - 1
        self._fit_soon()

    def _put(self, choices: list[Any]) -> None:
        """Have a widget for each choice in the grid, and blanks in the places that are left."""
        grid, shown = self.ids.grid, []
        for place, choice in enumerate(choices):
            made = self._made[place] if place < len(self._made) else None
            # What a finger holds down must not come to stand for another choice.
            if made is None or self._tell is None or made.state == "down":
                made = self.make(choice)
                if self._tell is not None:
                    self._made[place : place + 1] = [made]
            else:
                self._tell(made, choice)
            shown.append(made)
        empty = self._room - len(choices)
        self._blanks += [Widget() for _ in range(empty - len(self._blanks))]
        shown += self._blanks[:empty]
        if grid.children[::-1] != shown:
            grid.clear_widgets()
            for widget in shown:
                grid.add_widget(widget)

    def _grow(self, _pages: Widget, size: tuple[float, float]) -> None:
        """More room or less: begin with as many as are wished for."""
        if abs(size[0] - self._room_size[0]) > 1 or size[1] > self._room_size[1] + 1:
            self.rows = -(-int(self.per_page) // int(self.columns))
            self._show()
        self._room_size = (size[0], size[1])
        self._fit_soon()

    def _fit(self, _dt: float) -> None:
        """Show fewer rows when one of them has no room for its words."""
        grid = self.ids.grid
        seen = self.get_root_window() is not None
        if not seen or not self._choices or grid.height <= 1 or self.rows <= 1:
            return
        settle(self)
        settle(grid)
        gap, least = grid.spacing[1], App.get_running_app().look.finger
        needed = max([least, *(height_needed(card) for card in grid.children)])
        if needed > (grid.height + gap) / self.rows - gap + 1:
            self.rows = max(1, min(self.rows - 1, int((grid.height + gap) // (needed + gap))))
            self._show()
