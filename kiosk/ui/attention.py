"""Whoever stands in front: the seconds since the last touch, the aids, the keypad, the voice.

Nothing here outlives the citizen: `forget` turns every aid off and falls silent.
"""

from __future__ import annotations

from typing import Protocol

from kivy.core.window import Window
from kivy.uix.widget import Widget

from kiosk.domain.aid import NO_AIDS, Aid, Aids, switched
from kiosk.domain.session import Session, Step
from kiosk.domain.words import Language
from kiosk.ui.focus import Focus
from kiosk.ui.frame import Frame
from kiosk.ui.front import Kiosk
from kiosk.ui.guide import Guide
from kiosk.ui.idle import IdleTimes, IdleWatch
from kiosk.ui.keypad import Keypad
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.keyboard import Key

PATIENT = 2
"""With spoken guidance everything takes longer: all time limits are doubled."""


class Stage(Kiosk, Protocol):
    """The kiosk as this file sees it: what is shown, and the moves that a key can make."""

    root: Frame

    @property
    def shown(self) -> KioskScreen:
        """The screen in front."""
        ...

    @property
    def screen_name(self) -> str:
        """Its name."""
        ...

    def render(self) -> None:
        """Draw it anew."""
        ...

    def back(self) -> None:
        """Return to the question before."""
        ...

    def turn(self, code: str) -> None:
        """Switch an aid on or off."""
        ...


class Attention:
    """One for the life of the kiosk; it serves one citizen after the other."""

    def __init__(self, app: Stage) -> None:
        backstage, screen = app.backstage, app.backstage.screen
        self._app = app
        self.aids: Aids = NO_AIDS
        times = IdleTimes(screen.idle_s, screen.warning_s, screen.ticket_s)
        self._idle = IdleWatch(times, self._warn, app.leave)
        self.guide = Guide(backstage.headset, lambda: app.locale)
        self.focus = Focus(self._zones, self.guide.point)
        self._keypad = Keypad(backstage.keys, self)
        self._nobody = Session(language=screen.language)

    def begin(self) -> None:
        """Listen to touches and keys."""
        Window.bind(on_touch_down=self._touched, on_key_down=self._keypad.pressed)

    def end(self) -> None:
        """Listen no more; may be called twice."""
        Window.unbind(on_touch_down=self._touched, on_key_down=self._keypad.pressed)
        self.guide.close()

    # -- who is here

    @property
    def ticket_left_s(self) -> int:
        """Seconds until a ticket is cleared from the screen."""
        return self._idle.ticket_left_s

    def present(self) -> None:
        """Somebody is here: the seconds are counted anew."""
        self._idle.touched()

    def stay(self) -> None:
        """The question whether somebody is here has been answered with yes."""
        self.present()
        if self._app.root.uncover():
            self._app.render()

    def second(self) -> None:
        """One second has passed; an untouched first screen waits for ever."""
        app = self._app
        if app.session == self._nobody and not self.aids and self.focus.current is None:
            return
        self._idle.patience = PATIENT if Aid.SPOKEN in self.aids else 1
        self._idle.second(on_ticket=app.session.step is Step.TICKET)

    def forget(self) -> None:
        """The citizen is gone."""
        self._app.root.uncover()
        self.focus.hide()
        self.guide.forget()
        self._set(NO_AIDS)
        self.present()

    # -- what is used

    def turn(self, aid: Aid) -> None:
        """Switch an aid on or off."""
        self._set(switched(self.aids, aid))

    def switch(self, aid: Aid) -> None:
        """The same by a key: the screen is drawn, and said, at once."""
        self._app.turn(aid.value)

    def back(self) -> None:
        """The keypad's way back; under the idle notice it means that somebody is here."""
        if self._app.root.notice is not None:
            self.stay()
        else:
            self._app.back()

    def read_back(self) -> None:
        """After a key of an on-screen keyboard, say what stands in its field now."""
        if isinstance(self.focus.current, Key):
            self.guide.read(self._app.shown.written or self._app.locale.say("key_nothing"))

    def use_keypad(self) -> None:
        """A key was pressed: somebody is here, and a headset may be, too."""
        self.present()
        first = self.focus.current is None and Aid.SPOKEN not in self.aids
        headset = self._app.backstage.headset
        if first and headset is not None and any(headset.speaks(one) for one in Language):
            self.switch(Aid.SPOKEN)

    def follow(self) -> None:
        """A screen was drawn: find the ring's place in it, and say it when it is another one."""
        app = self._app
        moved = self.focus.settle(app.screen_name)
        self.guide.show(app.screen_name, app.shown.speech)
        if moved and self.focus.current is not None:
            self.guide.point(self.focus.current, after=True)

    def _set(self, aids: Aids) -> None:
        self.aids = aids
        self._app.look.aid(aids)
        self.guide.turn(on=Aid.SPOKEN in aids)

    def _zones(self) -> list[Widget]:
        return list(self._app.root.zones())

    def _touched(self, *_touch: object) -> bool:
        self.present()
        self.focus.hide()
        return False

    def _warn(self, left_s: int) -> None:
        """Say on two senses that the time is up: on the screen, and by a sound."""
        root, say, on_ticket = self._app.root, self._app.locale.say, self._on_ticket
        first = root.notice is None
        notice = root.cover()
        notice.question = say("idle_ticket_question" if on_ticket else "idle_question")
        notice.hint = say("idle_hint", s=left_s)
        notice.stay, notice.leave = say("idle_stay"), say("idle_leave")
        if first:
            self.focus.settle("idle")
            self.guide.warn(f"{notice.question} {notice.hint}")

    @property
    def _on_ticket(self) -> bool:
        return self._app.session.step is Step.TICKET
