"""What the printer adapter makes of a link that says odd things."""

import threading

import pytest

from kiosk.adapters.escpos_links import UsbLink
from kiosk.adapters.escpos_printer import Answers, EscposSlipPrinter, Manners
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault
from tests.fakes.slips import SLIP

READY = b"\x12"
JOB = b"the whole job"


class ScriptedLink:
    """Answers each question by a script; None breaks the link, empty is silence."""

    def __init__(self, *script: bytes | None) -> None:
        self.script = list(script)
        self.sent: list[bytes] = []
        self.opened = 0

    def open(self) -> None:
        self.opened += 1

    def close(self) -> None:
        """Nothing is held."""

    def send(self, data: bytes) -> None:
        self.sent.append(data)

    def listen(self, timeout_s: float) -> bytes:
        assert timeout_s > 0
        reply = self.script.pop(0) if self.script else b""
        if reply is None:
            raise ConnectionResetError
        if not reply:
            threading.Event().wait(timeout_s)  # silence lasts as long as one listens
        return reply


def printer_on(link: ScriptedLink, **manners: object) -> EscposSlipPrinter:
    quick = {"reply_timeout_s": 0.05, "proof_timeout_s": 0.05, **manners}
    return EscposSlipPrinter(link, lambda _: JOB, Manners(**quick))  # type: ignore[arg-type] - a dict of keywords


def test_job_is_sent_once_between_questions_and_proof() -> None:
    link = ScriptedLink(*[READY] * 4, b"\x00", *[READY] * 4)
    assert printer_on(link).print_slip(SLIP).fault is None
    assert link.sent.count(JOB) == 1
    assert link.sent[4:6] == [JOB, b"\x1dr\x01"]


def test_noise_before_a_reply_is_passed_over() -> None:
    link = ScriptedLink(b"\x11\x00\xff", READY, b"\x13\x12", READY, READY)
    assert printer_on(link).status().fault is None


def test_one_silence_ends_the_questions() -> None:
    link = ScriptedLink(READY)
    status = printer_on(link).status()
    assert (status.fault, status.paper) == (PrinterFault.SILENT, PaperState.UNKNOWN)
    assert len(link.sent) == 2


def test_kept_line_that_died_is_opened_once_more() -> None:
    link = ScriptedLink(*[READY] * 4, None, *[READY] * 4)
    printer = printer_on(link, keep_open=True)
    printer.status()
    assert printer.status().fault is None
    assert link.opened == 2


def test_line_that_stays_dead_is_offline() -> None:
    printer = printer_on(ScriptedLink(*[READY] * 4, None, None), keep_open=True)
    printer.status()
    assert printer.status().fault is PrinterFault.OFFLINE


def test_slip_that_used_up_the_paper_is_a_printed_slip() -> None:
    out = [b"\x1a", b"\x32", READY, b"\x7e"]
    status = printer_on(ScriptedLink(*[READY] * 4, b"\x0f", *out)).print_slip(SLIP)
    assert (status.fault, status.paper) == (PrinterFault.PAPER_OUT, PaperState.OUT)


def test_fault_seen_after_a_proven_cut_is_told() -> None:
    cover = [b"\x1a", b"\x16", READY, READY]
    with pytest.raises(PrinterError) as caught:
        printer_on(ScriptedLink(*[READY] * 4, b"\x00", *cover)).print_slip(SLIP)
    assert caught.value.fault is PrinterFault.COVER_OPEN


def test_late_proof_of_one_slip_is_not_taken_for_the_next() -> None:
    first = [*[READY] * 4, b"", *[READY] * 4]
    second = [*[READY] * 4, b"\x00", b"\x00", b"", b"", *[READY] * 4]
    link = ScriptedLink(*first, *second)
    printer = printer_on(link, keep_open=True)
    for _ in range(2):
        with pytest.raises(PrinterError) as caught:
            printer.print_slip(SLIP)
        assert caught.value.fault is PrinterFault.SILENT
    assert link.sent.count(JOB) == 2
    assert link.script == []


def test_printer_busy_with_the_slip_before_gets_no_other() -> None:
    silent_proof = [*[READY] * 4, b"", *[READY] * 4]
    link = ScriptedLink(*silent_proof * 2)
    printer = printer_on(link, keep_open=True)
    for _ in range(2):
        with pytest.raises(PrinterError):
            printer.print_slip(SLIP)
    assert link.sent.count(JOB) == 1


def test_printer_without_in_order_answers_is_judged_by_its_state_after_the_job() -> None:
    link = ScriptedLink(*[READY] * 8)
    assert printer_on(link, answers=Answers.REAL_TIME).print_slip(SLIP).fault is None
    assert b"\x1dr\x01" not in link.sent


def test_printer_that_cannot_speak_is_not_asked() -> None:
    link = ScriptedLink()
    status = printer_on(link, answers=Answers.NONE).print_slip(SLIP)
    assert (status.fault, status.paper) == (None, PaperState.UNKNOWN)
    assert link.sent == [JOB]


class UsbDevice:
    """Stands in for pyusb's device: takes part of a piece, then nothing."""

    def __init__(self, takes: int) -> None:
        self.takes, self.taken = takes, b""

    def write(self, _endpoint: int, data: bytes, _timeout_ms: int) -> int:
        self.taken += data[: self.takes]
        return min(self.takes, len(data))


def usb_link_to(device: UsbDevice) -> UsbLink:
    link = UsbLink(1, 1, (0x82, 0x01), 1.0)
    link._device = device
    return link


def test_usb_device_that_takes_part_of_a_piece_gets_the_rest() -> None:
    device = UsbDevice(takes=1000)
    link = usb_link_to(device)
    job = bytes(range(256)) * 40
    link.send(job)
    link._device = False  # nothing to dispose of
    assert device.taken == job


def test_usb_device_that_takes_nothing_is_an_error() -> None:
    link = usb_link_to(UsbDevice(takes=0))
    with pytest.raises(TimeoutError):
        link.send(JOB)
    link._device = False  # nothing to dispose of
