"""Asks for the card by which the limits of a day are counted; who has none is not sent away."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.domain.priority import Priority
from kiosk.ui.screens.screen import KioskScreen


class CardScreen(KioskScreen):
    """A card that is held to the scanner is shown masked, and the main action goes on with it."""

    scan = StringProperty("")
    why = StringProperty("")
    note = StringProperty("")

    def refresh(self) -> None:
        """Say why a card is asked for, and what without one."""
        app, say = self.app, self.app.locale.say
        card, must = app.desk.card, app.rules.must_have_card(app.session.dossiers)
        self.question = say("card_question")
        self.scan = say("card_read", card=card.masked) if card else say("card_scan")
        place = app.locale.of(app.backstage.help_place)
        self.why = say("card_why_bulk", place=place) if must else say("card_why")
        self.note = "" if card else app.desk.words
        none = "" if must else say("card_none")
        self.main_words = say("take_number") if card else none
        self.main_icon = "next"

    def on_main(self) -> None:
        """Go on, with the card or without one."""
        self.app.numbers.ask(self.app.session.priority or Priority.NORMAL)
