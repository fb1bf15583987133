"""The keyboard of declarations: every Vietnamese letter by mark keys, Telex or VNI.

A mark key changes the word before it. Telex does the same with letters and VNI with figures; one
key changes between them and switches both off.
"""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.compose import (
    ACUTE,
    BREVE,
    DOT,
    GRAVE,
    HAT,
    HOOK,
    HORN,
    STROKE,
    TILDE,
    Typing,
    put_mark,
    type_key,
)
from kiosk.ui.widgets.keyboard import BACKSPACE, CLEAR, SPACE, Key

SHIFT, TYPING, OTHERS = "shift", "typing", "others"
MARKS = {
    "á": ACUTE,
    "à": GRAVE,
    "ả": HOOK,
    "ã": TILDE,
    "ạ": DOT,
    "â": HAT,
    "ă": BREVE,
    "ơ": HORN,
    "đ": STROKE,
}
"""What stands on a mark key, and what it does to the letter before."""
ACTIONS = {"<": BACKSPACE, "_": SPACE, "^": SHIFT, "#": CLEAR, "~": TYPING, "&": OTHERS}
WIDE = {SPACE: 1.8, BACKSPACE: 1.5, CLEAR: 1.5, SHIFT: 1.2, TYPING: 1.7, OTHERS: 1.5}
NEXT_TYPING = {Typing.TELEX: Typing.VNI, Typing.VNI: Typing.PLAIN, Typing.PLAIN: Typing.TELEX}
PORTRAIT = ("1234567890", "áàảãạâăơđ", "qwertyuiop", "asdfghjkl-", "^zxcvbnm<", "#~,_./")
LANDSCAPE = ("1234567890-/<", "qwertyuiopáàảã", "asdfghjklạâăơđ", "^zxcvbnm,._~")
NARROW = ("qwertyuiop", "asdfghjkl<", "^zxcvbnm,.", "&#~_-")
NARROW_OTHERS = ("1234567890", "áàảãạâăơđ<", "-/,.", "&#~_")
"""Across and with a low reach the aids stand beside the keys, which must not become narrower."""
FIGURES = ("123", "456", "789", "#0<")


class TypingKeys(BoxLayout):
    """Dispatches `on_key(sign)` at the touch; `figures` shows a number pad instead.

    `others` shows figures and marks where they have no room beside the letters. `typing` is the
    citizen's way of typing, one of `Typing`; a `code` takes keys as they are.
    """

    figures = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    typing = StringProperty(Typing.TELEX.value)
    code = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    shift = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    others = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    words = StringProperty("")

    def __init__(self, **properties: Any) -> None:
        self.register_event_type("on_key")
        super().__init__(**properties)
        self._build()
        self.bind(figures=self._build, others=self._build)
        App.get_running_app().look.bind(low=self._build)

    def on_key(self, sign: str) -> None:
        """Default handler of the event: the screen that uses the keys listens."""

    def speak(self) -> None:
        """Take the words of the language and the state of the moment."""
        say = App.get_running_app().locale.say
        said = {
            CLEAR: say("clear"),
            SPACE: say("space"),
            SHIFT: say("key_shift"),
            TYPING: say(f"key_typing_{self._way.value}"),
            OTHERS: "abc" if self.others else "123",
        }
        for key in self._keys:
            if key.sign in said:
                key.words = said[key.sign]
            elif len(key.sign) == 1 and key.sign.isalpha():
                key.words = key.sign.upper() if self.shift else key.sign

    def typed(self, text: str, sign: str) -> str:
        """The text after a key; shift holds for one letter."""
        if sign in {SHIFT, TYPING, OTHERS}:
            self._switch(sign)
            return text
        if sign == CLEAR:
            return ""
        if sign == BACKSPACE:
            return text[:-1]
        if sign == SPACE:
            return text if not text or text.endswith(" ") else f"{text} "
        if sign in MARKS:
            return put_mark(text, MARKS[sign])
        if self.shift:
            self.shift = False
            self.speak()
            sign = sign.upper()
        return type_key(text, sign, self._way)

    def forget(self) -> None:
        """The next citizen types as most people do."""
        self.typing = Typing.TELEX.value
        self.others = False

    @property
    def _way(self) -> Typing:
        return Typing.PLAIN if self.code else Typing(self.typing)

    def _switch(self, sign: str) -> None:
        if sign == SHIFT:
            self.shift = not self.shift
        elif sign == OTHERS:
            self.others = not self.others
        elif not self.code:
            self.typing = NEXT_TYPING[self._way].value
        self.speak()

    def _build(self, *_changed: object) -> None:
        self.clear_widgets()
        self._keys: list[Key] = []
        rows = self._rows()
        for letters in rows:
            row = KeyRow()
            for letter in letters:
                row.add_widget(self._key(letter))
            self.add_widget(row)
        self.rows = len(rows)
        self.speak()

    def _rows(self) -> tuple[str, ...]:
        look = App.get_running_app().look
        if self.figures:
            return FIGURES
        if look.portrait:
            return PORTRAIT
        if look.low:
            return NARROW_OTHERS if self.others else NARROW
        return LANDSCAPE

    def _key(self, letter: str) -> Key:
        sign = ACTIONS.get(letter, letter)
        icon = "erase" if sign == BACKSPACE else ""
        words = "" if sign in ACTIONS.values() else letter
        width = 1 if self.figures else WIDE.get(sign, 1)
        key = Key(sign=sign, words=words, icon=icon, size_hint_x=width)
        key.bind(on_press=lambda pressed: self.dispatch("on_key", pressed.sign))
        self._keys.append(key)
        return key


class KeyRow(BoxLayout):
    """One row of keys."""
