"""Nothing can be given here now: where to go instead, readable from three metres."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.screens.screen import KioskScreen


class OutOfServiceScreen(KioskScreen):
    """Shown instead of the first question until the kiosk can give numbers again."""

    title = StringProperty("")
    place = StringProperty("")
    reason = StringProperty("")

    def refresh(self) -> None:
        """Say where to go, then why."""
        locale = self.app.locale
        self.title = locale.say("closed_title")
        self.place = locale.say("closed_go_to", place=locale.of(self.app.backstage.help_place))
        self.reason = locale.say("closed_hint")
