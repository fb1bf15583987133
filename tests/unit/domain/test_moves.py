"""Every move of domain.md section 2, one example each."""

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.faults import IllegalMove, RecallLimitReached
from queue_server.domain.ticket import LEGAL, Move, PriorityClass, TicketState
from tests.fakes.office_days import EIGHT, DayPlay, office


def test_issue_reserves_a_number_and_confirms_it() -> None:
    play = DayPlay()
    ticket = play.issue("a")
    assert (ticket.label, ticket.state, ticket.issued_at) == ("A001", TicketState.WAITING, EIGHT)
    assert play.issue("a").label == "A002"
    assert play.issue("b").label == "B001"


def test_a_reserved_number_waits_for_its_slip() -> None:
    play = DayPlay()
    ticket = play.issue(confirm=False)
    assert ticket.state is TicketState.RESERVED
    assert play.call() is None
    play.do(c.ConfirmTicket(ticket=ticket.id, slip="printed"))
    assert play.call() == "A001"


def test_a_number_that_nobody_confirms_stays_valid_after_a_minute() -> None:
    play = DayPlay()
    ticket = play.issue(confirm=False)
    assert play.later(seconds=59).now(ticket).state is TicketState.RESERVED
    assert play.later(seconds=1).now(ticket).state is TicketState.WAITING


@pytest.mark.parametrize("moves", [(), (c.Start,), (c.NoShow,)])
def test_a_confirmation_that_comes_too_late_is_no_fault(moves: tuple[type[c.AtCounter]]) -> None:
    play = DayPlay()
    ticket = play.issue(confirm=False)
    play.later(minutes=2).call()
    for move in moves:
        play.at_counter(move)
    before = play.now(ticket)
    assert play.do(c.ConfirmTicket(ticket=ticket.id, slip="printed")).ticket == before


def test_a_void_number_cannot_be_confirmed() -> None:
    play = DayPlay()
    ticket = play.issue(confirm=False)
    assert play.do(c.VoidTicket(ticket=ticket.id)).ticket == play.now(ticket)
    assert play.now(ticket).state is TicketState.VOID
    with pytest.raises(IllegalMove):
        play.do(c.ConfirmTicket(ticket=ticket.id, slip="printed"))


def test_an_id_is_reserved_once() -> None:
    play = DayPlay()
    first = play.issue("a")
    with pytest.raises(IllegalMove):
        play.do(c.IssueTicket(ticket=first.id, follow_code="other", service="b"))
    assert play.now(first) == first


def test_call_start_finish() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.later(minutes=5).call()
    called = play.now(ticket)
    assert (called.state, called.counter) == (TicketState.CALLED, 1)
    assert called.called_first_at == called.called_last_at == EIGHT + timedelta(minutes=5)
    play.later(minutes=1).at_counter(c.Start)
    done = play.later(minutes=7).at_counter(c.Finish, outcome="SOLVED")
    assert (done.state, done.outcome, done.served_s) == (TicketState.FINISHED, "SOLVED", 420.0)
    assert done.finished_at == EIGHT + timedelta(minutes=13)
    assert play.day.counters[1].ticket is None


def test_call_next_finishes_whom_it_serves_and_opens_the_counter() -> None:
    play = DayPlay()
    first, second = play.issue(), play.issue()
    assert play.day.counters[1].state is CounterState.CLOSED
    play.serve()
    assert play.day.counters[1].state is CounterState.OPEN
    assert play.later(minutes=3).call() == second.label
    assert play.now(first).state is TicketState.FINISHED
    assert play.now(first).served_s == 180.0


def test_recall_up_to_the_limit() -> None:
    play = DayPlay()
    play.issue()
    play.call()
    for times in (1, 2, 3):
        ticket = play.later(seconds=30).at_counter(c.Recall)
        assert ticket.recalls == times
    assert ticket.called_first_at == EIGHT
    assert ticket.called_last_at == EIGHT + timedelta(seconds=90)
    with pytest.raises(RecallLimitReached) as refused:
        play.at_counter(c.Recall)
    assert Move.NO_SHOW in refused.value.allowed
    assert Move.RECALL not in refused.value.allowed


def test_return_goes_to_the_tail_and_keeps_the_class() -> None:
    play = DayPlay()
    returned = play.issue(priority=PriorityClass.AGE_60)
    other = play.later(minutes=1).issue(priority=PriorityClass.AGE_60)
    play.later(minutes=1).call()
    play.at_counter(c.Return)
    assert play.now(returned).priority is PriorityClass.AGE_60
    assert play.now(returned).called_first_at == play.at
    assert play.served_order() == [other.label, returned.label]


def test_no_show_and_reinstate_within_the_tolerance() -> None:
    play = DayPlay()
    late = play.issue()
    play.issue()
    play.call()
    play.at_counter(c.NoShow)
    assert play.day.counters[1].ticket is None
    play.later(minutes=30).do(c.Reinstate(label=late.label))
    assert play.now(late).state is TicketState.WAITING
    assert play.call() == late.label, "the old place"


def test_nobody_is_reinstated_after_the_tolerance() -> None:
    play = DayPlay()
    late = play.issue()
    play.call()
    play.at_counter(c.NoShow)
    play.later(minutes=30, seconds=1)
    with pytest.raises(IllegalMove):
        play.do(c.Reinstate(ticket=late.id))
    with pytest.raises(IllegalMove):
        play.do(c.CallNumber(counter=1, label=late.label))
    assert play.now(late).state is TicketState.NO_SHOW


def test_a_late_comer_is_still_sent_to_the_counter() -> None:
    play = DayPlay()
    sent = play.issue()
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=4))
    play.call(4)
    play.at_counter(c.NoShow, 4)
    play.do(c.Reinstate(ticket=sent.id))
    assert play.call(1) is None
    assert play.call(4) == sent.label


def test_calling_a_late_comer_by_number_reinstates_first() -> None:
    play = DayPlay()
    late = play.issue()
    play.call()
    play.at_counter(c.NoShow)
    ticket = play.later(minutes=5).at_counter(c.CallNumber, label=" a001 ")
    assert (ticket.id, ticket.state) == (late.id, TicketState.CALLED)
    assert ticket.called_first_at == EIGHT


def test_hold_and_resume_sum_the_serving_periods() -> None:
    play = DayPlay()
    held, other = play.issue(), play.issue()
    play.serve()
    play.later(minutes=4).at_counter(c.Hold)
    assert play.now(held).state is TicketState.HELD
    assert play.serve().id == other.id
    play.later(minutes=10).at_counter(c.Finish)
    resumed = play.at_counter(c.Resume)
    assert (resumed.id, resumed.state) == (held.id, TicketState.SERVING)
    done = play.later(minutes=2).at_counter(c.Finish)
    assert done.served_s == 360.0
    assert done.started_at == EIGHT


def test_resume_takes_the_one_held_longest_or_the_one_named() -> None:
    play = DayPlay()
    held = [play.issue() for _ in range(3)]
    for _ in held:
        play.serve()
        play.later(minutes=1).at_counter(c.Hold)
    assert play.at_counter(c.Resume, label="A003").id == held[2].id
    play.at_counter(c.Finish)
    assert play.at_counter(c.Resume).id == held[0].id
    play.at_counter(c.Undo)
    assert play.at_counter(c.Resume).id == held[0].id, "undo did not make its hold younger"


def test_a_timed_hold_comes_back_before_all_who_arrived_later() -> None:
    play = DayPlay()
    held = play.issue()
    play.serve()
    play.at_counter(c.Hold, due_at=EIGHT + timedelta(minutes=10))
    later = play.later(minutes=1).issue()
    assert play.later(minutes=8, seconds=59).now(held).state is TicketState.HELD
    assert play.later(seconds=1).now(held).state is TicketState.WAITING
    assert play.served_order() == [held.label, later.label]


def test_holds_end_when_their_counter_closes() -> None:
    play = DayPlay()
    held = play.issue()
    play.serve()
    play.at_counter(c.Hold)
    play.do(c.CloseCounter(counter=1))
    assert play.now(held).state is TicketState.WAITING
    assert play.call(2) == held.label


def test_transfer_keeps_the_arrival() -> None:
    play = DayPlay()
    moved = play.issue("a")
    play.later(minutes=1).issue("b")
    play.serve(1)
    play.later(minutes=1).at_counter(c.Transfer, to_service="b")
    assert play.day.counters[1].ticket is None
    assert play.now(moved).line_since == EIGHT
    assert play.now(moved).served_s == 60.0
    assert play.now(moved).serving_since is None
    assert play.served_order(3) == ["A001", "B001"]


def test_staff_transfer_a_waiting_ticket() -> None:
    play = DayPlay()
    ticket = play.issue("a")
    play.do(c.TransferWaiting(ticket=ticket.id, to_service="c"))
    assert play.call(1) is None
    assert play.call(4) == "A001"
    with pytest.raises(IllegalMove):
        play.do(c.TransferWaiting(ticket=ticket.id, to_service="a"))


def test_a_transfer_needs_a_target() -> None:
    play = DayPlay()
    ticket = play.issue()
    with pytest.raises(IllegalMove):
        play.do(c.TransferWaiting(ticket=ticket.id))


def test_cancel_leaves_the_line() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.do(c.CancelTicket(ticket=ticket.id))
    assert play.now(ticket).state is TicketState.CANCELLED
    assert play.call() is None


def test_several_procedures_in_one_visit() -> None:
    play = DayPlay()
    play.issue(procedure="1.000001")
    play.serve()
    assert play.at_counter(c.AddProcedure, procedure="2.000815").procedures == (
        "1.000001",
        "2.000815",
    )
    assert play.at_counter(c.Undo).procedures == ("1.000001",)


def test_recall_limit_zero_offers_no_recall() -> None:
    play = DayPlay(office(recall_limit=0))
    play.issue()
    play.call()
    with pytest.raises(RecallLimitReached):
        play.at_counter(c.Recall)


def test_the_table_is_the_one_of_the_design() -> None:
    table = {
        TicketState.RESERVED: "confirm void expire",
        TicketState.WAITING: "call transfer delay cancel expire",
        TicketState.CALLED: "recall start return no-show transfer undo expire",
        TicketState.SERVING: "hold transfer finish add-procedure undo expire",
        TicketState.HELD: "resume hold-due expire",
        TicketState.NO_SHOW: "reinstate",
        TicketState.FINISHED: "",
        TicketState.CANCELLED: "",
        TicketState.EXPIRED: "",
        TicketState.VOID: "",
    }
    assert {state: set(moves) for state, moves in LEGAL.items()} == {
        state: set(moves.split()) for state, moves in table.items()
    }
