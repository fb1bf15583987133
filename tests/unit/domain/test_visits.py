"""A person's visit: limits by card, and nobody is called to two counters at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.domain import commands as c
from queue_server.domain.call_order import call_order
from queue_server.domain.faults import LimitReached
from queue_server.domain.office import Office
from queue_server.domain.visit_limits import VisitLimits
from tests.fakes.office_days import OFFICE, DayPlay, replayed


def limited(**limits: int) -> Office:
    return replace(OFFICE, limits=VisitLimits(**limits))


def test_a_person_takes_so_many_tickets_a_day_and_no_more() -> None:
    play = DayPlay(limited(tickets=2))
    first = play.issue("a", card="hash-1")
    play.issue("b", card="hash-1")
    with pytest.raises(LimitReached) as caught:
        play.issue("c", card="hash-1")
    assert caught.value.state == "tickets"
    play.issue("c", card="hash-2")
    play.issue("c")
    play.issue("c", card="hash-1", channel="staff")
    # The last one counts too: three stand now.
    play.do(c.CancelTicket(ticket=first.id))
    with pytest.raises(LimitReached):
        play.issue("a", card="hash-1")


def test_what_was_given_back_is_not_counted() -> None:
    play = DayPlay(limited(tickets=1))
    one = play.issue("a", card="hash-1", confirm=False)
    play.do(c.VoidTicket(ticket=one.id))
    again = play.issue("a", card="hash-1")
    play.do(c.CancelTicket(ticket=again.id))
    play.issue("b", card="hash-1")


def test_bulk_filers_need_a_card_and_share_out_their_day() -> None:
    play = DayPlay(limited(dossiers=20, bulk_from=5))
    play.issue("a", dossiers=4)
    with pytest.raises(LimitReached) as caught:
        play.issue("a", dossiers=5)
    assert caught.value.state == "card_needed"
    assert play.issue("a", dossiers=12, card="hash-1").dossiers == 12
    with pytest.raises(LimitReached) as caught:
        play.issue("b", dossiers=9, card="hash-1")
    assert caught.value.state == "dossiers"
    play.issue("b", dossiers=8, card="hash-1")


def test_no_limit_is_no_limit() -> None:
    play = DayPlay()
    for _ in range(9):
        play.issue("a", card="hash-1", dossiers=50)


def test_all_procedures_stand_on_the_ticket_and_no_card_in_any_event() -> None:
    play = DayPlay(limited(tickets=3))
    made = play.issue(
        "a", procedure="1.000001", also=("1.000002",), dossiers=3, visit="stay-0001", card="hash-1"
    )
    assert made.procedures == ("1.000001", "1.000002")
    assert "hash-1" not in repr(play.events)
    assert replayed(play.events, configured=play.day.office).tickets == play.day.tickets


def test_a_citizen_at_one_counter_is_not_called_to_another() -> None:
    play = DayPlay()
    here = play.issue("a")
    there = play.issue("b", visit=here.id)
    other = play.issue("b")
    assert play.call(1) == here.label
    order = [one.ticket.label for one in call_order(play.day, 3, play.at, 5)]
    assert order == [other.label]
    assert play.call(3) == other.label
    assert play.call(2) is None
    play.at_counter(c.Start, 1)
    play.at_counter(c.Finish, 1)
    assert play.call(2) == there.label


def test_the_counter_that_has_the_citizen_may_go_on_with_the_next_ticket() -> None:
    play = DayPlay()
    here = play.issue("a")
    there = play.issue("b", visit=here.id)
    play.call(2)
    play.at_counter(c.Start, 2)
    assert play.call(2) == there.label
