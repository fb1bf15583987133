"""Asks a bulk filer how many dossiers there are: one number for all of them."""

from __future__ import annotations

from kivy.properties import NumericProperty, StringProperty

from kiosk.ui.screens.screen import KioskScreen

MOST = 200
STEP = 5


class BulkScreen(KioskScreen):
    """A large count with plus and minus, in ones and fives."""

    count = NumericProperty(0)
    words = StringProperty("")
    hint_more = StringProperty("")

    def refresh(self) -> None:
        """Say the count."""
        app, say = self.app, self.app.locale.say
        self.count = self.count or max(app.rules.bulk_from, app.session.dossiers)
        self.question = say("bulk_question")
        self.words = say("bulk_count", n=int(self.count))
        rules = app.rules
        self.hint_more = say("bulk_limit", n=rules.dossiers) if rules.dossiers else say("bulk_one")
        self.main_words, self.main_icon = say("bulk_next"), "next"

    def forget(self) -> None:
        """Begin with the least for the next citizen."""
        super().forget()
        self.count = 0

    def add(self, by: int) -> None:
        """More or fewer, within what a bulk filer is."""
        most = self.app.rules.dossiers or MOST
        self.count = min(max(self.count + by, self.app.rules.bulk_from), most)
        self.refresh()

    def on_main(self) -> None:
        """Choose what they are for."""
        self.app.go(self.app.session.bring(int(self.count)))
