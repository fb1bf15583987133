"""Asks which service is needed."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.service_card import Offer, ServiceChoice, ServiceRow, offers


class ServicesScreen(KioskScreen):
    """Everything the office offers, the likely one first, six at a time."""

    bulk = StringProperty("")

    def refresh(self) -> None:
        """Say the services anew."""
        self.question = self.app.locale.say("services_question")
        self.main_words = self.app.locale.say("door_search")
        self.main_icon = "search"
        session, say = self.app.session, self.app.locale.say
        many = say("bulk_count", n=session.dossiers) if session.dossiers > 1 else say("bulk_door")
        self.bulk = "" if session.booking else many
        found = offers(self.app.backstage.catalogue, self.app.lines)
        if self.app.session.booking:
            found = [offer for offer in found if offer.id in self.app.bookable]
        self.ids.pages.fill(found, self._row, lambda row, offer: row.show(offer, self.app.locale))

    def get_ready(self, size: list[float]) -> None:
        """Build the rows: that takes longer than to draw the screen."""
        self.size = size
        self.refresh()

    def forget(self) -> None:
        """The services are the office's and stay as they are: rows take long to build."""
        self.bulk = ""

    def on_main(self) -> None:
        """Look for a procedure instead."""
        self.app.go(self.app.session.search())

    def _row(self, offer: Offer) -> ServiceRow:
        row = ServiceRow.showing(offer, self.app.locale)
        row.bind(on_release=self._choose)
        return row

    def _choose(self, row: ServiceChoice) -> None:
        self.app.go(self.app.session.choose_service(row.service))
