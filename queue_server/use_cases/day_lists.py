"""Tickets of the day that a clerk looks for by something else than their place in a line."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.ticket import Ticket, TicketState


class DayLists:
    """Ids of tickets with an appointment, of citizens who did not come, of the last served.

    `finished` has the ticket that each counter finished last.
    """

    def __init__(self) -> None:
        self.booked: dict[str, None] = {}
        self.absent: dict[str, None] = {}
        self.finished: dict[int, str] = {}
        self._finished_at: dict[int, datetime] = {}

    def changed(self, ticket: Ticket) -> None:
        """Take over the newest form of a ticket; the one who failed to come last stands last."""
        if ticket.appointment_at is not None:
            self.booked[ticket.id] = None
        self.absent.pop(ticket.id, None)
        if ticket.state is TicketState.NO_SHOW:
            self.absent[ticket.id] = None
        if ticket.state is TicketState.FINISHED and ticket.counter is not None:
            self._note_finished(ticket.counter, ticket)

    def _note_finished(self, counter: int, ticket: Ticket) -> None:
        """After a restart the tickets of a day come in the order of their issue."""
        before = self._finished_at.get(counter)
        if ticket.finished_at is not None and (before is None or ticket.finished_at >= before):
            self.finished[counter] = ticket.id
            self._finished_at[counter] = ticket.finished_at
