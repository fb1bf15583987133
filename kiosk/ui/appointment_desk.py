"""Beside the session: what the server promised under a code, and the card that was scanned.

Everything here belongs to the citizen in front and is wiped when that citizen leaves. Of a card
only the number is here, masked wherever it is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from kiosk.domain.appointment import FreeDay
from kiosk.domain.home_visit import HomeVisit
from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.promise import Promise, in_our_words
from kiosk.domain.scan import CardScan, CodeScan, NotRead, Scan
from kiosk.domain.session import Session, Step
from kiosk.domain.words import Words
from kiosk.ui.faults import UNEXPECTED, place_of
from kiosk.ui.front import Kiosk
from kiosk.use_cases.appointment_ports import AppointmentGateway, Booking
from kiosk.use_cases.find_promise import find_promise
from kiosk.use_cases.home_visit_ports import HomeVisitGateway
from kiosk.use_cases.ports import GatewayError, PrinterFault, ServerAwayError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
TAKES_NO_SCAN = frozenset({Step.ISSUING})
PAPER_KEYS = frozenset({"promise_printed", "promise_not_printed", "visit_slip", "visit_no_slip"})
CANCELLED = frozenset({"appointment_cancelled", "visit_cancelled"})
TAKES_CARD = frozenset({Step.BOOKING, Step.CARD})


class AppointmentDesk:
    """Asks the server in the background; `note` is what the citizen should read about it."""

    def __init__(self, app: Kiosk, new_key: Callable[[], str]) -> None:
        self._app = app
        self._new_key = new_key
        self.forget()

    def forget(self) -> None:
        """Wipe what belongs to this citizen; an answer that is still to come finds nobody."""
        self._visit = object()
        self._key = ""
        self.card: IdentityNumber | None = None
        self.found: tuple[Promise, ...] = ()
        self.days: tuple[FreeDay, ...] = ()
        self._days_of: str | None = None
        self.note: Words | None = None
        self.note_key = ""
        self.asking = False
        self.done = ""
        self.fault: PrinterFault | None = None

    @property
    def gateway(self) -> AppointmentGateway | None:
        """The book of appointments, None where this kiosk has none."""
        return self._app.backstage.appointments

    @property
    def chosen(self) -> Promise | None:
        """The appointment, or the visit at home, that the session looks at."""
        code = self._app.session.appointment
        return next((one for one in self.found if one.code == code), None)

    # -- what the citizen asks

    def scanned(self, scan: Scan) -> None:
        """A card or code was held to the scanner, on whatever screen."""
        app = self._app
        if self.gateway is None or app.session.step in TAKES_NO_SCAN or app.trouble is not None:
            return
        app.stay()
        if app.session.step in TAKES_CARD and isinstance(scan, CardScan):
            self.card = scan.number
            app.render()
            return
        if app.session.step is Step.CARD:
            self._say(f"scan_{scan.value}" if isinstance(scan, NotRead) else "scan_unknown")
            return
        if app.session.step is Step.TICKET:
            app.leave()
        app.go(Session(language=app.session.language).appointments())
        if isinstance(scan, CodeScan):
            self.find(scan.code)
        elif isinstance(scan, CardScan):
            self._find_card(scan.number)
        else:
            self._say(f"scan_{scan.value}")

    def find(self, code: str) -> None:
        """Look for the appointment, or the visit at home, with this code."""
        gateway, visits = self.gateway, self._app.backstage.home_visits
        if gateway is not None:
            self._ask(lambda: (find_promise(gateway, visits, code),), self._show)

    def see_days(self) -> None:
        """Ask when the chosen service can be booked, if that is not known."""
        gateway, service = self.gateway, self._app.session.service
        if gateway is not None and service is not None and service != self._days_of:
            self._days_of, self.days = service, ()
            self._ask(lambda: gateway.free_days(service), self._show_days)

    def promise(self) -> None:
        """Book the chosen time, or move the appointment to it."""
        gateway, session = self.gateway, self._app.session
        if gateway is None or session.at is None or session.service is None:
            return
        key, at, moved = self._made_key(), session.at, session.appointment
        if moved is not None:
            self.done = "appointment_moved"
            self._ask(lambda: (gateway.move(moved, at, key),), self._settled)
            return
        self.done = "appointment_booked"
        booking = Booking(session.service, at, session.language, session.procedure, self.card)
        self._ask(lambda: (gateway.book(booking, key),), self._settled)

    def cancel(self) -> None:
        """Give the place of the appointment back; nobody comes home any more."""
        gateway, one = self.gateway, self.chosen
        kept: AppointmentGateway | HomeVisitGateway | None = gateway
        self.done = "appointment_cancelled"
        if isinstance(one, HomeVisit):
            kept, self.done = self._app.backstage.home_visits, "visit_cancelled"
        if kept is not None and one is not None:
            key = self._made_key()
            self._ask(lambda: (kept.cancel(one.code, key),), self._settled)

    def print_it(self) -> None:
        """Put what is looked at on paper; it stands without it, too."""
        printing, one = self._app.backstage.print_promise, self.chosen
        if printing is not None and one is not None and not self.asking:
            language = self._app.session.language
            self._ask(lambda: printing.promise(one, language), self._printed)

    # -- inside

    def _printed(self, fault: PrinterFault | None) -> None:
        self.fault = fault
        if isinstance(self.chosen, HomeVisit):
            self._say("visit_slip" if fault is None else "visit_no_slip")
        else:
            self._say("promise_printed" if fault is None else "promise_not_printed")

    def _find_card(self, card: IdentityNumber) -> None:
        gateway = self.gateway
        if gateway is not None:
            self.card = card
            self._ask(lambda: gateway.of_card(card), self._show)

    def _made_key(self) -> str:
        """The key of this wish until it is answered: a lost answer books nothing twice."""
        self._key = self._key or self._new_key()
        return self._key

    def _ask(self, job: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self.asking, self.note, self.note_key = True, None, ""
        visit = self._visit

        def answered(answer: Answer) -> None:
            if visit is self._visit:
                self.asking, self._key = False, ""
                done(answer)

        def failed(error: BaseException) -> None:
            if not isinstance(error, GatewayError):
                log.error("asking about an appointment broke: %s", place_of(error))
            if visit is not self._visit:
                return
            if not isinstance(error, ServerAwayError):
                self._key = ""
            self.asking, self.done, self._days_of = False, "", None
            self.note = error.words if isinstance(error, GatewayError) else UNEXPECTED
            self._app.render()

        self._app.background.run(job, answered, failed)
        self._app.render()

    def _show(self, found: tuple[Promise, ...]) -> None:
        self._keep(found)
        if len(found) == 1:
            self._app.go(self._app.session.see(found[0].code))
        elif found:
            self._app.render()
        else:
            self._say("card_has_none")

    def _show_days(self, days: tuple[FreeDay, ...]) -> None:
        self.days = tuple(day for day in days if day.free)
        if not self.days:
            self._say("no_free_days")
        self._app.render()

    def _settled(self, found: tuple[Promise, ...]) -> None:
        done = self.done
        self._keep(found)
        self._app.go(self._app.session.see(found[0].code))
        self._say(done)
        if done not in CANCELLED:
            self.print_it()

    def _keep(self, found: tuple[Promise, ...]) -> None:
        catalogue = self._app.backstage.catalogue
        self.found = tuple(in_our_words(one, catalogue) for one in found)

    def _say(self, key: str) -> None:
        self.note_key = key
        self._app.render()

    @property
    def words(self) -> str:
        """What the citizen should read, in the language of the moment."""
        locale = self._app.locale
        if self.asking:
            return locale.say("asking_server")
        if self.note is not None:
            return locale.of(self.note)
        card = self.card.masked if self.card else ""
        said = locale.say(self.note_key, card=card) if self.note_key else ""
        if self.note_key in PAPER_KEYS:
            settled = locale.say(self.done) if self.done else ""
            fault = locale.say(f"fault_{self.fault.value}") if self.fault is not None else ""
            return " ".join(words for words in (settled, fault, said) if words)
        return said
