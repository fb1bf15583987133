"""Puts on paper what somebody comes back with: a promise with its code, or what to bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from kiosk.domain.appointment import Appointment
from kiosk.domain.checklist_slip import ChecklistSlip
from kiosk.domain.home_visit import HomeVisit
from kiosk.domain.promise import Promise, PromiseSlip
from kiosk.domain.slip import Slip
from kiosk.domain.words import Language, Words
from kiosk.use_cases.issue_ticket import VIETNAM
from kiosk.use_cases.ports import PrinterError, PrinterFault, PrinterStatus, SlipPrinter


class PrintPromise:
    """Used by the thread that uses the printer for numbers, too."""

    def __init__(
        self,
        printer: SlipPrinter,
        office: Words,
        now: Callable[[], datetime],
        on_printer: Callable[[PrinterStatus], None],
        *,
        khmer: bool = False,
    ) -> None:
        """`khmer` says that slips may be Khmer."""
        self._khmer = khmer
        self._printer = printer
        self._office = office
        self._now = now
        self._on_printer = on_printer

    def named(self, office: Words) -> None:
        """The office has this name on paper from now on."""
        self._office = office

    def promise(self, one: Promise, language: Language) -> PrinterFault | None:
        """Print what stands behind a code; what stood in the way."""
        if isinstance(one, HomeVisit):
            return self.home_visit(one, language)
        return self.appointment(one, language)

    def appointment(self, one: Appointment, language: Language) -> PrinterFault | None:
        """Print an appointment; what stood in the way."""
        named = one.procedure_name or one.service_name
        language = language.on_paper(khmer=self._khmer)
        return self._print(
            PromiseSlip(
                office=self._office.of(language),
                number=one.parted_code,
                service=named.on_slip(language),
                ahead=None,
                issued_at=self._now(),
                follow_url=one.page_url,
                language=language.value,
                at=one.at.astimezone(VIETNAM),
                until=one.until.astimezone(VIETNAM),
                come_from=one.check_in_from.astimezone(VIETNAM),
            )
        )

    def home_visit(self, one: HomeVisit, language: Language) -> PrinterFault | None:
        """Print a visit at home: code and half day, and nothing of who lives there."""
        language = language.on_paper(khmer=self._khmer)
        return self._print(
            PromiseSlip(
                office=self._office.of(language),
                number=one.parted_code,
                service=one.service_name.on_slip(language),
                ahead=None,
                issued_at=self._now(),
                follow_url=one.page_url,
                language=language.value,
                at=datetime.combine(one.day, time(), VIETNAM),
                part=one.part,
            )
        )

    def checklist(self, slip: ChecklistSlip) -> PrinterFault | None:
        """Print what a procedure asks for; what stood in the way."""
        return self._print(slip)

    def _print(self, slip: Slip) -> PrinterFault | None:
        try:
            self._on_printer(self._printer.print_slip(slip))
        except PrinterError as error:
            self._on_printer(self._printer.status())
            return error.fault
        return None
