"""What a citizen does with the own ticket away from kiosk and counter: be late, rate the visit."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.faults import IllegalMove, NotEligible
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office import Rules
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Move, Ticket, TicketState, allowed_moves
from queue_server.domain.ticket_moves import require

BEST_SCORE = 5
RATING_REASONS = ("waiting", "attitude", "explained", "papers", "place")
"""What a rating may be about; words belong to the screens."""


def late_left(ticket: Ticket, rules: Rules) -> timedelta:
    """By how much the ticket may still be moved back."""
    left = rules.late_tolerance - timedelta(seconds=ticket.delayed_s)
    return max(timedelta(0), left)


def delay_ticket(day: OfficeDay, command: c.DelayTicket, at: datetime) -> Ticket:
    """Move the citizen back, to the place of one who came so much later.

    In a line that neither grows nor shrinks that is as much time as asked for, and nobody loses
    the whole wait for a missed bus.

    Raises:
        IllegalMove: the ticket does not wait.
        NotEligible: more than the office tolerates, in all.
    """
    ticket = day.ticket(command.ticket)
    require(ticket, Move.DELAY)
    if not timedelta(0) < command.by <= late_left(ticket, day.office.rules):
        minutes = late_left(ticket, day.office.rules) // timedelta(minutes=1)
        raise NotEligible(f"{ticket.label} may be moved back by {minutes} more minutes")
    by_s = command.by.total_seconds()
    happen(day, e.TicketDelayed(at=at, ticket=ticket.id, by_s=by_s))
    return day.ticket(ticket.id)


def rate_visit(day: OfficeDay, command: c.RateVisit, at: datetime) -> Ticket:
    """Keep the verdict; one ticket has one.

    Raises:
        IllegalMove: the visit is not over, or was rated.
        NotEligible: no such score or reason.
        PersonalNote: the words hold what leads to a person.
    """
    ticket = day.ticket(command.ticket)
    if ticket.state is not TicketState.FINISHED or ticket.score is not None:
        state = ticket.state if ticket.score is None else "rated"
        raise IllegalMove(ticket.label, state, "rate", allowed_moves(ticket))
    known = set(command.reasons) <= set(RATING_REASONS)
    once = len(set(command.reasons)) == len(command.reasons)
    if not 1 <= command.score <= BEST_SCORE or not known or not once:
        raise NotEligible(f"a score is 1 to {BEST_SCORE}, reasons are {RATING_REASONS}")
    comment = checked_note(command.comment) if command.comment.strip() else ""
    happen(
        day,
        e.TicketRated(
            at=at,
            ticket=ticket.id,
            score=command.score,
            reasons=tuple(sorted(command.reasons)),
            comment=comment,
            by=command.by,
        ),
    )
    return day.ticket(ticket.id)
