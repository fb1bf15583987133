"""Makes the next form of a ticket or a counter: the small steps that every effect is built of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.office import working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket


def move_on(day: OfficeDay, event: e.TicketEvent, *, undoable: bool = False, **new: Any) -> Ticket:
    """Make the ticket's next form: version, time of the move, and what undo goes back to."""
    old = day.tickets[event.ticket]
    ticket = replace(
        old,
        moved_at=event.at,
        version=old.version + 1,
        before=replace(old, before=None) if undoable else None,
        accurate=old.accurate and working_day(event.at) == day.day,
        **new,
    )
    day.put_ticket(ticket)
    return ticket


def at_counter(day: OfficeDay, number: int, at: datetime, **new: Any) -> None:
    """Make the counter's next form."""
    now = day.counters[number]
    day.put_counter(replace(now, since=at, version=now.version + 1, **new))


def free_counter(day: OfficeDay, ticket: Ticket, at: datetime) -> None:
    """Let the counter go that this ticket stood at."""
    number = ticket.counter
    if number is not None and day.counters[number].ticket == ticket.id:
        at_counter(day, number, at, ticket=None)


def served_s(ticket: Ticket, at: datetime) -> float:
    """Seconds served so far, with the running period."""
    if ticket.serving_since is None:
        return ticket.served_s
    return ticket.served_s + max(0.0, (at - ticket.serving_since).total_seconds())
