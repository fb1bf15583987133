"""The keys of an accessible keypad become moves of the ring; every other key does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kivy.clock import Clock

from kiosk.domain.aid import Aid
from kiosk.domain.navpad import ARROWS, KeyPace, NavKey
from kiosk.domain.pointing import Arrow
from kiosk.ui.focus import Focus
from kiosk.ui.guide import Guide


class KeypadUser(Protocol):
    """Who acts on the keys."""

    focus: Focus
    guide: Guide

    def use_keypad(self) -> None:
        """A key was pressed."""
        ...

    def back(self) -> None:
        """Take the way back."""
        ...

    def read_back(self) -> None:
        """Something was chosen."""
        ...

    def switch(self, aid: Aid) -> None:
        """Switch an aid on or off."""
        ...


class Keypad:
    """Any USB keypad that the machine takes for a keyboard; `keys` says what its codes mean."""

    def __init__(self, keys: Mapping[int, NavKey], user: KeypadUser) -> None:
        self._keys = keys
        self._user = user
        self._pace = KeyPace()

    def pressed(self, _window: Any, code: int, *_rest: Any) -> bool:
        """Take a key; True, so that nothing else of Kivy acts on any key."""
        key = self._keys.get(code)
        if self._pace.by_hand(Clock.time()) and key is not None:
            self._do(key)
        return True

    def _do(self, key: NavKey) -> None:
        self._user.use_keypad()
        guide, focus = self._user.guide, self._user.focus
        if key in ARROWS:
            focus.move(Arrow(key.value))
        elif key is NavKey.CHOOSE:
            focus.choose()
            self._user.read_back()
        elif key is NavKey.BACK:
            self._user.back()
        elif key is NavKey.VOICE:
            self._user.switch(Aid.SPOKEN)
        elif key is NavKey.REPEAT:
            guide.repeat()
        else:
            guide.louder(key is NavKey.LOUDER)
