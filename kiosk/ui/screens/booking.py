"""What is about to be promised; a card may go with it."""

from __future__ import annotations

from datetime import timedelta

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class BookingScreen(KioskScreen):
    """Service, day and time once more, then the main action books or moves."""

    time = StringProperty("")
    service = StringProperty("")
    card = StringProperty("")
    note = StringProperty("")

    def refresh(self) -> None:
        """Say it all once more."""
        app, locale, session = self.app, self.app.locale, self.app.session
        say = locale.say
        if session.at is None:
            return
        moving = session.appointment is not None
        self.question = say("booking_move_question" if moving else "booking_question")
        self.main_words = (
            "" if app.desk.asking else say("booking_move_do" if moving else "booking_do")
        )
        self.main_icon = "check"
        self.time = locale.time_of(session.at, session.at + timedelta(minutes=30))
        procedure = app.backstage.catalogue.procedure(session.procedure or "")
        service = app.service_name(session.service or "")
        self.service = locale.of(procedure.name) if procedure else service
        self.card = self._card(moving=moving)
        self.note = app.desk.words

    def on_main(self) -> None:
        """Promise it."""
        self.app.desk.promise()

    def _card(self, *, moving: bool) -> str:
        app = self.app
        if moving or app.backstage.scanner is None:
            return ""
        card = app.desk.card
        if card is None:
            return app.locale.say("booking_card_hint")
        return app.locale.say("booking_card", card=card.masked)
