"""The day's figures, kept up to date ticket by ticket: waits, counts, shares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter as Tally
from dataclasses import dataclass, field

from queue_server.domain.office import Office
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.waiting_time import wait_s


@dataclass(slots=True)
class Waits:
    """Waits in seconds, sorted, with their sum."""

    sorted_s: list[float] = field(default_factory=list)
    total_s: float = 0.0

    def add(self, wait: float) -> None:
        """Count a wait."""
        insort(self.sorted_s, wait)
        self.total_s += wait

    def remove(self, wait: float) -> None:
        """Take a wait back, after an undo."""
        del self.sorted_s[bisect_left(self.sorted_s, wait)]
        self.total_s -= wait

    def __len__(self) -> int:
        return len(self.sorted_s)

    def mean_min(self) -> float | None:
        """Mean in minutes."""
        return self.total_s / len(self) / 60 if self.sorted_s else None

    def quantile_min(self, share: float) -> float | None:
        """Smallest wait in minutes that at least `share` of the people did not exceed."""
        if not self.sorted_s:
            return None
        index = max(0, -(-len(self) * share // 1) - 1)
        return self.sorted_s[int(index)] / 60

    def longest_min(self) -> float | None:
        """Longest in minutes."""
        return self.sorted_s[-1] / 60 if self.sorted_s else None

    def share_over(self, minutes: float) -> float | None:
        """Share of waits longer than `minutes`."""
        if not self.sorted_s:
            return None
        return 1 - bisect_right(self.sorted_s, minutes * 60) / len(self)


class DayFigures:
    """Figures of one day. Inaccurate tickets are left out of the waits (domain.md section 2)."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.all = Waits()
        self.by_service: dict[str, Waits] = {}
        self.states: Tally[TicketState] = Tally()
        self.waiting: Tally[str] = Tally()
        self._counted: dict[str, tuple[str, float]] = {}

    def changed(self, old: Ticket | None, new: Ticket) -> None:
        """A ticket was added or moved on."""
        if old is not None:
            self.states[old.state] -= 1
            if old.state is TicketState.WAITING:
                self.waiting[old.service] -= 1
        self.states[new.state] += 1
        if new.state is TicketState.WAITING:
            self.waiting[new.service] += 1
        wait = wait_s(self._office, new) if new.accurate else None
        counted = self._counted.get(new.id)
        if wait is not None and counted is None:
            self._count(new, wait)
        elif wait is None and counted is not None:
            self._uncount(new.id, *counted)

    def of_service(self, service: str) -> Waits:
        """The waits of one service."""
        return self.by_service.setdefault(service, Waits())

    def _count(self, ticket: Ticket, wait: float) -> None:
        self._counted[ticket.id] = (ticket.service, wait)
        self.all.add(wait)
        self.of_service(ticket.service).add(wait)

    def _uncount(self, ticket_id: str, service: str, wait: float) -> None:
        del self._counted[ticket_id]
        self.all.remove(wait)
        self.of_service(service).remove(wait)
