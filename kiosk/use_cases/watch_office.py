"""One look at the office between two citizens: lines, printer, and what is still owed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.ticket import WaitingLine
from kiosk.use_cases.issue_ticket import IssueTicket
from kiosk.use_cases.ports import GatewayError, PrinterStatus, SlipPrinter, TicketGateway


@dataclass(frozen=True, slots=True)
class OfficeNow:
    """What the look showed; `lines` None means that the server is away."""

    lines: tuple[WaitingLine, ...] | None
    printer: PrinterStatus | None


class WatchOffice:
    """Looks once a call; runs on the same thread as `IssueTicket`."""

    def __init__(
        self,
        gateway: TicketGateway,
        printer: SlipPrinter | None,
        issue: IssueTicket,
        on_printer: Callable[[PrinterStatus], None],
    ) -> None:
        self._gateway = gateway
        self._printer = printer
        self._issue = issue
        self._on_printer = on_printer

    def __call__(self) -> OfficeNow:
        """Look now; never raises for a server or printer that is away."""
        printer = self._printer.status() if self._printer else None
        if printer is not None:
            self._on_printer(printer)
        try:
            lines = self._gateway.lines()
            self._issue.settle()
        except GatewayError:
            return OfficeNow(None, printer)
        return OfficeNow(lines, printer)
