"""The list of who is called next is what the counter then does."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.call_order import call_order
from queue_server.domain.faults import UnknownCounter
from queue_server.domain.office import Policy, PriorityUse, ProfileEntry
from queue_server.domain.reason import ReasonKind
from queue_server.domain.ticket import PriorityClass
from tests.fakes.office_days import EIGHT, DayPlay, counter, office

ARRIVALS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from((PriorityClass.NORMAL, PriorityClass.NORMAL, PriorityClass.AGE_80)),
        st.integers(0, 9),
        st.sampled_from((None, None, 2, 3)),
    ),
    max_size=25,
)


@given(ARRIVALS, st.sampled_from(Policy), st.sampled_from(PriorityUse), st.integers(0, 40))
def test_the_list_is_what_call_next_does(
    arrivals: list[tuple[str, PriorityClass, int, int | None]],
    policy: Policy,
    use: PriorityUse,
    later: int,
) -> None:
    mixed = counter(1, "a", ProfileEntry("b", order=1), ProfileEntry("c", weight=2.0), priority=use)
    play = DayPlay(office(mixed, counter(2, "a", "b"), counter(3, "c"), policy=policy))
    play.do(c.OpenCounter(counter=3))
    for service, priority, minutes, sent_to in arrivals:
        ticket = play.later(minutes=minutes).issue(service, priority)
        if sent_to is not None:
            play.do(c.TransferWaiting(ticket=ticket.id, to_counter=sent_to))
    play.later(minutes=later)
    expected = call_order(play.day, 1, play.at, most=100)
    for one in expected:
        called = play.do(c.CallNext(counter=1)).ticket
        assert called is not None
        assert called.label == one.ticket.label
        reason = play.events[-1].reason  # type: ignore[attr-defined]  # the call just made
        assert (reason.kind, reason.waited_s) == (one.kind, one.waited_s)
        play.at_counter(c.NoShow)
    assert play.call() is None


def test_it_reads_no_more_than_asked_and_changes_nothing() -> None:
    play = DayPlay()
    for _ in range(50):
        play.issue()
    before = copy.deepcopy(play.day.counters), dict(play.day.tickets)
    labels = [one.ticket.label for one in call_order(play.day, 1, play.at, most=3)]
    assert labels == ["A001", "A002", "A003"]
    assert (play.day.counters, play.day.tickets) == before


def test_who_is_not_due_yet_is_not_listed() -> None:
    play = DayPlay()
    play.issue(appointment_at=EIGHT + timedelta(hours=1))
    walk_in = play.issue()
    listed = call_order(play.day, 1, play.at, most=9)
    assert [one.ticket.label for one in listed] == [walk_in.label]
    assert listed[0].kind is ReasonKind.LONGEST_WAIT


def test_an_unknown_counter_is_said() -> None:
    with pytest.raises(UnknownCounter):
        call_order(DayPlay().day, 99, EIGHT, most=1)
