"""The day as a whole: closing time, clearing, clocks that jump, another configuration."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.faults import NumberNotLeased, OfficeClosed, UnknownCounter, UnknownService
from queue_server.domain.office import ZONE, Office
from queue_server.domain.ticket import Ticket, TicketState
from tests.fakes.office_days import EIGHT, OFFICE, DayPlay, counter, office, service

MIDNIGHT = datetime(2026, 5, 13, 0, 0, 5, tzinfo=ZONE)


def one_of_each(play: DayPlay) -> dict[TicketState, Ticket]:
    """A ticket in each state in which it may stand at the end of the day."""
    served, held, gone, waiting = (play.issue() for _ in range(4))
    reserved = play.issue(confirm=False)
    play.serve(1)
    play.serve(2)
    play.at_counter(c.Hold, 2)
    play.call(2)
    play.at_counter(c.NoShow, 2)
    called = waiting
    play.call(2)
    waiting = play.issue()
    tickets = (served, held, gone, called, waiting, reserved)
    return {play.now(ticket).state: ticket for ticket in tickets}


def test_closing_the_day_expires_what_is_open() -> None:
    play = DayPlay()
    tickets = one_of_each(play)
    assert len(tickets) == 6
    play.do(c.CloseDay())
    after = {state: play.now(ticket) for state, ticket in tickets.items()}
    assert after.pop(TicketState.NO_SHOW).state is TicketState.NO_SHOW
    assert {ticket.state for ticket in after.values()} == {TicketState.EXPIRED}
    assert {now.ticket for now in play.day.counters.values()} == {None}
    assert {now.state for now in play.day.counters.values()} == {CounterState.CLOSED}
    accurate = {state for state, ticket in after.items() if ticket.accurate}
    assert accurate == {TicketState.CALLED, TicketState.WAITING, TicketState.RESERVED}


def test_a_serve_that_ended_in_a_transfer_and_expired_is_unfinished() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.serve()
    play.at_counter(c.Transfer, to_service="b")
    play.do(c.CloseDay())
    assert not play.now(ticket).accurate, "started, though for no second"


def test_what_crosses_midnight_is_not_accurate() -> None:
    play = DayPlay()
    done = play.issue()
    play.serve()
    play.at_counter(c.Finish)
    waiting = play.issue()
    play.at = MIDNIGHT
    play.do(c.CloseDay())
    assert play.now(waiting).state is TicketState.EXPIRED
    assert not play.now(waiting).accurate
    assert play.now(done).accurate


def test_nothing_follows_the_end_of_the_day() -> None:
    play = DayPlay()
    play.issue()
    play.do(c.CloseDay())
    recorded = len(play.events)
    for command in (
        c.CallNext(counter=1),
        c.OpenCounter(counter=1),
        c.LeaseBlock(kiosk="k1", service="a", size=5),
        c.IssueTicket(ticket="x", follow_code="x", service="a"),
    ):
        with pytest.raises(OfficeClosed):
            play.do(command)
    for command in (
        c.OpenDay(),
        c.CloseDay(),
        c.PassTime(),
        c.NoteClockJump(by_s=9.0),
        c.ConfigureOffice(office=office(counter(1, "a"))),
    ):
        play.do(command)
    assert len(play.events) == recorded


def test_by_default_nobody_is_cleared_before_night() -> None:
    play = DayPlay()
    ticket = play.issue()
    assert play.later(hours=15, minutes=59).now(ticket).state is TicketState.WAITING


def test_clearing_after_closing_time_is_a_setting() -> None:
    play = DayPlay(office(clear_after=timedelta(minutes=30)))
    tickets = one_of_each(play)
    play.at = EIGHT.replace(hour=17, minute=29)
    play.later()
    assert play.now(tickets[TicketState.WAITING]).state is TicketState.WAITING
    play.later(minutes=1)
    after = {state: play.now(ticket).state for state, ticket in tickets.items()}
    cleared = {TicketState.WAITING, TicketState.RESERVED}
    assert {state for state in after if after[state] is TicketState.EXPIRED} == cleared
    kept = set(after) - cleared
    assert all(after[state] is state for state in kept), "the clerk still decides about these"


def test_idle_counters_close_by_themselves_after_closing_time() -> None:
    play = DayPlay(office(close_counters_after=timedelta(minutes=10)))
    for number in (1, 3):
        play.do(c.OpenCounter(counter=number))
    play.do(c.PauseCounter(counter=3))
    play.at = EIGHT.replace(hour=17, minute=5)
    play.later()
    ticket = play.issue("a")
    assert play.day.counters[3].state is CounterState.PAUSED
    play.later(minutes=5)
    states = {number: now.state for number, now in play.day.counters.items()}
    assert states[3] is CounterState.CLOSED, "nobody waits for it"
    assert states[1] is CounterState.OPEN, "somebody waits for it"
    play.serve(1)
    assert play.later(minutes=1).day.counters[1].state is CounterState.OPEN
    play.do(c.Hold(counter=1))
    assert play.later(minutes=1).day.counters[1].state is CounterState.OPEN, "somebody comes back"
    play.do(c.Resume(counter=1))
    play.do(c.Finish(counter=1))
    assert play.later(minutes=1).day.counters[1].state is CounterState.CLOSED
    assert play.now(ticket).state is TicketState.FINISHED
    play.do(c.OpenCounter(counter=4))
    assert play.later(minutes=1).day.counters[4].state is CounterState.CLOSED


def test_time_does_not_run_backwards() -> None:
    play = DayPlay()
    play.issue()
    play.later(minutes=5).call()
    play.at = EIGHT - timedelta(hours=1)
    started = play.at_counter(c.Start)
    assert started.started_at == EIGHT + timedelta(minutes=5)
    assert play.at_counter(c.Finish).served_s == 0.0
    assert play.events == sorted(play.events, key=lambda event: event.at)


def test_a_corrected_clock_marks_what_is_open() -> None:
    play = DayPlay()
    done, waiting = play.issue(), play.issue()
    play.serve()
    play.at_counter(c.Finish)
    play.do(c.NoteClockJump(by_s=120.0))
    assert play.now(done).accurate
    assert not play.now(waiting).accurate
    assert play.issue().accurate


def test_opening_twice_changes_nothing() -> None:
    play = DayPlay()
    recorded = len(play.events)
    play.do(c.OpenDay())
    play.do(c.ConfigureOffice(office=replace(OFFICE)))
    assert len(play.events) == recorded


def configure(play: DayPlay, configured: Office) -> None:
    play.do(c.ConfigureOffice(office=configured))


def test_nobody_is_lost_when_a_counter_is_removed() -> None:
    play = DayPlay()
    tickets = [play.issue("a") for _ in range(3)]
    sent = play.issue("a")
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=2))
    play.do(c.OpenCounter(counter=2))
    play.call(2)
    play.at_counter(c.Return, 2)
    play.serve(2)
    play.at_counter(c.Hold, 2)
    play.serve(2)
    configure(play, office(counter(1, "a", "b", "c")))
    with pytest.raises(UnknownCounter):
        play.do(c.CallNext(counter=2))
    assert play.day.counters[2].state is CounterState.CLOSED
    assert play.day.counters[2].ticket is None
    called = set(play.served_order(1))
    assert called == {ticket.label for ticket in (*tickets, sent)}


def test_nobody_is_lost_when_a_service_is_removed() -> None:
    play = DayPlay()
    served = play.issue("b")
    play.issue("b")
    play.serve(3)
    play.later(minutes=1).issue("a")
    configure(play, office(counter(1, "a"), services=(service("A"),)))
    with pytest.raises(UnknownService):
        play.issue("b")
    assert play.served_order(1) == ["A001", "B001", "B002"]
    assert play.now(served).state is TicketState.FINISHED


def test_a_letter_that_changes_hands_gives_no_number_twice() -> None:
    few = service("A", last_number=99), service("B", last_number=99)
    play = DayPlay(office(services=few))
    play.issue("a")
    play.do(c.LeaseBlock(kiosk="k1", service="b", size=2))
    swapped = replace(few[0], letter="B"), replace(few[1], letter="A")
    configure(play, office(services=swapped))
    with pytest.raises(NumberNotLeased):
        play.issue("b", kiosk="k1", number=1)
    labels = [play.issue("b", kiosk="k1", number=2).label]
    labels += [play.issue(s).label for s in ("a", "a", "b")]
    assert labels == ["A002", "B002", "B003", "A003"]


def test_numbers_go_on_when_a_service_is_changed_or_comes_back() -> None:
    play = DayPlay()
    play.issue("a")
    configure(play, office(services=(service("B"),)))
    changed = service("A", first_number=1, last_number=2), service("B", first_number=500)
    configure(play, office(services=changed))
    assert play.issue("a").label == "A002"
    assert play.day.series["a"].last == 2
    assert play.issue("b").label == "B500", "an unused series follows its setting"
