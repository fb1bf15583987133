"""The first screen asks what is needed today."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.service_card import Offer, ServiceCard, ServiceChoice, offers
from kiosk.ui.widgets.touch import Card

MOST_ASKED = 4


class Door(Card):
    """A large way into one of the things that the kiosk does."""

    icon = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")
    brief = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


class HomeScreen(KioskScreen):
    """The doors, and the services that most people need with people waiting and forecast.

    `ways` counts the doors that this kiosk has. Many of them are `brief`: without their hints.
    Where letters are large or the reach is low there may be room for `only_doors`: what the
    services offer is behind the first door, too.
    """

    most_asked = StringProperty("")
    ways = NumericProperty(2)
    brief = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    only_doors = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so
    _doors: dict[str, Any] | None = None
    _most: Any = None

    def on_only_doors(self, _screen: object, only: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Take the services off, or put them back beside the doors."""
        if self._most is None:
            self._most = self.ids.most.__self__
        if only:
            self._most.parent.remove_widget(self._most)
        else:
            self.ids.doors.parent.add_widget(self._most)

    def forget(self) -> None:
        """Nothing here is of a citizen; it stands again at once, without being built anew."""

    def refresh(self) -> None:
        """Say doors and services anew."""
        say, behind = self.app.locale.say, self.app.backstage
        self.question = say("home_question")
        self.most_asked = say("most_asked")
        hints = {
            "number": say("door_number_hint"),
            "filing": say("door_filing_hint"),
            "search": say("door_search_hint"),
            "appointment": say("door_appointment_hint"),
        }
        words = {
            "number": say("door_number"),
            "filing": say("door_filing") if behind.filing is not None else "",
            "search": say("door_search"),
            "appointment": say("door_appointment") if self.app.bookable else "",
            "feedback": say("door_feedback") if behind.smiles or behind.ratings else "",
        }
        self._open_doors(words, hints)
        most = offers(self.app.backstage.catalogue, self.app.lines)[:MOST_ASKED]
        self.ids.cards.fill(most, self._card, lambda card, offer: card.show(offer, self.app.locale))

    def _card(self, offer: Offer) -> ServiceCard:
        card = ServiceCard.showing(offer, self.app.locale)
        card.bind(on_release=self._choose)
        return card

    def _open_doors(self, words: dict[str, str], hints: dict[str, str]) -> None:
        """Show the doors that have words; `ids` alone would not keep the others alive."""
        if self._doors is None:
            self._doors = {name: self.ids[name].__self__ for name in words}
        column, doors = self.ids.doors, self._doors
        for name, door in doors.items():
            door.words = words[name]
            if name in hints:
                door.hint = hints[name]
        wanted = [door for name, door in doors.items() if words[name]]
        self.ways = len(wanted)
        if column.children[::-1] != wanted:
            column.clear_widgets()
            for door in wanted:
                column.add_widget(door)

    def tell(self) -> None:
        """How it was: the official rating first; without it the camera alone."""
        session = self.app.session
        rates = self.app.backstage.ratings is not None
        self.app.go(session.rate() if rates else session.give_feedback())

    def _choose(self, card: ServiceChoice) -> None:
        self.app.go(self.app.session.choose_service(card.service))
