"""How long a ticket waited, as domain.md defines `wait`, and how many stand before it."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.office import Office, Policy
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState


def arrived_at(office: Office, ticket: Ticket) -> datetime:
    """When the wait began: issue, appointment or opening time, whichever is later."""
    start = ticket.issued_at
    if ticket.appointment_at is not None:
        start = max(start, ticket.appointment_at)
    return office.wait_starts(ticket.service, start)


def wait_s(office: Office, ticket: Ticket) -> float | None:
    """Seconds from arrival to the first call; None while it has not been called."""
    if ticket.called_first_at is None:
        return None
    return max(0.0, (ticket.called_first_at - arrived_at(office, ticket)).total_seconds())


def people_ahead(day: OfficeDay, ticket: Ticket) -> int:
    """How many will probably be called before a waiting ticket; 0 once it is called.

    A normal ticket has everybody with an earlier place before it, and the priority people who
    wait now. A priority ticket has the earlier priority people, and by weighted turns one normal
    citizen for each full round of them.
    """
    if ticket.state not in {TicketState.WAITING, TicketState.RESERVED}:
        return 0
    if ticket.to_counter is not None:
        return sum(line.ahead_of(ticket.place) for line in day.sent_to(ticket.to_counter))
    normal = day.line(ticket.service, PriorityClass.NORMAL)
    lines = [day.line(ticket.service, p) for p in PriorityClass if p is not PriorityClass.NORMAL]
    rules = day.office.rules
    normal_before = normal.ahead_of(ticket.place)
    priority_before = sum(line.ahead_of(ticket.place) for line in lines)
    if rules.policy is Policy.FIFO:
        return normal_before + priority_before
    if ticket.priority is PriorityClass.NORMAL:
        return normal_before + sum(len(line) for line in lines)
    if rules.policy is Policy.STRICT:
        return priority_before
    rounds = priority_before // max(1, rules.priority_turns)
    return priority_before + min(normal_before, rounds)


def open_counters(day: OfficeDay, service: str) -> list[CounterNow]:
    """The open counters that have this service in their profile."""
    return [
        day.counters[number]
        for number in day.office.counters
        if day.counters[number].state is CounterState.OPEN
        and day.counter(number)[0].serves(service)
    ]
