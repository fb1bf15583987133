"""Asks whether the camera may count a smile; "no" is as large and as near as "yes"."""

from __future__ import annotations

from enum import StrEnum

from kivy.clock import Clock
from kivy.properties import NumericProperty, StringProperty

from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.touch import Card
from kiosk.use_cases.smile_consent import Consent

LONGEST_S = 10
COUNTED = "counted"
RATINGS = ("rating_1", "rating_2", "rating_3", "rating_4", "rating_5")
PROMISES = ("smile_promise_count", "smile_promise_store", "smile_promise_clerk", "smile_promise_no")


class Phase(StrEnum):
    """What the screen asks now."""

    ASK = "ask"
    LOOK = "look"
    RATE = "rate"
    THANKS = "thanks"


class AnswerCard(Card):
    """One of two answers of the same size."""

    icon = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")


class RatingCard(Card):
    """How it was, with a face for those who would rather look than read."""

    rating = NumericProperty(0)
    icon = StringProperty("")
    words = StringProperty("")


class FeedbackScreen(KioskScreen):
    """Consent, at most ten seconds, an own word, thanks; leaving it in any way is a withdrawal."""

    phase = StringProperty(Phase.ASK.value)
    seconds = StringProperty("")
    left = NumericProperty(1.0)
    seen = StringProperty("")
    thanks = StringProperty("")
    official = StringProperty("")
    stop_words = StringProperty("")

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._consent: Consent | None = None
        self._clock: object | None = None
        self._left_s = float(LONGEST_S)
        self._outcome = ""

    def refresh(self) -> None:
        """Say the phase anew."""
        say = self.app.locale.say
        self.main_words = self.main_icon = self.hint = ""
        self.ids.phases.current = self.phase
        self.official = say("smile_official")
        if self.phase == Phase.ASK:
            self.question = say("smile_question")
            self.hint = say("smile_hint")
            self.ids.promises.text = "\n".join(f"•  {say(promise)}" for promise in PROMISES)
            self._say_answers()
        elif self.phase == Phase.LOOK:
            self.question, self.seen = say("smile_looking"), say("smile_looking_hint")
            self.stop_words = say("smile_stop")
            self.seconds = f"{max(round(self._left_s), 0)}"
        elif self.phase == Phase.RATE:
            self.question, self.hint = say("rate_question"), say("rate_hint")
            for place, card in enumerate(reversed(self.ids.ratings.children), 1):
                card.rating, card.icon = place, f"face_{place}"
                card.words = say(RATINGS[place - 1])
        else:
            self.question = say("smile_thanks")
            self.thanks = say(self._thanks_key())
            self.main_words, self.main_icon = say("done"), "check"

    def on_main(self) -> None:
        """Leave."""
        self.app.leave()

    def refuse(self) -> None:
        """No: nothing is opened, nothing is asked further."""
        self._outcome = "refused"
        self._show(Phase.THANKS)

    def agree(self) -> None:
        """Yes: look once, now."""
        begin = self.app.backstage.smiles
        if begin is None or self._consent is not None:
            return
        consent = self._consent = begin()
        self._left_s = float(LONGEST_S)
        self._clock = Clock.schedule_interval(self._second, 0.25)
        self._show(Phase.LOOK)
        self.app.background.run(
            consent.agree,
            lambda outcome: self._looked(consent, outcome),
            lambda _error: self._looked(consent, "fault"),
        )

    def stop(self) -> None:
        """Withdraw while the camera looks."""
        self._withdraw()
        self._outcome = "withdrawn"
        self._show(Phase.THANKS)

    def rate(self, rating: int) -> None:
        """Say how it was; the consent ends with it."""
        if self._consent is not None:
            self._consent.rate(rating)
        self._withdraw()
        self._outcome = "rated"
        self._show(Phase.THANKS)

    def on_pre_leave(self, *_arguments: object) -> None:
        """Another screen comes, whatever brought it."""
        self.forget()

    def forget(self) -> None:
        """Whoever leaves has withdrawn."""
        super().forget()
        self._withdraw()
        self._outcome = ""
        self.phase = Phase.ASK.value

    def _say_answers(self) -> None:
        say = self.app.locale.say
        no, yes = self.ids.no, self.ids.yes
        no.words, no.hint, no.icon = say("smile_no"), say("smile_no_hint"), "no"
        yes.words, yes.hint, yes.icon = say("smile_yes"), say("smile_yes_hint"), "check"

    def _thanks_key(self) -> str:
        told = {
            "refused": "smile_refused",
            "withdrawn": "smile_withdrawn",
            "rated": "smile_counted",
        }
        return told.get(self._outcome, "smile_unknown")

    def _looked(self, consent: Consent, outcome: str) -> None:
        self._stop_clock()
        if consent is not self._consent:
            return  # withdrawn or gone meanwhile
        self._outcome = outcome
        if outcome == COUNTED:
            self._show(Phase.RATE)
            return
        self._withdraw()
        self._show(Phase.THANKS)

    def _second(self, dt: float) -> None:
        self._left_s = max(self._left_s - dt, 0.0)
        self.left = self._left_s / LONGEST_S
        self.seconds = f"{round(self._left_s)}"

    def _withdraw(self) -> None:
        self._stop_clock()
        consent, self._consent = self._consent, None
        if consent is not None:
            consent.withdraw()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()  # type: ignore[attr-defined]  # Kivy has no types
            self._clock = None
        self.left = 1.0

    def _show(self, phase: Phase) -> None:
        self.phase = phase.value
        self.app.render()
