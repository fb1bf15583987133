"""The day in quarters of an hour, kept up to date ticket by ticket: arrivals, calls, waits."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.office import ZONE, Office
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.day_figures import Waits

SLOT_MIN = 15


def slot_of(at: datetime) -> int:
    """The number of the quarter of an hour within its local day."""
    local = at.astimezone(ZONE)
    return (local.hour * 60 + local.minute) // SLOT_MIN


@dataclass(slots=True)
class DayCourse:
    """Arrivals count by time of issue, waits by time of the first call; doubtful waits are out."""

    office: Office
    arrived: Tally[int] = field(default_factory=Tally)
    waits: dict[int, Waits] = field(default_factory=dict)
    _counted: dict[str, tuple[int, float]] = field(default_factory=dict)

    def changed(self, old: Ticket | None, new: Ticket) -> None:
        """A ticket was added or moved on."""
        if old is None and new.state is not TicketState.VOID:
            self.arrived[slot_of(new.issued_at)] += 1
        elif old is not None and (old.state is TicketState.VOID) != (new.state is TicketState.VOID):
            self.arrived[slot_of(new.issued_at)] += 1 if old.state is TicketState.VOID else -1
        wait = wait_s(self.office, new) if new.accurate else None
        counted = self._counted.get(new.id)
        if wait is not None and counted is None and new.called_first_at is not None:
            slot = slot_of(new.called_first_at)
            self._counted[new.id] = (slot, wait)
            self.waits.setdefault(slot, Waits()).add(wait)
        elif wait is None and counted is not None:
            slot, before = self._counted.pop(new.id)
            self.waits[slot].remove(before)

    def slots(self) -> range:
        """Every quarter from the first thing that happened, or opening, to closing or later."""
        sessions = self.office.hours.sessions
        opens, closes = sessions[0][0], sessions[-1][1]
        seen = [*(slot for slot, n in self.arrived.items() if n), *self.waits]
        first = min([(opens.hour * 60 + opens.minute) // SLOT_MIN, *seen])
        last = max([(closes.hour * 60 + closes.minute - 1) // SLOT_MIN, *seen])
        return range(first, last + 1)
