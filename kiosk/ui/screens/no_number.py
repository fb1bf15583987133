"""The server is away or says no: what it means for the citizen, and what to do now."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class NoNumberScreen(KioskScreen):
    """Nothing was given and nothing is lost; trying again asks the same thing."""

    title = StringProperty("")
    reason = StringProperty("")
    advice = StringProperty("")

    def refresh(self) -> None:
        """Say why and what now."""
        say = self.app.locale.say
        trouble = self.app.trouble
        self.title = say("no_number")
        self.reason = self.app.locale.of(trouble) if trouble else say("offline")
        self.advice = say("no_number_hint")
        self.main_words, self.main_icon = say("try_again"), "again"

    def on_main(self) -> None:
        """Ask again."""
        self.app.numbers.ask_again()
