"""The first screen asks what is needed today."""

from __future__ import annotations

from typing import Any

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.service_card import Offer, ServiceCard, ServiceChoice, offers
from kiosk.ui.widgets.touch import Card

MOST_ASKED = 4


class Door(Card):
    """A large way into one of the things that the kiosk does."""

    icon = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")


class HomeScreen(KioskScreen):
    """The doors, and the services that most people need with people waiting and forecast."""

    most_asked = StringProperty("")
    _feedback: Any = None

    def refresh(self) -> None:
        """Say doors and services anew."""
        say = self.app.locale.say
        self.question = say("home_question")
        self.most_asked = say("most_asked")
        self.ids.number.words = say("door_number")
        self.ids.number.hint = say("door_number_hint")
        self.ids.filing.words = say("door_filing")
        self.ids.filing.hint = say("door_filing_hint")
        if self.app.backstage.filing is None and self.ids.filing.parent is not None:
            self.ids.filing.parent.remove_widget(self.ids.filing)
        self.ids.search.words = say("door_search")
        self.ids.search.hint = say("door_search_hint")
        self._offer_feedback(say("door_feedback"))
        booked = bool(self.app.bookable)
        self.ids.appointment.words = say("door_appointment") if booked else ""
        self.ids.appointment.hint = say("door_appointment_hint")
        most = offers(self.app.backstage.catalogue, self.app.lines)[:MOST_ASKED]
        self.ids.cards.fill(most, self._card)

    def _card(self, offer: Offer) -> ServiceCard:
        card = ServiceCard.showing(offer, self.app.locale)
        card.bind(on_release=self._choose)
        return card

    def _offer_feedback(self, words: str) -> None:
        """Only where there is a camera; `ids` alone would not keep the button alive."""
        if self._feedback is None:
            self._feedback = self.ids.feedback.__self__
        self._feedback.words = words
        if self.app.backstage.smiles is None and self._feedback.parent is not None:
            self._feedback.parent.remove_widget(self._feedback)

    def _choose(self, card: ServiceChoice) -> None:
        self.app.go(self.app.session.choose_service(card.service))
