"""Counters: open, pause, close, and the refusals that protect the citizen at them."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.faults import (
    CounterBusy,
    IllegalMove,
    NotEligible,
    StaleVersion,
    UnknownCounter,
    UnknownService,
)
from queue_server.domain.ticket import Move
from tests.fakes.office_days import DayPlay


def test_open_pause_open_close() -> None:
    play = DayPlay()
    states = []
    for move in (c.OpenCounter, c.PauseCounter, c.OpenCounter, c.CloseCounter):
        play.do(move(counter=1))
        states.append(play.day.counters[1].state)
    assert states == [
        CounterState.OPEN,
        CounterState.PAUSED,
        CounterState.OPEN,
        CounterState.CLOSED,
    ]


@pytest.mark.parametrize("move", [c.OpenCounter, c.PauseCounter, c.CloseCounter])
def test_asking_twice_changes_nothing(move: type[c.AtCounter]) -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=1))
    play.do(move(counter=1))
    before = play.day.counters[1]
    play.do(move(counter=1))
    assert play.day.counters[1] == before


def test_a_closed_counter_cannot_pause() -> None:
    with pytest.raises(IllegalMove) as refused:
        DayPlay().do(c.PauseCounter(counter=1))
    assert refused.value.allowed == ("open",)


@pytest.mark.parametrize("move", [c.PauseCounter, c.CloseCounter])
def test_nobody_leaves_a_citizen_at_the_counter(move: type[c.AtCounter]) -> None:
    play = DayPlay()
    play.issue()
    play.call()
    with pytest.raises(IllegalMove):
        play.do(move(counter=1))
    play.at_counter(c.Start)
    with pytest.raises(IllegalMove):
        play.do(move(counter=1))


def test_a_called_citizen_is_decided_about_first() -> None:
    play = DayPlay()
    play.issue()
    play.issue()
    play.call()
    for command in (
        c.CallNext(counter=1),
        c.CallNumber(counter=1, label="A002"),
        c.Resume(counter=1),
    ):
        with pytest.raises(CounterBusy) as refused:
            play.do(command)
        assert refused.value.state == "called"
        if not isinstance(command, c.Resume):
            assert Move.START in refused.value.allowed


def test_resume_waits_for_the_citizen_at_the_counter() -> None:
    play = DayPlay()
    play.issue()
    play.issue()
    play.serve()
    play.at_counter(c.Hold)
    play.serve()
    with pytest.raises(CounterBusy):
        play.at_counter(c.Resume)


def test_a_held_citizen_belongs_to_the_counter() -> None:
    play = DayPlay()
    play.issue()
    play.serve()
    play.at_counter(c.Hold)
    with pytest.raises(NotEligible):
        play.at_counter(c.Resume, 2, label="A001")
    with pytest.raises(IllegalMove):
        play.at_counter(c.Resume, 2)
    with pytest.raises(IllegalMove):
        play.do(c.CallNumber(counter=1, label="A001"))
    play.do(c.PauseCounter(counter=1))
    play.at_counter(c.Resume)
    assert play.day.counters[1].state is CounterState.OPEN


@pytest.mark.parametrize(
    "move", [c.Recall, c.Start, c.Hold, c.Return, c.Finish, c.NoShow, c.Undo, c.Transfer]
)
def test_moves_need_a_citizen(move: type[c.AtCounter]) -> None:
    with pytest.raises(IllegalMove) as refused:
        DayPlay().do(move(counter=1))
    assert refused.value.allowed == (Move.CALL,)


@pytest.mark.parametrize("move", [c.Hold, c.Finish])
def test_a_called_citizen_is_not_yet_served(move: type[c.AtCounter]) -> None:
    play = DayPlay()
    play.issue()
    play.call()
    with pytest.raises(IllegalMove) as refused:
        play.at_counter(move)
    assert refused.value.state == "called"


@pytest.mark.parametrize("move", [c.Recall, c.Start, c.Return, c.NoShow])
def test_a_served_citizen_is_not_called_again(move: type[c.AtCounter]) -> None:
    play = DayPlay()
    play.issue()
    play.serve()
    with pytest.raises(IllegalMove):
        play.at_counter(move)


def test_two_windows_of_one_counter_cannot_fight() -> None:
    play = DayPlay()
    play.issue()
    play.issue()
    seen = play.day.counters[1].version
    play.do(c.CallNext(counter=1, expected_version=seen))
    with pytest.raises(StaleVersion):
        play.do(c.NoShow(counter=1, expected_version=seen))
    play.do(c.Start(counter=1, expected_version=play.day.counters[1].version))


def test_unknown_targets() -> None:
    play = DayPlay()
    ticket = play.issue()
    with pytest.raises(UnknownCounter):
        play.do(c.OpenCounter(counter=99))
    with pytest.raises(UnknownCounter):
        play.do(c.TransferWaiting(ticket=ticket.id, to_counter=99))
    with pytest.raises(UnknownService):
        play.do(c.TransferWaiting(ticket=ticket.id, to_service="z"))
