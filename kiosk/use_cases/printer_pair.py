"""Two printers as one: what the first cannot print comes out of the second.

A job that broke off in the first may still come out of it later: then two slips bear the same
number, and the number is the same place in line.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.slip import Slip
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterStatus, SlipPrinter

WORST_FIRST = (PaperState.OUT, PaperState.NEAR_END, PaperState.UNKNOWN, PaperState.OK)


class PrinterPair:
    """A `SlipPrinter` that has a fault only when both have one.

    `broken` in its answers is the fault of the first while the second prints; `paper` is the
    worse of both, so that staff hear early.
    """

    def __init__(self, first: SlipPrinter, second: SlipPrinter) -> None:
        self._first = first
        self._second = second

    def status(self) -> PrinterStatus:
        """Ask both."""
        first, second = self._first.status(), self._second.status()
        paper = min(first.paper, second.paper, key=WORST_FIRST.index)
        if first.fault is None or second.fault is not None:
            return PrinterStatus(paper, first.fault)
        return PrinterStatus(paper, broken=first.fault)

    def print_slip(self, slip: Slip) -> PrinterStatus:
        """Print on the first that can.

        Raises:
            PrinterError: neither can; the fault is the first one's.
        """
        try:
            return self._first.print_slip(slip)
        except PrinterError as error:
            try:
                after = self._second.print_slip(slip)
            except PrinterError:
                raise error from None
            paper = min(self._first.status().paper, after.paper, key=WORST_FIRST.index)
            return replace(after, paper=paper, fault=None, broken=error.fault)

    def close(self) -> None:
        """Let go of both devices."""
        self._first.close()
        self._second.close()
