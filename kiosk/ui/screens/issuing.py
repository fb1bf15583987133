"""The number is being made: the touch was felt, nothing else is to do."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class IssuingScreen(KioskScreen):
    """Shown at once after the last touch; with everything well it is gone after a blink."""

    words = StringProperty("")
    more = StringProperty("")

    def refresh(self) -> None:
        """Say what is going on."""
        self.words = self.app.locale.say("issuing")
        self.more = self.app.locale.say("issuing_hint")
