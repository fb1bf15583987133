"""The kiosk's window: shows the step of the session and sends choices to the use cases."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from kivy.app import App
from kivy.base import ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.properties import ObjectProperty, StringProperty

from kiosk.domain.aid import Aid
from kiosk.domain.session import Session, Step
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Language, Words
from kiosk.ui.appointment_desk import AppointmentDesk
from kiosk.ui.arrangements import load_arrangements, load_typefaces
from kiosk.ui.attention import Attention
from kiosk.ui.background import Background
from kiosk.ui.frame import Frame
from kiosk.ui.frame_words import fill_frame
from kiosk.ui.front import Backstage
from kiosk.ui.keep_alive import KeepAlive
from kiosk.ui.locale import Locale
from kiosk.ui.number_desk import NumberDesk
from kiosk.ui.outlook import Outlook
from kiosk.ui.quiet import LEFT_S, build_in_the_quiet, give_back, let_go
from kiosk.ui.scanning import Scanning
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.theme import Look
from kiosk.ui.wearing import refresh

WATCH_EVERY_S = 10.0
FAILED = 1


class KioskApp(App):
    """Holds the session of the citizen in front; every change of it draws the screen anew."""

    language = StringProperty("vi")
    look = ObjectProperty(None)

    def __init__(self, backstage: Backstage) -> None:
        super().__init__()
        self.backstage = backstage
        self.session = Session(language=backstage.screen.language)
        self.locale = Locale(backstage.texts, self.session.language)
        self.language = self.session.language.value
        screen = backstage.screen
        self.look = Look(backstage.theme, screen.palette, screen.diagonal_inch)
        self.broken = False
        self.trouble: Words | None = None
        self.background = Background()
        self.outlook = Outlook(
            self.background,
            backstage.watch,
            backstage.catch_up,
            lambda news: self._at_rest and refresh(self, news),
        )
        self.attention = Attention(self)
        self.desk = AppointmentDesk(self, lambda: uuid.uuid4().hex)
        self.numbers = NumberDesk(self)
        self.scanning = Scanning(self)
        self.exit_code = 0
        self._keep_alive = KeepAlive(self._sorry, self._end)
        self._clocks: list[Any] = []

    # -- life of the window

    def build(self) -> Frame:
        """Build the root and all screens once; after that only words and choices change."""
        ExceptionManager.add_handler(self._keep_alive)
        load_typefaces(self.backstage.fonts)
        load_arrangements()
        self.look.fit(*Window.size)
        Window.bind(size=self._fit, on_request_close=_stay_open)
        self.attention.begin()
        self.scanning.begin()
        frame = Frame()
        frame.bar.offer(self.backstage.screen.languages, tuple(Aid))
        self.root = frame
        self.render()
        return frame

    def on_start(self) -> None:
        """Begin to look at the office and to count the seconds."""
        self.outlook.look()
        self._clocks = [
            Clock.schedule_interval(self._watch, WATCH_EVERY_S),
            Clock.schedule_interval(self._second, 1.0),
            build_in_the_quiet(self.root.ids.screens, _unused(self.backstage)),
        ]

    def on_stop(self) -> None:
        """Stop clocks and background work; Kivy may call this twice."""
        for clock in self._clocks:
            clock.cancel()
        self._clocks = []
        Window.unbind(size=self._fit, on_request_close=_stay_open)
        self.attention.end()
        self.scanning.end()
        ExceptionManager.remove_handler(self._keep_alive)
        self.background.close()
        let_go()

    def open_settings(self, *_largs: object) -> bool:
        """Keep Kivy's settings panel away from the public."""
        return False

    # -- choices of the citizen

    def go(self, session: Session) -> None:
        """Take a step."""
        self.session = session
        self.render()

    def back(self) -> None:
        """Return to the question before."""
        if self.trouble is not None:
            self.trouble = None
            self.render()
        elif self.shown.went_back():
            self.render()
        elif self.session.can_go_back:
            if (before := self.session.back()).step is Step.HOME:
                self.desk.forget()  # it waits for ever: whoever comes next must find nothing
                self.root.ids.screens.forget()
            self.go(before)

    def main(self) -> None:
        """Do the main action of the screen."""
        self.shown.on_main()

    def speak(self, code: str) -> None:
        """Change the language, on any screen."""
        self.go(self.session.speak(Language(code)))

    def turn(self, code: str) -> None:
        """Switch an aid on or off, on any screen."""
        self.attention.turn(Aid(code))
        self.render()

    def another(self) -> None:
        """Take a further number in the same visit; the first one is in the hand already."""
        issued, session = self.numbers.issued, self.session
        if issued is not None and session.step is Step.TICKET:
            visit = session.visit or issued.ticket.id
            card = self.desk.card
            self.leave()
            self.desk.card = card
            self.go(replace(session.another(visit), language=session.language))

    def stay(self) -> None:
        """The citizen is still here."""
        self.attention.stay()

    def leave(self) -> None:
        """Wipe everything of this citizen and greet the next."""
        self.attention.forget()
        self.trouble = None
        self.numbers.forget()
        self.broken = self.scanning.refused = False
        self.desk.forget()
        self.root.ids.screens.forget()
        self.go(self.session.reset(self.backstage.screen.language))
        self.outlook.look()
        Clock.schedule_once(give_back, LEFT_S)

    # -- what screens ask

    @property
    def lines(self) -> tuple[WaitingLine, ...] | None:
        """The lines outside, as far as they are known."""
        return self.outlook.lines

    @property
    def server_away(self) -> bool:
        """Whether the server did not answer the last look."""
        return self.outlook.server_away

    @property
    def bookable(self) -> frozenset[str]:
        """The services that take appointments here."""
        return self.outlook.bookable

    @property
    def rules(self) -> VisitRules:
        """What one person may take in a day."""
        return self.outlook.rules

    def service_name(self, service: str) -> str:
        """Return the name of a service, also of one that only the server knows."""
        entry = self.backstage.catalogue.service(service)
        if entry is not None:
            return self.locale.of(entry.name)
        names = (line.name for line in self.lines or () if line.service == service)
        return self.locale.of(next(names, Words(service, service)))

    @property
    def ticket_left_s(self) -> int:
        """Seconds until the ticket is cleared from the screen."""
        return self.attention.ticket_left_s

    @property
    def screen_name(self) -> str:
        """Which screen belongs to the session."""
        if self.broken or self.scanning.refused:
            return "sorry" if self.broken else "wedge"
        if self.trouble is not None:
            return "no_number"
        return "out_of_service" if self._closed else self.session.step.value

    def render(self) -> None:
        """Show the screen of the session in its language."""
        if self.language != self.session.language.value:
            self.locale = Locale(self.backstage.texts, self.session.language)
            self.language = self.session.language.value
        self.root.ids.screens.enter(self.screen_name)
        self.shown.refresh()
        self._render_frame()
        self.root.settle()
        self.attention.follow()

    # -- inside

    @property
    def shown(self) -> KioskScreen:
        """The screen in front."""
        screen: KioskScreen = self.root.ids.screens.current_screen
        return screen

    def _render_frame(self) -> None:
        notice = self._notice if self._at_rest and not self._closed else ""
        fill_frame(self.root, self, self.shown, self.attention.aids, notice)

    @property
    def _notice(self) -> str:
        """What the next citizen should know before the first touch."""
        printer = self.outlook.printer
        if printer is not None and printer.fault is not None:
            return self.locale.say("no_paper_now")
        return self.locale.say("offline_gives") if self.server_away else ""

    @property
    def _closed(self) -> bool:
        return self._at_rest and not self.outlook.gives

    @property
    def _at_rest(self) -> bool:
        return self.session.step is Step.HOME

    def _watch(self, _dt: float = 0.0) -> None:
        # A citizen's own wish never waits behind a look at the office.
        if self._at_rest:
            self.outlook.look()

    def _sorry(self) -> None:
        self.leave()
        self.broken = True
        self.render()

    def _end(self) -> None:
        """Stop with a failure, so that whoever supervises the kiosk starts it anew."""
        self.exit_code = FAILED
        self.stop()

    def _fit(self, _window: object, size: tuple[int, int]) -> None:
        self.look.fit(*size)

    def _second(self, _dt: float) -> None:
        self.outlook.hand_in()
        if self._at_rest:
            self._render_frame()
        if self.session.step is not Step.ISSUING:
            self.attention.second()
        if self.session.step is Step.TICKET:
            self.render()


def _unused(backstage: Backstage) -> tuple[str, ...]:
    """Screens that nobody comes to in this kiosk."""
    return () if backstage.smiles is not None else ("feedback",)


def _stay_open(*_request: object) -> bool:
    """Nobody closes the window from outside: only a signal to the process ends it."""
    return True
