"""What counts as wait, serving, absence or a return, on days that go wrong."""

from __future__ import annotations

from queue_server.domain import commands as c
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.fold import folded
from queue_server.use_cases.reports.visit_facts import DayFacts, facts_of_day
from tests.fakes.office_days import DAY, DayPlay


def facts(play: DayPlay) -> DayFacts:
    stored = (StoredEvent(seq, event) for seq, event in enumerate(play.events, 1))
    return facts_of_day(DAY, stored)


def test_a_wait_ends_at_the_first_call_and_an_undone_call_is_none() -> None:
    play = DayPlay()
    play.issue()
    play.later(minutes=10)
    play.call()
    play.later(seconds=5)
    play.at_counter(c.Undo)
    (undone,) = facts(play).visits
    assert (undone.wait_s, undone.told) == (None, ("undone",))
    play.later(minutes=6)
    play.call()
    (called,) = facts(play).visits
    assert called.wait_s == 16 * 60 + 5


def test_a_transfer_keeps_the_wait_with_the_line_that_called() -> None:
    play = DayPlay()
    play.issue("a")
    play.later(minutes=20)
    play.serve(1)
    play.later(minutes=5)
    play.at_counter(c.Transfer, to_service="c")
    play.later(minutes=7)
    play.serve(4)
    play.later(minutes=8)
    play.at_counter(c.Finish, 4)
    (visit,) = facts(play).visits
    assert (visit.service, visit.counter, visit.told) == ("a", 4, ("transferred",))
    assert (visit.wait_s, visit.served_s) == (20 * 60, 13 * 60)


def test_inaccurate_times_are_left_out_and_counted() -> None:
    play = DayPlay()
    play.issue()
    play.issue()
    play.later(minutes=3)
    play.serve()
    play.do(c.NoteClockJump(by_s=3600))
    play.later(minutes=4)
    play.at_counter(c.Finish)
    day = facts(play)
    made = folded([day])
    assert day.clock_jumps == 1
    assert (made.count("inaccurate"), made.inaccurate_days) == (2, 1)
    assert (made.count("waited"), made.count("served"), made.count("finished")) == (0, 0, 1)


def test_counters_are_open_from_opening_to_pause_or_close() -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=1))
    play.later(minutes=30)
    play.do(c.PauseCounter(counter=1))
    play.later(minutes=15)
    play.do(c.OpenCounter(counter=1))
    play.later(minutes=45)
    play.do(c.CloseCounter(counter=1))
    play.later(minutes=60)
    assert facts(play).open_s == {1: 75 * 60}


def test_a_visit_is_that_of_who_signed_in_at_the_counter() -> None:
    play = DayPlay()
    for person in ("lan", "minh"):
        play.do(c.NoteClerk(counter=1, person=person))
        play.issue()
        play.serve()
        play.later(minutes=10)
        play.at_counter(c.Finish)
    play.do(c.CloseCounter(counter=1))
    play.issue()
    play.serve()
    day = facts(play)
    assert [visit.clerk for visit in day.visits] == ["lan", "minh", None]
    assert day.clerk_s == {"lan": 10 * 60, "minh": 10 * 60}


def test_a_counter_left_open_was_not_open_all_night() -> None:
    play = DayPlay()
    play.do(c.NoteClerk(counter=1, person="lan"))
    play.do(c.OpenCounter(counter=1))
    opened = play.events[-1].at
    play.later(hours=15)
    play.do(c.CloseDay())
    until_closing = (play.day.office.hours.closes_at(DAY) - opened).total_seconds()
    assert facts(play).open_s == {1: until_closing}
    assert facts(play).clerk_s == {"lan": until_closing}


def test_who_has_to_come_again_is_told_by_the_outcome() -> None:
    play = DayPlay()
    for outcome in ("NORMAL", "MISSING_PAPERS", "NOT_RECEIVED", "ADVICE"):
        play.issue()
        play.serve()
        play.later(minutes=2)
        play.at_counter(c.Finish, outcome=outcome)
    made = folded([facts(play)])
    assert made.count("to_come_again") == 2
    assert made.count("finished", "outcome", "ADVICE") == 1
