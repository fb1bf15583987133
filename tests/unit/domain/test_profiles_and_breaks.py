"""A counter's other work for a day, and its breaks: who is called, and when a counter rests."""

from dataclasses import replace
from datetime import time

import pytest

from queue_server.domain import commands as c
from queue_server.domain.breaks import next_break
from queue_server.domain.counter_now import CounterState
from queue_server.domain.faults import StaleVersion, UnknownProfile
from queue_server.domain.office import PriorityUse, ProfileEntry, WorkProfile
from queue_server.domain.ticket import PriorityClass
from queue_server.domain.waiting_time import open_counters
from tests.fakes.office_days import EIGHT, DayPlay, counter, office, replayed

LAND = WorkProfile("land", "Đất đai", "Land", (ProfileEntry("b"),))
ELDERS = WorkProfile(
    "elders", "Ưu tiên", "Priority", (ProfileEntry("a"),), PriorityUse.DEDICATED, by_clerk=False
)


def two_works(**more: object) -> DayPlay:
    return DayPlay(office(counter(1, "a", others=(LAND, ELDERS)), counter(2, "b", "c"), **more))


def test_after_the_switch_the_other_line_is_called_and_nobody_is_lost() -> None:
    play = two_works()
    one, two = play.issue("a"), play.issue("b")
    play.do(c.SwitchProfile(counter=1, profile="land"))
    assert play.call(1) == two.label
    play.at_counter(c.NoShow, 1)
    # No counter lists service a now, so it is everybody's, after their own work.
    assert play.call(2) == one.label
    play.do(c.SwitchProfile(counter=1, profile=None))
    assert play.day.counter(1)[0].serves("a")


def test_a_profile_brings_its_priority_use() -> None:
    play = two_works()
    play.issue("a")
    elder = play.issue("a", PriorityClass.AGE_80)
    play.do(c.SwitchProfile(counter=1, profile="elders"))
    assert play.served_order(1) == [elder.label]


def test_the_citizen_at_the_counter_stays_and_other_windows_are_stale() -> None:
    play = two_works()
    ticket = play.issue("a")
    play.serve(1)
    seen = play.day.counters[1].version
    play.do(c.SwitchProfile(counter=1, profile="land"))
    assert play.day.counters[1].ticket == ticket.id
    with pytest.raises(StaleVersion):
        play.do(c.Finish(counter=1, expected_version=seen))


def test_an_unknown_profile_is_refused_and_the_same_one_is_no_event() -> None:
    play = two_works()
    with pytest.raises(UnknownProfile):
        play.do(c.SwitchProfile(counter=1, profile="nothing"))
    play.do(c.SwitchProfile(counter=1, profile="land"))
    before = list(play.events)
    play.do(c.SwitchProfile(counter=1, profile="land"))
    assert play.events == before


def test_a_replay_knows_the_profile_and_one_that_was_taken_away_is_the_usual_one() -> None:
    play = two_works()
    play.do(c.OpenCounter(counter=1))
    play.do(c.SwitchProfile(counter=1, profile="land"))
    assert [now.number for now in open_counters(play.day, "b")] == [1]
    again = replayed(play.events, configured=play.day.office)
    assert again.counter(1)[0].serves("b")
    plain = replace(play.day.office.counters[1], others=())
    counters = {**play.day.office.counters, 1: plain}
    play.do(c.ConfigureOffice(office=replace(play.day.office, counters=counters)))
    assert play.day.counter(1)[0].serves("a")


def resting(**more: object) -> DayPlay:
    breaks = ((time(9), time(9, 15)),)
    play = DayPlay(office(counter(1, "a", breaks=breaks), counter(2, "a"), **more))
    play.do(c.OpenCounter(counter=1))
    play.do(c.OpenCounter(counter=2))
    return play


def at(play: DayPlay, hour: int, minute: int) -> CounterState:
    """The state of counter 1 at that time."""
    play.at = EIGHT.replace(hour=hour, minute=minute)
    play.later()
    return play.day.counters[1].state


def test_a_break_begins_when_the_citizen_is_done_with() -> None:
    play = resting()
    for _ in range(3):
        play.issue("a")
    play.serve(1)
    assert at(play, 9, 1) is CounterState.OPEN
    play.do(c.Finish(counter=1))
    assert at(play, 9, 2) is CounterState.PAUSED, "people wait, the other counter calls them"
    assert play.day.counters[2].state is CounterState.OPEN
    assert at(play, 9, 20) is CounterState.PAUSED, "only the clerk knows who is back"
    assert play.call(1) is not None
    assert at(play, 9, 21) is CounterState.OPEN


def test_a_clerk_who_calls_in_the_break_is_left_alone() -> None:
    play = resting()
    assert at(play, 9, 0) is CounterState.PAUSED
    play.do(c.OpenCounter(counter=1))
    assert at(play, 9, 5) is CounterState.OPEN


def test_at_lunch_a_counter_rests_when_nobody_is_left_to_call() -> None:
    play = resting(pause_at_lunch=True)
    play.do(c.OpenCounter(counter=1))
    play.issue("a")
    play.do(c.CloseCounter(counter=2))
    play.at = EIGHT.replace(hour=9, minute=30)
    play.do(c.OpenCounter(counter=1))
    assert at(play, 11, 0) is CounterState.OPEN, "one citizen still sits there"
    play.serve(1)
    assert at(play, 11, 20) is CounterState.OPEN
    play.do(c.Finish(counter=1))
    assert at(play, 11, 21) is CounterState.PAUSED


def test_without_the_setting_lunch_is_by_hand() -> None:
    play = DayPlay(office(counter(1, "a")))
    play.do(c.OpenCounter(counter=1))
    assert at(play, 12, 0) is CounterState.OPEN


def test_the_console_knows_the_running_and_the_next_break() -> None:
    play = resting(pause_at_lunch=True)
    own = next_break(play.day, 1, EIGHT)
    lunch = next_break(play.day, 1, EIGHT.replace(hour=9, minute=15))
    assert own == (EIGHT.replace(hour=9), EIGHT.replace(hour=9, minute=15))
    assert lunch == (EIGHT.replace(hour=11), EIGHT.replace(hour=13))
    assert next_break(play.day, 1, EIGHT.replace(hour=14)) is None
    assert next_break(play.day, 2, EIGHT) == lunch
