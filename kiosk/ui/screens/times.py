"""Asks for the half hour of an appointment."""

from __future__ import annotations

from datetime import datetime, time

from kivy.properties import StringProperty

from kiosk.domain.appointment import FreeTime
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.touch import Card


class TimeCard(Card):
    """One half hour; a full one is shown, but cannot be chosen."""

    words = StringProperty("")
    hint = StringProperty("")


class TimesScreen(KioskScreen):
    """The times of one day, with the room that each has."""

    def refresh(self) -> None:
        """Say the times anew."""
        app, locale = self.app, self.app.locale
        day = app.session.day
        found = next((one for one in app.desk.days if one.day == day), None)
        if found is None:
            return
        said = locale.date(datetime.combine(found.day, time()))
        self.question = locale.say("times_question", date=said)
        self.ids.pages.fill(list(found.times), self._card)

    def _card(self, one: FreeTime) -> TimeCard:
        say = self.app.locale.say
        hint = say("days_room", n=one.free) if one.free else say("times_full")
        card = TimeCard(words=f"{one.at:%H:%M}", hint=hint, disabled=not one.free)
        card.bind(on_release=lambda _card: self.app.go(self.app.session.choose_time(one.at)))
        return card
