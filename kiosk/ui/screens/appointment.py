"""One promise: an appointment is used, moved or given back, a visit at home is given back."""

from __future__ import annotations

from datetime import datetime, time

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.appointment import Appointment
from kiosk.domain.home_visit import HomeVisit
from kiosk.domain.promise import Promise
from kiosk.ui.screens.screen import KioskScreen

OVER = frozenset({"cancelled", "no_show", "lapsed"})


class AppointmentScreen(KioskScreen):
    """Its time is the largest thing; the main action is to use it, as soon as that is possible."""

    time = StringProperty("")
    service = StringProperty("")
    code = StringProperty("")
    state = StringProperty("")
    note = StringProperty("")
    move = StringProperty("")
    cancel = StringProperty("")
    page = StringProperty("")
    paper = StringProperty("")
    sure = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def refresh(self) -> None:
        """Say the promise as the server last told it."""
        one = self.app.desk.chosen
        self.note = self.app.desk.words
        self.main_words = self.main_icon = ""
        if isinstance(one, HomeVisit):
            self._show_visit(one)
        else:
            self.question = self.app.locale.say("appointment_question")
            if one is not None:
                self._show_appointment(one)

    def _show_appointment(self, one: Appointment) -> None:
        locale = self.app.locale
        say = locale.say
        self.time = locale.appointment_time(one)
        self.service = locale.of(one.procedure_name or one.service_name)
        self.code = say("appointment_code", code=one.parted_code)
        self.state = self._state(one)
        self.move = say("appointment_move") if "move" in one.allowed else ""
        usable = one.state not in OVER and one.number is None
        self._offer(one, say("appointment_page") if usable else "")
        if "check-in" in one.allowed:
            self.main_words, self.main_icon = say("appointment_check_in"), "ticket"

    def _show_visit(self, one: HomeVisit) -> None:
        locale = self.app.locale
        say = locale.say
        self.question = say("visit_question")
        date = locale.date(datetime.combine(one.day, time()))
        self.time = say(f"visit_{one.part}", date=date)
        self.service = locale.of(one.service_name)
        self.code = f"{say('visit_code')}: {one.parted_code}"
        usable = one.state == "requested"
        self.state = say("visit_expect" if usable else "visit_over")
        self.move = ""
        self._offer(one, say("visit_page") if usable else "")

    def _offer(self, one: Promise, page: str) -> None:
        """What its holder can do here; without words for its page it is over or used."""
        app, say = self.app, self.app.locale.say
        again = "appointment_cancel_sure" if self.sure else "appointment_cancel"
        self.cancel = say(again) if "cancel" in one.allowed else ""
        self.page = page
        prints = page and app.backstage.print_promise is not None
        self.paper = say("promise_print") if prints and not app.desk.asking else ""
        self.ids.qr.modules = app.backstage.qr(one.page_url) if page else []

    def forget(self) -> None:
        """Wipe the appointment, and whether it was about to be given back."""
        super().forget()
        self.sure = False

    def on_main(self) -> None:
        """Use it: the priority question is next."""
        one = self.app.desk.chosen
        if isinstance(one, Appointment) and "check-in" in one.allowed:
            self.app.go(self.app.session.check_in(one.service))

    def look_for_another(self) -> None:
        """Look for another time."""
        one = self.app.desk.chosen
        if isinstance(one, Appointment) and not self.app.desk.asking:
            self.app.go(self.app.session.move_appointment(one.service))

    def give_back(self) -> None:
        """Ask once more, then give it back."""
        if self.app.desk.asking:
            return
        if self.sure:
            self.app.desk.cancel()
        self.sure = not self.sure
        self.refresh()

    def _state(self, one: Appointment) -> str:
        say, now = self.app.locale.say, self.app.backstage.now()
        if one.number is not None:
            return say("appointment_checked_in", number=one.number)
        if one.state in OVER:
            return say("appointment_over")
        if one.too_early_by(now) is not None:
            today = one.at.date() == now.date()
            key = "appointment_early" if today else "appointment_other_day"
            return say(key, start=f"{one.check_in_from:%H:%M}")
        return say("appointment_late" if one.is_late(now) else "appointment_open")
