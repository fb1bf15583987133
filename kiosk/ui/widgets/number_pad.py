"""Keys for the number of a slip: the letters of this office's lines above, figures below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.app import App
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.ui.widgets.keyboard import BACKSPACE, Key

FIGURES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


class PadKeys(GridLayout):
    """Keys of one kind in rows."""


class NumberPad(BoxLayout):
    """Dispatches `on_key(sign)` at the touch."""

    def __init__(self, **properties: Any) -> None:
        self.register_event_type("on_key")
        self._letters: tuple[str, ...] = ()
        super().__init__(**properties)

    def on_kv_post(self, _base_widget: object) -> None:
        """Put the figures in once the arrangement is there."""
        for figure in FIGURES:
            self.ids.figures.add_widget(self._key(sign=figure, words=figure))
        self.ids.figures.add_widget(self._key(sign=BACKSPACE, icon="erase"))

    def offer(self, letters: Sequence[str]) -> None:
        """Show these letters."""
        if tuple(letters) == self._letters:
            return
        self._letters = tuple(letters)
        self.ids.letters.clear_widgets()
        for letter in letters:
            self.ids.letters.add_widget(self._key(sign=letter, words=letter))

    def on_key(self, sign: str) -> None:
        """Default handler of the event: the screen that uses the pad listens."""

    @property
    def portrait(self) -> bool:
        """Whether the screen stands upright."""
        return bool(App.get_running_app().look.portrait)

    def _key(self, **properties: Any) -> Key:
        key = Key(**properties)
        key.bind(on_press=lambda pressed: self.dispatch("on_key", pressed.sign))
        return key
