"""Keys for the code of an appointment: only the signs that such a code can have."""

from __future__ import annotations

from typing import Any

from kivy.uix.gridlayout import GridLayout

from kiosk.ui.widgets.keyboard import BACKSPACE, Key

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


class CodePad(GridLayout):
    """Dispatches `on_key(sign)` at the touch."""

    def __init__(self, **properties: Any) -> None:
        self.register_event_type("on_key")
        super().__init__(**properties)

    def on_kv_post(self, _base_widget: object) -> None:
        """Put the keys in once the arrangement is there."""
        for sign in SIGNS:
            self.add_widget(self._key(sign=sign, words=sign))
        self.add_widget(self._key(sign=BACKSPACE, icon="erase"))

    def on_key(self, sign: str) -> None:
        """Default handler of the event: the screen that uses the pad listens."""

    def _key(self, **properties: Any) -> Key:
        key = Key(**properties)
        key.bind(on_press=lambda pressed: self.dispatch("on_key", pressed.sign))
        return key


def typed_code(code: str, sign: str) -> str:
    """Return the code after a key."""
    if sign == BACKSPACE:
        return code[:-1]
    return (code + sign)[:LENGTH]
