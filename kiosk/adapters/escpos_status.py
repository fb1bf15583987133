"""Reads the status bytes of an ESC/POS printer; what the printer did not say stays unknown."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.use_cases.ports import PaperState, PrinterFault, PrinterStatus

REAL_TIME = b"\x10\x04"
"""DLE EOT n: answered at once, even by a printer that cannot print."""

QUESTIONS = (1, 2, 3, 4)
"""The printer itself, why it is offline, which error, the paper."""

IN_ORDER = b"\x1d\x72\x01"
"""GS r 1: answered only after everything sent before it was done; the proof of a cut."""

FIXED_BITS, FIXED_VALUE = 0x93, 0x12
OFFLINE_BIT = 0x08
COVER_BIT, PAPER_STOP_BIT, ERROR_BIT = 0x04, 0x20, 0x40
CUTTER_BIT, ANY_ERROR_BITS = 0x08, 0x6C
NEAR_END_BITS, PAPER_END_BITS = 0x0C, 0x60


def is_real_time_reply(byte: int) -> bool:
    """Tell a reply to DLE EOT by its four fixed bits from noise and flow control."""
    return byte & FIXED_BITS == FIXED_VALUE


def is_in_order_reply(byte: int) -> bool:
    """Tell a reply to GS r by its two fixed bits."""
    return byte & 0x90 == 0


def judged(replies: Mapping[int, int | None]) -> PrinterStatus:
    """Put the replies to the four questions together; the cause comes before its effects.

    A question without a reply, or with one that cannot be a reply, makes the printer silent.
    """
    heard = {
        question: reply
        for question in QUESTIONS
        if (reply := replies.get(question)) is not None and is_real_time_reply(reply)
    }
    paper = _paper(heard.get(4))
    if len(heard) < len(QUESTIONS):
        return PrinterStatus(paper, PrinterFault.SILENT)
    return PrinterStatus(paper, _fault(heard, paper))


def _fault(heard: Mapping[int, int], paper: PaperState) -> PrinterFault | None:
    if heard[2] & COVER_BIT:
        return PrinterFault.COVER_OPEN
    if heard[3] & CUTTER_BIT:
        return PrinterFault.JAM
    if paper is PaperState.OUT or heard[2] & PAPER_STOP_BIT:
        return PrinterFault.PAPER_OUT
    if heard[1] & OFFLINE_BIT or heard[2] & ERROR_BIT or heard[3] & ANY_ERROR_BITS:
        return PrinterFault.OFFLINE
    return None


def _paper(reply: int | None) -> PaperState:
    if reply is None:
        return PaperState.UNKNOWN
    if reply & PAPER_END_BITS:
        return PaperState.OUT
    if reply & NEAR_END_BITS:
        return PaperState.NEAR_END
    return PaperState.OK
