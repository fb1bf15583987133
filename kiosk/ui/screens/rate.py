"""After the visit: the number of the slip, one of five faces, what it is about, thanks."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.domain.slip_number import follow_code, is_complete, with_sign
from kiosk.domain.words import Words
from kiosk.ui.faults import UNEXPECTED, place_of
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.keyboard import BACKSPACE
from kiosk.ui.widgets.touch import Card
from kiosk.use_cases.ports import GatewayError, RefusedError, ServerAwayError
from kiosk.use_cases.rating_ports import REASONS, Verdict

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
SCORES = (1, 2, 3, 4, 5)
LOW = 2
SCORE_TEXTS = ("score_1", "score_2", "score_3", "score_4", "score_5")
ABOUT_TEXTS = {
    "waiting": "about_waiting",
    "attitude": "about_attitude",
    "explained": "about_explained",
    "papers": "about_papers",
    "place": "about_place",
}
REFUSAL_TEXTS = {
    "unknown_ticket": "rate_unknown_ticket",
    "not_eligible": "rate_not_eligible",
    "illegal_move": "rate_illegal_move",
    "not_found": "rate_not_found",
}


class Phase(StrEnum):
    """What the screen asks now."""

    NUMBER = "number"
    FACES = "faces"
    THANKS = "thanks"


class FaceCard(Card):
    """One of five faces."""

    score = NumericProperty(0)
    words = StringProperty("")
    chosen = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class ReasonChip(Card):
    """What the rating is about; several may be ticked."""

    reason = StringProperty("")
    words = StringProperty("")
    chosen = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class RateScreen(KioskScreen):
    """The official rating of a visit: by its number, once, without a name."""

    phase = StringProperty(Phase.NUMBER.value)
    number = StringProperty("")
    note = StringProperty("")
    scan = StringProperty("")
    score = NumericProperty(0)
    about = StringProperty("")
    thanks = StringProperty("")
    told = StringProperty("")
    smile = StringProperty("")

    def __init__(self, **properties: object) -> None:
        self._visit = object()
        self._reasons: set[str] = set()
        self._fault: Words | None = None
        self._note_key = self._key = ""
        self._asking = False
        super().__init__(**properties)

    def on_kv_post(self, _base_widget: object) -> None:
        """Put faces and chips in once the arrangement is there."""
        for score in SCORES:
            face = FaceCard(score=score)
            face.bind(on_release=lambda face: self.choose(face.score))
            self.ids.faces.add_widget(face)
        for reason in REASONS:
            chip = ReasonChip(reason=reason)
            chip.bind(on_release=self._tick)
            self.ids.chips.add_widget(chip)

    def refresh(self) -> None:
        """Say the phase anew."""
        say = self.app.locale.say
        self.main_words = self.main_icon = self.hint = ""
        self.ids.phases.current = self.phase
        getattr(self, f"_say_{self.phase}")()
        if self._asking:
            self.note = say("asking_server")
        elif self._fault is not None:
            self.note = self.app.locale.of(self._fault)
        else:
            self.note = say(self._note_key) if self._note_key else ""

    @property
    def written(self) -> str:
        """The number as far as it was typed."""
        return str(self.number)

    def on_main(self) -> None:
        """Go on, send, or leave."""
        if self._asking:
            return
        if self.phase == Phase.NUMBER and is_complete(self.number):
            self._show(Phase.FACES)
        elif self.phase == Phase.FACES and self.score:
            self._send()
        elif self.phase == Phase.THANKS:
            self.app.leave()

    def on_key(self, sign: str) -> None:
        """Take a key of the number."""
        self.number = self.number[:-1] if sign == BACKSPACE else with_sign(self.number, sign)
        self._fault, self._note_key = None, ""
        self.app.render()

    def choose(self, score: int) -> None:
        """Take a face."""
        self.score = score
        self.app.render()

    def scanned(self, text: str | None) -> None:
        """A slip was held to the scanner: nobody has to type its number."""
        code, ratings = follow_code(text), self.app.backstage.ratings
        if self.phase != Phase.NUMBER or ratings is None or self._asking:
            return
        if code is None:
            self._note_key, self._fault = "rate_not_a_slip", None
            self.app.render()
            return
        self._ask(lambda: ratings.number_of(code), self._found)

    @property
    def may_go_back(self) -> bool:
        """Not while it is sent, and not after it was kept."""
        return not self._asking and self.phase != Phase.THANKS

    def went_back(self) -> bool:
        """From the faces back to the number."""
        if self.phase == Phase.FACES:
            self.phase = Phase.NUMBER.value
            return True
        return False

    def count_smile(self) -> None:
        """Where there is a camera, it may be asked for after the official word."""
        self.app.go(self.app.session.give_feedback())

    def on_pre_leave(self, *_arguments: object) -> None:
        """Another screen comes, whatever brought it."""
        self.forget()

    def forget(self) -> None:
        """Wipe number, face and reasons; an answer that is still to come finds nobody."""
        super().forget()
        self.score = 0
        self._reasons.clear()
        self._fault, self._note_key, self._key = None, "", ""
        self._asking = False
        self._visit = object()

    # -- inside

    def _say_number(self) -> None:
        say, behind = self.app.locale.say, self.app.backstage
        self.question, self.hint = say("rate_which"), say("rate_which_hint")
        self.scan = say("rate_scan") if behind.scanner else ""
        known = [line.letter for line in self.app.lines or ()]
        self.ids.pad.offer(sorted(known or {one.letter for one in behind.catalogue.services}))
        if is_complete(self.number):
            self.main_words, self.main_icon = say("rate_continue"), "right"

    def _say_faces(self) -> None:
        say = self.app.locale.say
        self.question, self.hint = say("rate_how", number=self.number), say("rate_private")
        self.about = say("rate_about")
        for face in self.ids.faces.children:
            face.words, face.chosen = (
                say(SCORE_TEXTS[int(face.score) - 1]),
                face.score == self.score,
            )
        for chip in self.ids.chips.children:
            chip.words, chip.chosen = say(ABOUT_TEXTS[chip.reason]), chip.reason in self._reasons
        if self.score:
            self.main_words, self.main_icon = say("rate_send"), "check"

    def _say_thanks(self) -> None:
        say = self.app.locale.say
        self.question = self.thanks = say("rate_thanks")
        self.told = say("rate_told_manager" if self.score <= LOW else "rate_kept")
        self.smile = say("rate_smile") if self.app.backstage.smiles is not None else ""
        self.main_words, self.main_icon = say("done"), "check"

    def _tick(self, chip: ReasonChip) -> None:
        self._reasons ^= {chip.reason}
        self.app.render()

    def _found(self, number: str) -> None:
        self.number = number
        self._show(Phase.FACES)

    def _send(self) -> None:
        ratings = self.app.backstage.ratings
        if ratings is None:
            return
        self._key = key = self._key or uuid.uuid4().hex
        about = tuple(one for one in REASONS if one in self._reasons)
        verdict = Verdict(self.number, int(self.score), about)
        self._ask(lambda: ratings.rate(verdict, key), lambda _kept: self._show(Phase.THANKS))

    def _ask(self, job: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self._asking, self._fault, self._note_key = True, None, ""
        visit = self._visit

        def answered(answer: Answer) -> None:
            if visit is self._visit:
                self._asking = False
                done(answer)

        def failed(error: BaseException) -> None:
            if not isinstance(error, GatewayError):
                log.error("a rating broke: %s", place_of(error))
            if visit is not self._visit:
                return
            self._asking = False
            self._fault = self._words_of(error)
            if not isinstance(error, ServerAwayError):
                # Another number or another try is another wish.
                self._key, self.phase = "", Phase.NUMBER.value
            self.app.render()

        self.app.background.run(job, answered, failed)
        self.app.render()

    def _words_of(self, error: BaseException) -> Words:
        """What a refusal means for a rating; its own words are written for counters."""
        if isinstance(error, RefusedError):
            key = REFUSAL_TEXTS.get(error.code)
            return self.app.backstage.texts[key] if key else error.words
        return error.words if isinstance(error, GatewayError) else UNEXPECTED

    def _show(self, phase: Phase) -> None:
        self.phase = phase.value
        self.app.render()
