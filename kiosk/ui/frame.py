"""What stays in its place on every screen: office, clock, aids, question, back, main action."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.core.window import Window
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.ui.scripts import KioskLabel
from kiosk.ui.widgets.aid_bar import AidBar
from kiosk.ui.widgets.room import settle


class Header(BoxLayout):
    """Whose kiosk this is and what time it is."""

    office = StringProperty("")
    logo = StringProperty("")
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
    """The root: header, question, the screen of the step, footer, and over it the idle notice.

    The bar of languages and aids stands in the header, below it, or, where the reach is low, above
    the footer or beside the screen. A low reach pushes the screen, with all that can be touched in
    it, below 60 % of the height; a screen that is only read (`reading`) keeps its place.
    """

    question = StringProperty("")
    hint = StringProperty("")
    step = StringProperty("")
    reading = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.bar = AidBar()
        self.notice: IdleNotice | None = None
        look = App.get_running_app().look
        look.bind(portrait=self._place_bar, low=self._place_bar, paper=_lay_paper)
        self._place_bar()
        _lay_paper(look, look.paper)

    def zones(self) -> list[Widget]:
        """The parts that a keypad comes by, in its order; under a notice there is only that."""
        if self.notice is not None:
            return [self.notice.ids.stay, self.notice.ids.leave]
        footer = self.ids.footer.ids
        return [self.ids.screens.current_screen, footer.main, footer.back, self.bar]

    def cover(self) -> IdleNotice:
        """Put the idle notice over everything, once."""
        if self.notice is None:
            self.notice = IdleNotice()
            self.add_widget(self.notice)
        return self.notice

    def uncover(self) -> bool:
        """Take the idle notice away; True when there was one."""
        if self.notice is None:
            return False
        self.remove_widget(self.notice)
        self.notice = None
        return True

    def settle(self) -> None:
        """Give the screen its place at once: it would be laid out for the one before it first."""
        ids = self.ids
        for line in ids.asking.children:
            if isinstance(line, KioskLabel):
                line.measure()
        for part in (ids.footer, ids.asking, self, ids.column, ids.body, ids.screens.parent):
            settle(part)

    def _place_bar(self, *_changed: object) -> None:
        look, ids = App.get_running_app().look, self.ids
        if look.low:
            slot = ids.above_footer if look.portrait else ids.beside
        else:
            slot = ids.below_header if look.portrait else ids.header.ids.inside
        if self.bar.parent is not slot:
            if self.bar.parent is not None:
                self.bar.parent.remove_widget(self.bar)
            slot.add_widget(self.bar)


def _lay_paper(_look: object, colour: Any) -> None:
    """Clear the window to the paper: painting it over that would fill every point twice."""
    Window.clearcolor = colour
