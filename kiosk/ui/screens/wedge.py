"""The scanner types like a keyboard: refused, with the reason, before anybody relies on it."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class WedgeScreen(KioskScreen):
    """Nothing that was typed is kept; everything else works."""

    title = StringProperty("")
    reason = StringProperty("")
    advice = StringProperty("")

    def refresh(self) -> None:
        """Say what is wrong and what works all the same."""
        say = self.app.locale.say
        self.title, self.reason = say("wedge_title"), say("wedge_reason")
        self.advice = say("wedge_advice")
        self.main_words, self.main_icon = say("sorry_again"), "again"

    def on_main(self) -> None:
        """Begin anew."""
        self.app.leave()
