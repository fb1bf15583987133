"""Tickets of the day that a clerk looks for by something else than their place in a line."""

from __future__ import annotations

from queue_server.domain.ticket import Ticket, TicketState


class DayLists:
    """Ids of tickets with an appointment, and of citizens who did not come when called."""

    def __init__(self) -> None:
        self.booked: dict[str, None] = {}
        self.absent: dict[str, None] = {}

    def changed(self, ticket: Ticket) -> None:
        """Take over the newest form of a ticket; the one who failed to come last stands last."""
        if ticket.appointment_at is not None:
            self.booked[ticket.id] = None
        self.absent.pop(ticket.id, None)
        if ticket.state is TicketState.NO_SHOW:
            self.absent[ticket.id] = None
