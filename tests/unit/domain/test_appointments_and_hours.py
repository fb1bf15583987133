"""Appointments, opening hours and what counts as wait."""

from datetime import datetime, time, timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.faults import NotEligible
from queue_server.domain.office import ZONE, Hours, Rules
from queue_server.domain.reason import ReasonKind
from queue_server.domain.ticket import TicketState
from queue_server.domain.waiting_time import wait_s
from tests.fakes.office_days import EIGHT, DayPlay, counter, office, service


def clock(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 12, hour, minute, tzinfo=ZONE)


def test_an_early_comer_counts_from_the_appointment() -> None:
    play = DayPlay()
    play.issue(appointment_at=clock(8, 20))
    play.issue()
    play.issue()
    play.at = clock(8, 4) + timedelta(seconds=59)
    assert play.served_order() == ["A002", "A003"], "the early window is not open"


def test_an_appointment_may_be_called_from_its_early_window_on() -> None:
    play = DayPlay()
    early = play.issue(appointment_at=clock(8, 20))
    with pytest.raises(NotEligible):
        play.do(c.CallNumber(counter=1, label=early.label))
    play.later(minutes=5).call()
    called = play.now(early)
    assert called.state is TicketState.CALLED
    assert wait_s(play.day.office, called) == 0.0


def test_an_early_appointment_does_not_block_walk_ins() -> None:
    play = DayPlay()
    play.issue(appointment_at=clock(10))
    play.issue()
    assert play.served_order() == ["A002"]


def test_a_returned_appointment_is_not_called_earlier_by_that() -> None:
    play = DayPlay()
    early = play.issue(appointment_at=clock(8, 15))
    play.later(minutes=1).call()
    play.at_counter(c.Return)
    play.later(minutes=1).issue()
    assert play.now(early).line_since == clock(8, 15)
    assert play.served_order() == ["A002", "A001"]


def test_a_late_appointment_counts_from_the_check_in() -> None:
    play = DayPlay()
    kept = play.issue(appointment_at=clock(7, 45))
    lost = play.issue(appointment_at=clock(7, 44))
    assert kept.line_since == lost.line_since == EIGHT
    assert kept.appointment_at == clock(7, 45)
    assert lost.appointment_at is None, "after the late window: a walk-in"


def test_an_appointment_of_another_day_is_refused() -> None:
    play = DayPlay()
    with pytest.raises(NotEligible):
        play.issue(appointment_at=clock(8) + timedelta(days=1))
    assert play.issue(appointment_at=clock(8) - timedelta(days=1)).appointment_at is None


def test_wait_runs_from_opening_to_the_first_call() -> None:
    play = DayPlay(at=clock(6, 30))
    ticket = play.issue()
    assert play.later(minutes=45).why().waited_s == 15 * 60
    play.call()
    play.at_counter(c.Return)
    play.later(minutes=20).call()
    assert wait_s(play.day.office, play.now(ticket)) == 15 * 60, "the second call changes nothing"


def test_who_comes_at_noon_waits_from_the_afternoon() -> None:
    play = DayPlay(at=clock(11, 30))
    ticket = play.issue()
    play.later(hours=2).call()
    assert wait_s(play.day.office, play.now(ticket)) == 30 * 60


def test_who_comes_after_hours_waits_from_then() -> None:
    assert Hours().counted_from(clock(18)) == clock(18)


def test_before_opening_the_earlier_number_is_first() -> None:
    play = DayPlay(office(counter(1, "a", "b")), at=clock(6))
    play.issue("b")
    play.later(minutes=1).issue("a")
    assert play.served_order() == ["B001", "A001"]


def test_a_service_with_its_own_hours() -> None:
    afternoon = Hours(((time(14), time(16)),))
    play = DayPlay(
        office(counter(1, "a", "b"), services=(service("A", hours=afternoon), service("B")))
    )
    ticket = play.issue("a")
    play.later(minutes=1).issue("b")
    assert play.served_order() == ["B001"]
    with pytest.raises(NotEligible):
        play.do(c.CallNumber(counter=1, label="A001"))
    play.at = clock(14, 20)
    assert play.why().kind is not ReasonKind.STARVATION_GUARD, "it waits since 14:00"
    assert play.call() == "A001"
    assert wait_s(play.day.office, play.now(ticket)) == 20 * 60
    play.at_counter(c.Return)
    play.at = clock(16)
    assert play.call() is None


def test_hours() -> None:
    hours = Hours()
    assert [hours.is_open(clock(h)) for h in (6, 7, 10, 11, 12, 13, 16, 17)] == [
        False,
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]
    assert hours.closes_at(EIGHT.date()) == clock(17)


def test_the_rules_as_shipped_are_those_of_the_design() -> None:
    rules = Rules()
    assert (rules.priority_turns, rules.recall_limit) == (2, 3)
    assert rules.undo_window == timedelta(seconds=10)
    assert rules.default_limit == timedelta(minutes=30)
