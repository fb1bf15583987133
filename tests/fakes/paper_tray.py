"""A printer in memory that either prints or has one fault."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.slip import Slip
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, PrinterStatus


@dataclass
class PaperTray:
    """Keeps the slips that came out."""

    fault: PrinterFault | None = None
    printed: list[Slip] = field(default_factory=list)

    def status(self) -> PrinterStatus:
        paper = PaperState.OUT if self.fault is PrinterFault.PAPER_OUT else PaperState.OK
        return PrinterStatus(paper, self.fault)

    def print_slip(self, slip: Slip) -> PrinterStatus:
        if self.fault is not None:
            raise PrinterError(self.fault)
        self.printed.append(slip)
        return self.status()

    def close(self) -> None:
        """Nothing is held."""
