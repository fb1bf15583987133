"""What stays in its place on every screen: office, clock, language, question, back, action."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from kiosk.ui.widgets.touch import Touchable


class LanguageChoice(Touchable):
    """One language of the switch in the upper right corner."""

    code = StringProperty("vi")
    words = StringProperty("")


class Header(BoxLayout):
    """Whose kiosk this is, what time it is, and the language."""

    office = StringProperty("")
    time = StringProperty("")
    date = StringProperty("")


class Footer(BoxLayout):
    """Back at the bottom left, the main action at the bottom right."""

    back_words = StringProperty("")
    main_words = StringProperty("")
    main_icon = StringProperty("")
    can_go_back = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    notice = StringProperty("")
    used = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class IdleNotice(FloatLayout):
    """Covers the screen of a citizen who may have left, and says what will happen."""

    question = StringProperty("")
    hint = StringProperty("")
    stay = StringProperty("")
    leave = StringProperty("")

    def on_touch_down(self, touch: Any) -> bool:
        """Let nothing through to the screen below."""
        super().on_touch_down(touch)
        return True


class Frame(FloatLayout):
    """The root: header, question, the screen of the step, footer, and over it the idle notice."""

    question = StringProperty("")
    hint = StringProperty("")
    step = StringProperty("")
