"""Whether a person may take one more ticket today: counted by a card, without one not at all.

A card is a keyed hash of its number, kept beside the events and forgotten with the day.
"""

from __future__ import annotations

from queue_server.domain.faults import LimitReached
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import TicketState

GIVEN_BACK = frozenset({TicketState.VOID, TicketState.CANCELLED})


def check_limits(day: OfficeDay, card: str | None, dossiers: int) -> None:
    """Let a wish pass.

    Raises:
        LimitReached: `state` says which limit: `tickets`, `dossiers`, or `card_needed`.
    """
    limits = day.office.limits
    if card is None:
        if limits.dossiers and dossiers >= limits.bulk_from:
            raise LimitReached("many dossiers are taken with a card only", state="card_needed")
        return
    mine = [day.tickets[i] for i, other in day.book.persons.items() if other == card]
    standing = [ticket for ticket in mine if ticket.state not in GIVEN_BACK]
    if limits.tickets and len(standing) >= limits.tickets:
        raise LimitReached(f"this person has {len(standing)} tickets today", state="tickets")
    filed = sum(ticket.dossiers for ticket in standing)
    if limits.dossiers and filed + dossiers > limits.dossiers:
        raise LimitReached(f"this person has {filed} dossiers today", state="dossiers")
