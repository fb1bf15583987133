"""Fills the frame with the words of the moment: office and clock, question, step, back, action."""

from __future__ import annotations

from collections.abc import Collection

from kiosk.domain.aid import Aid
from kiosk.domain.session import STEP_NUMBER, STEPS
from kiosk.ui.frame import Frame
from kiosk.ui.front import Kiosk
from kiosk.ui.screens.screen import KioskScreen


def fill_frame(
    frame: Frame, kiosk: Kiosk, screen: KioskScreen, aids: Collection[Aid], notice: str
) -> None:
    """Say everything around the screen; `notice` is what to know before the first touch."""
    say, now = kiosk.locale.say, kiosk.backstage.now()
    header, footer = frame.ids.header, frame.ids.footer
    header.office, header.logo = kiosk.locale.of(kiosk.backstage.office), kiosk.backstage.logo
    header.time, header.date = f"{now:%H:%M}", kiosk.locale.date(now)
    frame.question, frame.hint, frame.reading = screen.question, screen.hint, screen.reading
    number = STEP_NUMBER.get(kiosk.session.step)
    asked = number is not None and screen.question
    frame.step = say("step", n=number, of=STEPS) if asked else ""
    footer.back_words = say("back")
    footer.main_words, footer.main_icon = screen.main_words, screen.main_icon
    back = kiosk.session.can_go_back and screen.may_go_back
    footer.can_go_back = kiosk.trouble is not None or back
    footer.notice = notice
    frame.bar.show(kiosk.locale, aids)
