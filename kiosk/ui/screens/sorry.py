"""Something in the program failed: nothing of this citizen is kept, and a touch begins anew."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class SorryScreen(KioskScreen):
    """Asks for nothing and shows nothing of before; it is the one screen that must not fail."""

    title = StringProperty("")
    advice = StringProperty("")

    def refresh(self) -> None:
        """Say that it is not the citizen's fault."""
        locale = self.app.locale
        self.title = locale.say("sorry_title")
        place = locale.of(self.app.backstage.help_place)
        self.advice = locale.say("sorry_hint", place=place)
        self.main_words, self.main_icon = locale.say("sorry_again"), "again"

    def on_main(self) -> None:
        """Begin anew."""
        self.app.leave()
