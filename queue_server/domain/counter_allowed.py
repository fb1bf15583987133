"""What a clerk may do at a counter now, so that a screen offers nothing that would be refused."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Move, Ticket, TicketState, allowed_moves

AT_COUNTER = frozenset(Move) - {Move.EXPIRE, Move.HOLD_DUE, Move.CONFIRM, Move.VOID}


def undo_until(day: OfficeDay, ticket: Ticket) -> datetime | None:
    """Until when the last move of the ticket can be taken back; None where there is none."""
    if ticket.before is None:
        return None
    return ticket.moved_at + day.office.rules.undo_window


def allowed_at(day: OfficeDay, number: int, at: datetime) -> list[str]:
    """Every move of a clerk that would not be refused now, by the names of the HTTP moves.

    Raises:
        UnknownCounter: the office has no such counter.
    """
    _, now = day.counter(number)
    if day.closed:
        return []
    profile = ["profile"] if day.office.counters[number].others else []
    if now.ticket is not None:
        return [*_with_citizen(day, day.ticket(now.ticket), at), *profile]
    held = ["resume"] if day.held_at(number) else []
    return [*_about_counter(now), "call-next", "call", *held, *profile]


def _about_counter(now: CounterNow) -> list[str]:
    if now.state is CounterState.OPEN:
        return ["pause", "close"]
    return ["open", "close"] if now.state is CounterState.PAUSED else ["open"]


def _with_citizen(day: OfficeDay, ticket: Ticket, at: datetime) -> list[str]:
    moves = [move for move in allowed_moves(ticket) if move in AT_COUNTER]
    until = undo_until(day, ticket)
    if until is None or at > until:
        moves = [move for move in moves if move is not Move.UNDO]
    if ticket.recalls >= day.office.rules.recall_limit:
        moves = [move for move in moves if move is not Move.RECALL]
    calls = ["call-next", "call"] if ticket.state is TicketState.SERVING else []
    return [*(move.value for move in moves), "note", *calls]
