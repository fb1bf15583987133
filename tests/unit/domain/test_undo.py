"""Undo: what it gives back, how far and how long."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain.faults import UndoExpired
from queue_server.domain.ticket import Move, PriorityClass, TicketState
from tests.fakes.office_days import DayPlay


def test_undo_of_a_call_gives_back_place_first_call_time_and_turns() -> None:
    play = DayPlay()
    play.issue(priority=PriorityClass.DISABLED)
    old = play.issue(priority=PriorityClass.AGE_80)
    play.serve()
    assert play.day.counters[1].turns == 1
    waiting = play.now(old)
    play.later(minutes=1).call()
    assert play.day.counters[1].turns == 2
    undone = play.later(seconds=10).at_counter(c.Undo)
    assert undone.state is TicketState.WAITING
    assert undone.called_first_at is None
    assert undone.place == waiting.place
    assert undone.counter is None
    assert play.day.counters[1].turns == 1
    assert play.day.counters[1].ticket is None
    assert play.now("A001").state is TicketState.FINISHED, "the automatic finish stands"


def test_undo_of_a_normal_call_gives_the_turns_back() -> None:
    play = DayPlay()
    play.issue(priority=PriorityClass.AGE_60)
    play.issue()
    play.serve()
    play.call()
    assert play.day.counters[1].turns == 0
    play.at_counter(c.Undo)
    assert play.day.counters[1].turns == 1


def test_undo_of_start_recall_and_resume() -> None:
    play = DayPlay()
    play.issue()
    play.call()
    play.at_counter(c.Recall)
    assert play.at_counter(c.Undo).recalls == 0
    play.at_counter(c.Start)
    undone = play.later(seconds=5).at_counter(c.Undo)
    assert (undone.state, undone.started_at) == (TicketState.CALLED, None)
    play.at_counter(c.Start)
    play.later(minutes=1).at_counter(c.Hold)
    play.at_counter(c.Resume)
    back = play.later(seconds=5).at_counter(c.Undo)
    assert (back.state, back.served_s) == (TicketState.HELD, 60.0)
    assert play.day.counters[1].ticket is None
    assert play.day.held_at(1) == [back]


def test_undo_is_over_after_ten_seconds() -> None:
    play = DayPlay()
    play.issue()
    play.call()
    play.later(seconds=10, microseconds=1)
    with pytest.raises(UndoExpired) as refused:
        play.at_counter(c.Undo)
    assert Move.START in refused.value.allowed


def test_undo_goes_one_move_back() -> None:
    play = DayPlay()
    play.issue()
    play.call()
    play.at_counter(c.Start)
    play.at_counter(c.Undo)
    with pytest.raises(UndoExpired):
        play.at_counter(c.Undo)


def test_undo_does_not_forget_that_the_clock_jumped() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.call()
    play.do(c.NoteClockJump(by_s=-3600))
    assert not play.at_counter(c.Undo).accurate
    assert not play.now(ticket).accurate
