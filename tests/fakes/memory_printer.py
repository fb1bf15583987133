"""A printer in memory that obeys the port: for tests of screens and use cases."""

from kiosk.domain.slip import Slip
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, PrinterStatus

PAPER_OF = {
    PrinterFault.PAPER_OUT: PaperState.OUT,
    PrinterFault.SILENT: PaperState.UNKNOWN,
    PrinterFault.OFFLINE: PaperState.UNKNOWN,
}


class MemoryPrinter:
    """Keeps the slips it printed; set `fault` or `paper` to make it misbehave."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self.paper = PaperState.OK
        self.fault: PrinterFault | None = None

    def status(self) -> PrinterStatus:
        if self.fault is None:
            return PrinterStatus(self.paper)
        return PrinterStatus(PAPER_OF.get(self.fault, self.paper), self.fault)

    def print_slip(self, slip: Slip) -> PrinterStatus:
        if self.fault is not None:
            raise PrinterError(self.fault, "set by the test")
        self.slips.append(slip)
        return self.status()

    def close(self) -> None:
        """Nothing is held."""
