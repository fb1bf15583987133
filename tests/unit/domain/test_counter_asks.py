"""The manager asks, the clerk opens or says no: each is one event, and a retry changes nothing."""

from __future__ import annotations

import pytest

from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.faults import IllegalMove, NotEligible, UnknownService
from tests.fakes.office_days import DayPlay


def asked(play: DayPlay, counter: int = 2, service: str = "b") -> None:
    play.do(c.AskCounter(counter=counter, service=service))


def test_an_ask_stands_until_the_counter_opens() -> None:
    play = DayPlay()
    asked(play)
    now = play.day.counters[2]
    assert (now.asked_for, now.asked_at, now.declined_at) == ("b", play.at, None)
    assert (now.state, now.since) == (CounterState.CLOSED, None)
    play.do(c.OpenCounter(counter=2))
    assert play.day.counters[2].asked_for is None


def test_the_same_question_twice_is_one_event() -> None:
    play = DayPlay()
    asked(play)
    before = len(play.events)
    asked(play)
    assert len(play.events) == before
    asked(play, service="a")
    assert play.day.counters[2].asked_for == "a"


def test_a_no_is_seen_and_may_be_asked_again() -> None:
    play = DayPlay()
    asked(play)
    play.do(c.DeclineAsk(counter=2))
    assert play.day.counters[2].declined_at == play.at
    with pytest.raises(IllegalMove):
        play.do(c.DeclineAsk(counter=2))
    asked(play)
    assert play.day.counters[2].declined_at is None


def test_an_open_counter_or_one_that_does_not_serve_it_is_not_asked() -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=1))
    with pytest.raises(IllegalMove):
        asked(play, 1, "a")
    with pytest.raises(NotEligible):
        asked(play, 3, "a")
    with pytest.raises(UnknownService):
        asked(play, 2, "x")
    assert play.day.counters[1].asked_at is None
