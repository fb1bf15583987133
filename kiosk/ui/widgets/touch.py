"""What is touched or pointed at: buttons and cards that answer at once, before anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kivy.app import App
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.ui.scripts import KioskLabel
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.ring import Ring


class TextLine(KioskLabel):
    """A text that wraps in its width and is as high as it needs."""


class Touchable(ButtonBehavior, BoxLayout):
    """Anything with a pressed look; its `on_release` is the choice.

    `focused` draws the ring of the keypad around it. `spoken` is what the headset says of it; left
    empty, that is what stands on it.
    """

    fill = ColorProperty([1, 1, 1, 1])
    pressed_fill = ColorProperty([0.9, 0.9, 0.9, 1])
    border = ColorProperty([0, 0, 0, 1])
    radius = NumericProperty(16)
    focused = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    spoken = StringProperty("")
    _ring: Ring | None = None

    def on_touch_down(self, touch: Any) -> bool:
        """Take only touches while enabled: a half-faded choice must not be made by accident."""
        return bool(super().on_touch_down(touch)) if not self.disabled else False

    def on_focused(self, _widget: object, focused: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Draw the ring, or take it off: most things are never pointed at and need none."""
        if focused:
            self._ring = Ring(self, App.get_running_app().look)
        elif self._ring is not None:
            self._ring.remove()
            self._ring = None

    @property
    def speech(self) -> str:
        """What the headset says when the keypad points here."""
        return self.spoken or sentences(texts_of(self))

    def choose(self) -> None:
        """Do what a finger does."""
        self.dispatch("on_press")
        self.dispatch("on_release")


class ButtonIcon(Icon):
    """The icon of a `button`."""

    button = ObjectProperty()


class TouchButton(Touchable):
    """A button with words and an optional icon; `main` is the one action of the screen.

    `natural` is the width that its words need.
    """

    natural = NumericProperty(0)
    words = StringProperty("")
    icon = StringProperty("")
    icon_after = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    main = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    ink = ColorProperty([0, 0, 0, 1])
    _sign: ButtonIcon | None = None

    def on_kv_post(self, _base_widget: object) -> None:
        """Follow the icon from now on; a button without one has no part for it."""
        self.bind(icon=self._show_icon, icon_after=self._show_icon)
        self._show_icon()

    def _show_icon(self, *_changed: object) -> None:
        if self._sign is not None:
            self.remove_widget(self._sign)
        if self.icon:
            self._sign = self._sign or ButtonIcon(button=self)
            self.add_widget(self._sign, 0 if self.icon_after else len(self.children))


class Card(Touchable):
    """A choice with several lines."""


class PageArrow(Touchable):
    """Turns what is shown; `says` is the text by which the headset knows it."""

    icon = StringProperty("")
    says = StringProperty("")

    @property
    def speech(self) -> str:
        """What the headset says."""
        return str(App.get_running_app().locale.say(self.says))


def walk(widget: Widget) -> Iterator[Widget]:
    """A widget and everything in it that can be seen, in the order in which it was added."""
    if not widget.opacity:
        return
    yield widget
    for child in reversed(widget.children):
        yield from walk(child)


def texts_of(widget: Widget, *, around_choices: bool = False) -> list[str]:
    """The texts that stand on a widget; `around_choices` leaves out those of its touchables."""
    if around_choices and isinstance(widget, Touchable):
        return []
    if not widget.opacity:
        return []
    if isinstance(widget, Label):
        return [widget.text] if widget.text.strip() else []
    inner = (texts_of(w, around_choices=around_choices) for w in reversed(widget.children))
    return [text for texts in inner for text in texts]


def sentences(texts: list[str]) -> str:
    """The texts as sentences, each with a stop, so that a voice pauses between them."""
    return " ".join(t if t.rstrip()[-1:] in ".?!:…។" else f"{t}." for t in texts if t.strip())
