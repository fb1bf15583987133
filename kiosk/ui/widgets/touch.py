"""What a finger touches: buttons and cards that answer at once, before anything else happens."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label


class TextLine(Label):
    """A text that wraps in its width and is as high as it needs."""


class Touchable(ButtonBehavior, BoxLayout):
    """Anything with a pressed look; its `on_release` is the choice."""

    fill = ColorProperty([1, 1, 1, 1])
    pressed_fill = ColorProperty([0.9, 0.9, 0.9, 1])
    border = ColorProperty([0, 0, 0, 1])
    radius = NumericProperty(16)

    def on_touch_down(self, touch: Any) -> bool:
        """Take only touches while enabled: a half-faded choice must not be made by accident."""
        return bool(super().on_touch_down(touch)) if not self.disabled else False


class TouchButton(Touchable):
    """A button with words and an optional icon; `main` is the one action of the screen."""

    words = StringProperty("")
    icon = StringProperty("")
    icon_after = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    main = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    ink = ColorProperty([0, 0, 0, 1])


class Card(Touchable):
    """A choice with several lines."""
