"""Asks for the day of an appointment."""

from __future__ import annotations

from datetime import datetime, time

from kivy.properties import StringProperty

from kiosk.domain.appointment import FreeDay
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.procedure_row import ProcedureRow


class DaysScreen(KioskScreen):
    """Days with room, the next one first."""

    note = StringProperty("")

    def refresh(self) -> None:
        """Say the days anew."""
        desk = self.app.desk
        desk.see_days()
        self.question = self.app.locale.say("days_question")
        self.note = desk.words
        self.ids.pages.fill(list(desk.days), self._row)

    def _row(self, day: FreeDay) -> ProcedureRow:
        locale = self.app.locale
        words = locale.date(datetime.combine(day.day, time()))
        row = ProcedureRow(words=words, hint=locale.say("days_room", n=day.free))
        row.bind(on_release=lambda _row: self.app.go(self.app.session.choose_day(day.day)))
        return row
