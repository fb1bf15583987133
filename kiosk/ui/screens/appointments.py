"""Finds an appointment by code or card, or leads to making one."""

from __future__ import annotations

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.appointment import Appointment
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.code_pad import LENGTH, typed_code
from kiosk.ui.widgets.touch import Card


class AppointmentRow(Card):
    """One of several appointments of a card."""

    code = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")


class AppointmentsScreen(KioskScreen):
    """What was scanned is shown by the desk; what is typed is looked up when it is complete."""

    code = StringProperty("")
    scan = StringProperty("")
    typing = StringProperty("")
    note = StringProperty("")
    at_home = StringProperty("")
    several = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def refresh(self) -> None:
        """Say how to find it, and what came of it."""
        app, say = self.app, self.app.locale.say
        found = [one for one in app.desk.found if isinstance(one, Appointment)]
        found = found if len(found) > 1 else []
        self.several = bool(found)
        self.question = say("appointments_which" if found else "appointments_question")
        self.scan = say("appointments_scan") if app.backstage.scanner and not found else ""
        self.typing = say(
            "appointments_type" if app.backstage.scanner else "appointments_type_only"
        )
        self.note = app.desk.words
        visits = app.backstage.home_visits
        offered = visits is not None and visits.offered and not found
        self.at_home = say("door_home_visit") if offered else ""
        self.main_words, self.main_icon = say("appointments_book"), "calendar"
        self.ids.pages.fill(list(found), self._row)

    @property
    def written(self) -> str:
        """The code sign by sign."""
        return " ".join(self.code)

    def on_main(self) -> None:
        """Make a new appointment."""
        self.app.go(self.app.session.book())

    def on_key(self, sign: str) -> None:
        """Take a key; the last one of a code looks it up."""
        before, self.code = self.code, typed_code(self.code, sign)
        if len(self.code) == LENGTH and self.code != before and not self.app.desk.asking:
            self.app.desk.find(self.code)

    def _row(self, one: Appointment) -> AppointmentRow:
        locale = self.app.locale
        words = locale.of(one.procedure_name or one.service_name)
        row = AppointmentRow(code=one.code, words=words, hint=locale.appointment_time(one))
        row.bind(on_release=lambda row: self.app.go(self.app.session.see(row.code)))
        return row
