"""Whatever bytes a printer answers, nothing hangs, and no slip is called printed without proof."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters.escpos_printer import Answers, EscposSlipPrinter, Manners
from kiosk.adapters.escpos_status import IN_ORDER, REAL_TIME, is_in_order_reply, is_real_time_reply
from kiosk.use_cases.ports import PaperState, PrinterError, PrinterFault, PrinterStatus
from tests.fakes.slips import SLIP

JOB = b"\x1b@slip\x1dVB\x00"
WELL = b"\x12"
NEVER = threading.Event()


class BabblingLink:
    """Says what the test drew, in the pieces that it drew, whenever somebody listens."""

    def __init__(self, said: list[bytes], breaks_at: int | None) -> None:
        self.said = iter(said)
        self.steps = 0
        self.breaks_at = breaks_at
        self.sent = bytearray()
        self.heard: list[bytes] = []

    def open(self) -> None:
        self._step()

    def close(self) -> None:
        """Nothing is held."""

    def send(self, data: bytes) -> None:
        self._step()
        self.sent += data

    def listen(self, timeout_s: float) -> bytes:
        self._step()
        piece = next(self.said, b"")
        if not piece:
            NEVER.wait(timeout_s)  # a silent line takes its time; who listens looks at the clock
        self.heard.append(piece)
        return piece

    def _step(self) -> None:
        self.steps += 1
        assert self.steps < 10_000, "it never ends"
        if self.steps == self.breaks_at:
            raise ConnectionResetError("unplugged")


PIECES = st.lists(
    st.one_of(st.binary(max_size=8), st.just(WELL), st.sampled_from([b"\x00", b"\x1e", b"\x72"])),
    max_size=30,
)


def printer(link: BabblingLink, answers: Answers, *, keep_open: bool) -> EscposSlipPrinter:
    manners = Manners(answers, reply_timeout_s=0.0002, proof_timeout_s=0.0002, keep_open=keep_open)
    return EscposSlipPrinter(link, lambda _slip: JOB, manners)


def tried(ask: Callable[[], PrinterStatus]) -> PrinterStatus | PrinterFault:
    try:
        return ask()
    except PrinterError as error:
        return error.fault


@settings(deadline=None, max_examples=600)
@given(
    said=PIECES,
    breaks_at=st.none() | st.integers(1, 40),
    answers=st.sampled_from(Answers),
    keep_open=st.booleans(),
)
def test_any_answer_is_a_status_or_a_fault(
    said: list[bytes], breaks_at: int | None, answers: Answers, *, keep_open: bool
) -> None:
    link = BabblingLink(said, breaks_at)
    machine = printer(link, answers, keep_open=keep_open)
    first = machine.status()
    assert first.fault is None or isinstance(first.fault, PrinterFault)
    outcome = tried(lambda: machine.print_slip(SLIP))
    machine.close()
    assert link.sent.count(JOB) <= 1, "a job is never repeated"
    if isinstance(outcome, PrinterFault) or answers is Answers.NONE:
        return
    heard = b"".join(link.heard)
    assert JOB in link.sent
    assert any(map(is_real_time_reply, heard)), "it said how it is"
    if answers is Answers.IN_ORDER:
        assert any(map(is_in_order_reply, heard)), "it proved the cut"
        assert IN_ORDER in link.sent


@settings(deadline=None, max_examples=200)
@given(said=PIECES)
def test_paper_is_never_plenty_unless_it_said_so(said: list[bytes]) -> None:
    link = BabblingLink(said, None)
    status = printer(link, Answers.REAL_TIME, keep_open=False).status()
    if status.paper is PaperState.OK:
        assert link.sent.count(REAL_TIME) == 4
