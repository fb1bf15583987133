"""What the office does by itself: open and close the day, and what is due as time passes."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.appointment_events import BookCarried
from queue_server.domain.appointment_moves import carry_book, miss_appointments
from queue_server.domain.breaks import start_breaks
from queue_server.domain.counter_now import CounterState
from queue_server.domain.dossier_moves import lapse_drafts
from queue_server.domain.happening import happen
from queue_server.domain.home_visit_moves import lapse_visits
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import TicketState


def open_day(day: OfficeDay, command: c.OpenDay, at: datetime) -> None:
    """Begin the working day, once."""
    if not day.opened:
        happen(day, e.DayOpened(at=at, day=day.day.isoformat()))
        happen(day, e.OfficeConfigured(at=at, office=day.office))
        carried = BookCarried(at=at, appointments=command.appointments, visits=command.visits)
        carry_book(day, carried)


def configure_office(day: OfficeDay, command: c.ConfigureOffice, at: datetime) -> None:
    """Change the configuration; citizens at removed counters keep their place in line."""
    office = command.office
    if office == day.office:
        return
    for now in [n for n in day.counters.values() if n.number not in office.counters]:
        for ticket in day.held_at(now.number):
            happen(day, e.HoldEnded(at=at, ticket=ticket.id))
        if now.ticket is not None:
            service = day.ticket(now.ticket).service
            happen(day, e.TicketTransferred(at=at, ticket=now.ticket, to_service=service))
        if now.state is not CounterState.CLOSED:
            happen(day, e.CounterClosed(at=at, counter=now.number))
    happen(day, e.OfficeConfigured(at=at, office=office))


def close_day(day: OfficeDay, _command: c.CloseDay, at: datetime) -> None:
    """Expire what is still open, close the counters, end the day."""
    _expire_open(day, at, frozenset(TicketState))
    miss_appointments(day, at)
    lapse_visits(day, at)
    lapse_drafts(day, at)
    for now in list(day.counters.values()):
        if now.state is not CounterState.CLOSED:
            happen(day, e.CounterClosed(at=at, counter=now.number))
    happen(day, e.DayClosed(at=at, day=day.day.isoformat()))


def pass_time(day: OfficeDay, _command: c.PassTime, at: datetime) -> None:
    """Carry out what is due at `at`."""
    for ticket in day.aside(TicketState.HELD):
        if ticket.held_until is not None and ticket.held_until <= at:
            happen(day, e.HoldEnded(at=at, ticket=ticket.id))
    for ticket in day.aside(TicketState.RESERVED):
        if at - ticket.moved_at >= day.office.rules.confirm_within:
            # The number may be on paper in somebody's hand: it must stay valid.
            happen(day, e.TicketConfirmed(at=at, ticket=ticket.id, slip="assumed"))
    clear_after = day.office.rules.clear_after
    if clear_after is not None and at >= day.office.hours.closes_at(day.day) + clear_after:
        _expire_open(day, at, frozenset({TicketState.WAITING, TicketState.RESERVED}))
    start_breaks(day, at)
    close_after = day.office.rules.close_counters_after
    if close_after is not None and at >= day.office.hours.closes_at(day.day) + close_after:
        _close_idle(day, at)


def _close_idle(day: OfficeDay, at: datetime) -> None:
    """Close the counters where no clerk has anybody left: at the counter, held, or waiting."""
    for number in sorted(day.office.counters):
        now = day.counters[number]
        busy = now.ticket is not None or day.held_at(number) or day.waiting_for(number)
        if now.state is not CounterState.CLOSED and not busy:
            happen(day, e.CounterClosed(at=at, counter=number))


def _expire_open(day: OfficeDay, at: datetime, states: frozenset[TicketState]) -> None:
    for ticket in list(day.tickets.values()):
        if ticket.is_open and ticket.state in states:
            happen(day, e.TicketExpired(at=at, ticket=ticket.id))


def note_clock_jump(day: OfficeDay, command: c.NoteClockJump, at: datetime) -> None:
    """Mark what was open across the correction as inaccurate."""
    happen(day, e.ClockJumped(at=at, by_s=command.by_s))
