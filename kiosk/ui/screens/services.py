"""Asks which service is needed."""

from __future__ import annotations

from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.service_card import Offer, ServiceChoice, ServiceRow, offers


class ServicesScreen(KioskScreen):
    """Everything the office offers, the likely one first, six at a time."""

    def refresh(self) -> None:
        """Say the services anew."""
        self.question = self.app.locale.say("services_question")
        self.main_words = self.app.locale.say("door_search")
        self.main_icon = "search"
        self.ids.pages.fill(offers(self.app.backstage.catalogue, self.app.lines), self._row)

    def on_main(self) -> None:
        """Look for a procedure instead."""
        self.app.go(self.app.session.search())

    def _row(self, offer: Offer) -> ServiceRow:
        row = ServiceRow.showing(offer, self.app.locale)
        row.bind(on_release=self._choose)
        return row

    def _choose(self, row: ServiceChoice) -> None:
        self.app.go(self.app.session.choose_service(row.service))
