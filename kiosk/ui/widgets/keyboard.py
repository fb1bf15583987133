"""A simple keyboard on the screen: letters without diacritics are enough for the search."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.ui.scripts import KioskLabel
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.touch import Touchable

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BACKSPACE, SPACE, CLEAR = "backspace", "space", "clear"
SPOKEN = {
    BACKSPACE: "key_erase",
    "others": "key_others",
    ".": "key_dot",
    ",": "key_comma",
    "/": "key_slash",
    "-": "key_dash",
    "á": "key_acute",
    "à": "key_grave",
    "ả": "key_hook",
    "ã": "key_tilde",
    "ạ": "key_below",
    "â": "key_hat",
    "ă": "key_breve",
    "ơ": "key_horn",
    "đ": "key_stroke",
}
"""Keys that show no word which a voice could read, by the text that it says."""


class KeyWords(KioskLabel):
    """What stands on a key."""

    key = ObjectProperty()


class KeyPicture(Icon):
    """The picture on a key that has one."""

    key = ObjectProperty()


class Key(Touchable):
    """One key; `sign` is what it types or does, `words` what stands on it, or its `icon`.

    It holds one of the two, not both: there are hundreds of keys, and each part takes 46 kB.
    """

    sign = StringProperty("")
    words = StringProperty("")
    icon = StringProperty("")

    def on_kv_post(self, _base_widget: object) -> None:
        """Put on it what it shows."""
        self.add_widget(KeyPicture(key=self) if self.icon else KeyWords(key=self))

    @property
    def speech(self) -> str:
        """What the headset says; some keys show only a picture, a mark or a sign."""
        named = SPOKEN.get(self.sign)
        return str(App.get_running_app().locale.say(named)) if named else super().speech


class Keyboard(BoxLayout):
    """Dispatches `on_key(sign)` at the touch, not at the release: typing must feel direct."""

    def __init__(self, **properties: Any) -> None:
        self.register_event_type("on_key")
        super().__init__(**properties)

    def on_kv_post(self, _base_widget: object) -> None:
        """Put the keys into the rows once the arrangement has made them."""
        self.clear_key, self.space_key = self._key(sign=CLEAR), self._key(sign=SPACE)
        self.erase_key = erase_key = self._key(sign=BACKSPACE, icon="erase")
        App.get_running_app().look.bind(low=self._widen)
        self._widen()
        rows = [[self._key(sign=letter, words=letter) for letter in letters] for letters in ROWS]
        rows[2].append(erase_key)
        if App.get_running_app().look.portrait:
            rows.append([self.clear_key, self.space_key])
        else:
            rows[2].insert(0, self.clear_key)
            rows[2].insert(-1, self.space_key)
        for number, keys in enumerate(rows):
            for key in keys:
                self.ids[f"row_{number}"].add_widget(key)

    def speak(self) -> None:
        """Take the words of the language of the moment."""
        say = App.get_running_app().locale.say
        self.clear_key.words, self.space_key.words = say("clear"), say("space")

    def on_key(self, sign: str) -> None:
        """Default handler of the event: the screen that uses the keyboard listens."""

    def _widen(self, *_changed: object) -> None:
        """Across and with a low reach the aids stand beside: letters keep their 20 mm."""
        look = App.get_running_app().look
        narrow = look.low and not look.portrait
        self.clear_key.size_hint_x = self.erase_key.size_hint_x = 1.2 if narrow else 1.5
        self.space_key.size_hint_x = 1.6 if narrow else 2.6

    def _key(self, **properties: Any) -> Key:
        key = Key(**properties)
        key.bind(on_press=lambda pressed: self.dispatch("on_key", pressed.sign))
        return key


def typed(text: str, sign: str) -> str:
    """Return the text after a key."""
    if sign == CLEAR:
        return ""
    if sign == BACKSPACE:
        return text[:-1]
    if sign == SPACE:
        return text if not text or text.endswith(" ") else f"{text} "
    return text + sign
