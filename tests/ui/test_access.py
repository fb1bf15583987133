"""Everybody: keypad alone, headset, large letters, contrast, low reach, three languages."""

from __future__ import annotations

import re

import pytest
from kivy.core.window import Window
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.aid import Aid
from kiosk.domain.words import Language
from kiosk.ui.widgets.reading import View
from tests.ui.stage import KEYS, Stage, stage

pytestmark = pytest.mark.kivy


class Ears:
    """A headset that keeps what was said."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.chimes = 0

    def say(self, text: str, language: str) -> None:
        self.heard.append(f"{language}: {text}")

    def chime(self) -> None:
        self.chimes += 1

    def hush(self) -> None:
        """Silence is not kept."""

    def louder(self, *, up: bool) -> None:
        self.heard.append("louder" if up else "softer")

    def reset(self) -> None:
        self.heard.clear()

    def speaks(self, language: str) -> bool:
        return language != "km"


def key(on: Stage, meaning: str) -> None:
    """Press a key of the keypad, as slowly as a hand."""
    code = next(code for code, means in KEYS.items() if means == meaning)
    on.app.attention._keypad._pace = type(on.app.attention._keypad._pace)()
    Window.dispatch("on_key_down", code, 0, None, [])
    on.frames()


def point_at(on: Stage, words: str) -> None:
    """Move to the right until the ring is around something with these words."""
    for _ in range(60):
        key(on, "right")
        current = on.app.attention.focus.current
        if current is not None and getattr(current, "words", "") == words:
            return
    raise AssertionError(f"the keypad does not reach {words!r}")


@pytest.mark.parametrize("language", list(Language))
def test_a_number_is_taken_by_keypad_alone_and_every_screen_is_said(language: Language) -> None:
    ears = Ears()
    with stage(screen=ScreenSection(language=language), headset=ears) as on:
        say = on.app.locale.say
        point_at(on, say("door_number"))
        key(on, "choose")
        assert on.screen == "services"
        key(on, "back")
        assert on.screen == "home"
        on.app.go(on.app.session.choose_service("CT"))
        point_at(on, on.app.shown.main_words)
        key(on, "choose")
        assert on.screen == "priority"
        point_at(on, on.app.shown.main_words)
        key(on, "choose")
        on.until(lambda: on.screen == "ticket")
        assert on.app.attention.focus.current is not None
        heard = " ".join(ears.heard)
    if language is Language.VI:
        assert "vi: Hướng dẫn bằng giọng nói." in heard
        assert "bê không không một" in heard, "the number is spelled"
    if language is Language.KM:
        assert heard.count("Chưa có giọng đọc tiếng Khmer, máy đọc bằng tiếng Việt.") == 1
        assert "Ông/bà có thuộc diện ưu tiên không" in heard, "what stands there in Khmer"
        assert "bê không không một" in heard
        assert not re.search("[\u1780-\u17ff]", heard)


def test_time_limits_warn_the_eye_and_the_ear_and_are_extended() -> None:
    ears = Ears()
    with stage(screen=ScreenSection(idle_s=5, warning_s=5), headset=ears) as on:
        on.press_words("Lấy số thứ tự")
        for _ in range(6):
            on.app._second(1.0)
        on.frames()
        assert on.says("Ông/bà còn ở đây không?")
        assert ears.chimes == 1
        key(on, "back")
        assert on.screen == "services"
        assert not on.app.root.notice


def test_aids_change_the_screen_at_once_and_leave_with_the_citizen() -> None:
    with stage() as on:
        look = on.app.look
        body = look.body
        for aid in Aid:
            on.press_bar(aid.value)
        assert look.body > body * 1.5
        assert (look.low, look.contrast) == (True, True)
        on.press_bar("large")
        assert look.body == body
        on.app.leave()
        assert not on.app.attention.aids
        assert (look.low, look.contrast) == (False, False)


def test_nothing_leads_out_of_the_program() -> None:
    with stage() as on:
        for code in (27, 282, 285, 293, 9, 13, 303, 306):
            on.app.attention._keypad.pressed(Window, code)
        assert Window.dispatch("on_request_close") is True
        on.frames()
        assert on.screen in {"home", "services"}


def test_a_text_that_is_moved_leaves_no_bindings_behind() -> None:
    """Kivy's own view keeps one more with each move: a kiosk would grow with every visit."""
    view = View()
    view.add_widget(Widget(size_hint_y=None, height=1000))
    for _ in range(20):
        view.update_from_scroll()
    assert len(view.get_property_observers("bar_color")) <= 1 + len(
        ScrollView().get_property_observers("bar_color")
    )
