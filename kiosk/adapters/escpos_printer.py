"""Prints a slip and believes nothing it has not heard: asks before, proves the cut, asks after."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.adapters.escpos_links import LINK_ERRORS, EscposLink
from kiosk.adapters.escpos_status import (
    IN_ORDER,
    QUESTIONS,
    REAL_TIME,
    is_in_order_reply,
    is_real_time_reply,
    judged,
)
from kiosk.domain.slip import Slip
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, PrinterStatus

QUIET_S = 0.1
"""After the reply to the last question nothing more is on its way."""


class Answers(StrEnum):
    """How much a printer can say; the less it says, the less is promised."""

    IN_ORDER = "in_order"
    """DLE EOT and GS r: a cut is proven."""
    REAL_TIME = "real_time"
    """DLE EOT only: no fault was seen after the job was taken."""
    NONE = "none"
    """Nothing: paper is always unknown, a job that was taken counts as printed."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How to talk with one printer.

    `reply_timeout_s` limits each question; `proof_timeout_s` the time from the last byte of the
    job to the proof of the cut, so it covers the printing itself. `keep_open` is for lines that
    belong to one process; a network printer is let go after each slip, because it serves one
    connection at a time and drops idle ones.
    """

    answers: Answers = Answers.IN_ORDER
    reply_timeout_s: float = 1.0
    proof_timeout_s: float = 2.0
    keep_open: bool = False


class EscposSlipPrinter:
    """A slip printer behind any link; safe to use from several threads, one job at a time."""

    def __init__(
        self, link: EscposLink, compose: Callable[[Slip], bytes], manners: Manners | None = None
    ) -> None:
        self._link = link
        self._compose = compose
        self._manners = manners or Manners()
        self._lock = threading.Lock()
        self._is_open = self._in_doubt = False

    def status(self) -> PrinterStatus:
        """Ask the printer now; an unreachable one is OFFLINE with unknown paper."""
        with self._lock:
            return self._status()

    def print_slip(self, slip: Slip) -> PrinterStatus:
        """Print, cut, and return what the printer said after the cut was proven.

        A slip that used up the paper is a printed slip: it returns with the fault PAPER_OUT.

        Raises:
            PrinterError: nothing was sent to a printer that is not ready, or the slip that was
                sent cannot be relied on.
        """
        job = self._compose(slip)
        with self._lock:
            before = self._status(let_go=False)
            if before.fault is not None:
                self._let_go(broken=False)
                raise PrinterError(before.fault, "before printing")
            after = self._printed(job)
            if after.fault not in {None, PrinterFault.PAPER_OUT}:
                raise PrinterError(after.fault or PrinterFault.SILENT, "after the cut")
            return after

    def close(self) -> None:
        """Let go of the device."""
        with self._lock:
            self._let_go(broken=True)

    def _printed(self, job: bytes) -> PrinterStatus:
        """Send the job and wait for its proof; when the link breaks, ask on a new one why."""
        try:
            settled = not self._in_doubt or self._settled()
            self._in_doubt = True
            if settled:
                self._link.send(job)
            proven = settled and self._proven()
            self._in_doubt = not proven
        except LINK_ERRORS as error:
            self._let_go(broken=True)
            fault = self._status().fault or PrinterFault.OFFLINE
            raise PrinterError(fault, f"the link broke while printing: {error}") from error
        after = self._status()
        if not proven:
            raise PrinterError(after.fault or PrinterFault.SILENT, "nobody can say that it was cut")
        return after

    def _proven(self) -> bool:
        if self._manners.answers is not Answers.IN_ORDER:
            return True
        return self._ask(IN_ORDER, is_in_order_reply, self._manners.proof_timeout_s) is not None

    def _settled(self) -> bool:
        """Wait until the printer is through with a slip nobody could prove.

        On a kept line its late reply would otherwise be taken for the proof of the next slip.
        """
        if not self._proven():
            return False
        while self._manners.keep_open and self._link.listen(QUIET_S):
            pass
        return True

    def _status(self, *, let_go: bool = True) -> PrinterStatus:
        """Ask all questions; a kept line that has died meanwhile is opened once more."""
        was_open, broken = self._is_open, True
        try:
            try:
                status = self._asked()
            except LINK_ERRORS:
                if not was_open:
                    raise
                self._let_go(broken=True)
                status = self._asked()
            broken = status.fault is PrinterFault.SILENT
        except LINK_ERRORS:
            return PrinterStatus(PaperState.UNKNOWN, PrinterFault.OFFLINE)
        finally:
            if let_go or broken:
                self._let_go(broken=broken)
        return status

    def _asked(self) -> PrinterStatus:
        if not self._is_open:
            self._link.open()
            self._is_open = True
        if self._manners.answers is Answers.NONE:
            return PrinterStatus(PaperState.UNKNOWN)
        replies: dict[int, int | None] = {}
        for question in QUESTIONS:
            replies[question] = self._ask(
                REAL_TIME + bytes((question,)), is_real_time_reply, self._manners.reply_timeout_s
            )
            if replies[question] is None:
                break  # one silence is enough; waiting for three more helps nobody
        return judged(replies)

    def _ask(self, query: bytes, fits: Callable[[int], bool], timeout_s: float) -> int | None:
        """Return the first byte that can be the reply, or None after the time limit."""
        self._link.send(query)
        deadline = time.monotonic() + timeout_s
        while (left := deadline - time.monotonic()) > 0:
            for byte in self._link.listen(left):
                if fits(byte):
                    return byte
        return None

    def _let_go(self, *, broken: bool) -> None:
        if broken or not self._manners.keep_open:
            self._is_open = False
            self._link.close()
