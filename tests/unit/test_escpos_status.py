"""Status bytes: the cause is named, silence and noise never become a ready printer."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.escpos_status import is_in_order_reply, is_real_time_reply, judged
from kiosk.use_cases.ports import PaperState, PrinterFault, PrinterStatus

READY = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
REPLIES = st.dictionaries(st.integers(0, 5), st.none() | st.integers(0, 255))


@pytest.mark.parametrize(
    ("replies", "status"),
    [
        ({}, PrinterStatus(PaperState.OK)),
        ({4: 0x1E}, PrinterStatus(PaperState.NEAR_END)),
        ({4: 0x7E, 2: 0x32, 1: 0x1A}, PrinterStatus(PaperState.OUT, PrinterFault.PAPER_OUT)),
        ({2: 0x16, 1: 0x1A}, PrinterStatus(PaperState.OK, PrinterFault.COVER_OPEN)),
        ({2: 0x36, 4: 0x7E, 1: 0x1A}, PrinterStatus(PaperState.OUT, PrinterFault.COVER_OPEN)),
        ({3: 0x1A, 2: 0x52, 1: 0x1A}, PrinterStatus(PaperState.OK, PrinterFault.JAM)),
        ({3: 0x52}, PrinterStatus(PaperState.OK, PrinterFault.OFFLINE)),
        ({1: 0x1A}, PrinterStatus(PaperState.OK, PrinterFault.OFFLINE)),
        ({1: None}, PrinterStatus(PaperState.OK, PrinterFault.SILENT)),
        ({4: None}, PrinterStatus(PaperState.UNKNOWN, PrinterFault.SILENT)),
        ({4: 0x11}, PrinterStatus(PaperState.UNKNOWN, PrinterFault.SILENT)),
    ],
)
def test_cause_comes_before_effect(replies: dict[int, int | None], status: PrinterStatus) -> None:
    assert judged({**READY, **replies}) == status


@given(REPLIES)
def test_any_replies_are_judged_and_only_four_good_ones_are_ready(
    replies: Mapping[int, int | None],
) -> None:
    status = judged(replies)
    understood = [
        question
        for question in (1, 2, 3, 4)
        if (reply := replies.get(question)) is not None and is_real_time_reply(reply)
    ]
    assert (status.fault is PrinterFault.SILENT) == (len(understood) < 4)
    assert (status.paper is PaperState.UNKNOWN) == (4 not in understood)
    if status.fault is None:
        assert status.paper in {PaperState.OK, PaperState.NEAR_END}


@given(st.integers(0, 255))
def test_a_byte_answers_one_kind_of_question_at_most(byte: int) -> None:
    assert not (is_real_time_reply(byte) and is_in_order_reply(byte))


@pytest.mark.parametrize("flow_control", [0x11, 0x13])
def test_flow_control_is_no_answer(flow_control: int) -> None:
    assert not is_real_time_reply(flow_control)
    assert not is_in_order_reply(flow_control)
