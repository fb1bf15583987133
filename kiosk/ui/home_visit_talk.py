"""The visit at home that the citizen in front asks for, and its talk with the office.

Name, phone and address are in `wish` alone; `forget` lets go of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

from kiosk.domain.home_visit import HalfDay, HomeVisit, VisitWish
from kiosk.domain.words import Words
from kiosk.ui.faults import UNEXPECTED, place_of
from kiosk.ui.front import Kiosk
from kiosk.use_cases.home_visit_ports import HomeVisitGateway
from kiosk.use_cases.ports import GatewayError, PrinterFault, ServerAwayError

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class HomeVisitTalk:
    """Holds one wish; every change of it draws the screen anew."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self.forget()

    def forget(self) -> None:
        """Wipe everything of this citizen; an answer that is still to come finds nobody."""
        self._citizen = object()
        self.wish = VisitWish()
        self.half_days: tuple[HalfDay, ...] | None = None
        self.promised: HomeVisit | None = None
        self.fault: PrinterFault | None = None
        self.trouble: Words | None = None
        self.busy = False
        self._key = uuid4().hex

    @property
    def gateway(self) -> HomeVisitGateway:
        """The office's visits.

        Raises:
            LookupError: this kiosk knows none.
        """
        gateway = self._kiosk.backstage.home_visits
        if gateway is None:
            raise LookupError("this kiosk knows no visits at home")
        return gateway

    def go(self, wish: VisitWish) -> None:
        """Take a step."""
        self.wish, self.trouble = wish, None
        self._kiosk.render()

    def see_half_days(self) -> None:
        """Ask when staff can come, once."""
        if self.half_days is None and not self.busy:
            self._run(self.gateway.half_days, self._seen)

    def ask(self) -> None:
        """Ask for the visit, and print its code; the same wish again is the same visit."""
        if self.busy:
            return
        wish, key, language = self.wish, self._key, self._kiosk.session.language
        gateway, behind = self.gateway, self._kiosk.backstage
        printing, catalogue = behind.print_promise, behind.catalogue

        def job() -> tuple[HomeVisit, PrinterFault | None]:
            visit = gateway.ask(wish, language, key)
            visit = replace(visit, service_name=catalogue.named(visit.service_name))
            return visit, printing.home_visit(visit, language) if printing is not None else None

        self._run(job, self._promised)

    def _run(self, job: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self.busy, self.trouble = True, None
        citizen = self._citizen

        def answered(answer: Answer) -> None:
            if citizen is self._citizen:
                self.busy = False
                done(answer)
                self._kiosk.render()

        def failed(error: BaseException) -> None:
            if not isinstance(error, GatewayError):
                log.error("asking for a visit broke: %s", place_of(error))
            if citizen is self._citizen:
                self.busy = False
                self._not_taken(error)
                self._kiosk.render()

        self._kiosk.background.run(job, answered, failed)

    def _not_taken(self, error: BaseException) -> None:
        self.trouble = error.words if isinstance(error, GatewayError) else UNEXPECTED
        if not isinstance(error, ServerAwayError):
            # Another try is another wish: perhaps the half day is full meanwhile.
            self._key, self.half_days = uuid4().hex, None

    def _seen(self, half_days: tuple[HalfDay, ...]) -> None:
        self.half_days = tuple(half for half in half_days if half.left)

    def _promised(self, answer: tuple[HomeVisit, PrinterFault | None]) -> None:
        self.promised, self.fault = answer
        # Nobody needs it any more: the office has it, sealed.
        self.wish = VisitWish()
