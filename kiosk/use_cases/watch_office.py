"""One look at the office between two citizens: lines, printer, and what is still owed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.office_face import OfficeFace
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.visit_rules import VisitRules
from kiosk.use_cases.issue_ticket import IssueTicket
from kiosk.use_cases.ports import GatewayError, PrinterStatus, SlipPrinter, TicketGateway
from kiosk.use_cases.stand_alone import StandAlone


@dataclass(frozen=True, slots=True)
class OfficeNow:
    """What the look showed; `lines` None means that the server is away.

    `owed` tickets are still to be handed in, and `gives` says whether a citizen can get a number.
    `bookable` are the services that take appointments, None where nobody knows, as with `rules`.
    `face` is how the office looks where that was changed, else None; `procedures` likewise what it
    offers.
    """

    lines: tuple[WaitingLine, ...] | None
    printer: PrinterStatus | None
    owed: int = 0
    gives: bool = True
    bookable: frozenset[str] | None = None
    rules: VisitRules | None = None
    face: OfficeFace | None = None
    procedures: ProcedureSearch | None = None


class WatchOffice:
    """Looks once a call; runs on the same thread as `IssueTicket`."""

    def __init__(  # noqa: PLR0913 - what one look takes
        self,
        gateway: TicketGateway,
        printer: SlipPrinter | None,
        issue: IssueTicket,
        on_printer: Callable[[PrinterStatus], None],
        alone: StandAlone | None = None,
        *,
        offered: Callable[[], frozenset[str]] | None = None,
        rules: Callable[[], VisitRules] | None = None,
        face: Callable[[], OfficeFace | None] = lambda: None,
        procedures: Callable[[], ProcedureSearch | None] = lambda: None,
    ) -> None:
        self._gateway = gateway
        self._printer = printer
        self._issue = issue
        self._on_printer = on_printer
        self._alone = alone
        self._offered = offered
        self._rules = rules
        self._face = face
        self._procedures = procedures

    def __call__(self) -> OfficeNow:
        """Look now; never raises for a server or printer that is away."""
        printer = self._printer.status() if self._printer else None
        if printer is not None:
            self._on_printer(printer)
        try:
            lines = self._gateway.lines()
            self._issue.settle()
            bookable = self._offered() if self._offered else None
            rules = self._rules() if self._rules else None
        except GatewayError:
            return self._away(printer)
        owed = self.catch_up(lines)
        face, found = self._face(), self._procedures()
        return OfficeNow(
            lines, printer, owed, bookable=bookable, rules=rules, face=face, procedures=found
        )

    def catch_up(self, lines: tuple[WaitingLine, ...] = ()) -> int:
        """Hand in some of what is owed, then lease for the next time; never raises.

        Returns:
            how many tickets are still owed.
        """
        alone = self._alone
        if alone is None:
            return 0
        try:
            alone.catch_up()
            alone.found()
            if not alone.owed:
                alone.keep_ahead(line.service for line in lines)
        except GatewayError:
            alone.lost()
        return alone.owed

    def _away(self, printer: PrinterStatus | None) -> OfficeNow:
        if self._alone is None:
            return OfficeNow(None, printer, gives=False)
        self._alone.lost()
        return OfficeNow(None, printer, self._alone.owed, self._alone.can_give())
