"""In which order a counter would call who waits now, if it called one after the other at once.

The calling rule itself is asked again and again, over lines that are only read: what this list
shows and what `CallNext` does cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.calling_rule import Candidate, candidate, is_due, pick, visits_elsewhere
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.reason import ReasonKind
from queue_server.domain.ticket import Ticket
from queue_server.domain.waiting_line import Rank, WaitingLine


@dataclass(frozen=True, slots=True)
class Expected:
    """One waiting ticket: what would decide for it, its wait and the limit of its class."""

    ticket: Ticket
    kind: ReasonKind
    waited_s: float
    limit_s: float


class _Reading:
    """A waiting line that is read from its head, ticket by ticket."""

    def __init__(
        self, day: OfficeDay, line: WaitingLine, rank: Rank, at: datetime, elsewhere: frozenset[str]
    ) -> None:
        self._day = day
        self._ids = iter(line)
        self._rank = rank
        self._at = at
        self._elsewhere = elsewhere
        self.head = self._read()

    def move_on(self) -> None:
        """Leave the head."""
        self.head = self._read()

    def _read(self) -> Candidate | None:
        tickets = (self._day.tickets[ticket_id] for ticket_id in self._ids)
        ticket = next((t for t in tickets if t.stay not in self._elsewhere), None)
        if ticket is None:
            return None
        # Behind somebody who is not due stands nobody who is: the line is in order of time.
        due = is_due(self._day, ticket, self._at)
        return candidate(self._day, ticket, self._at, self._rank) if due else None


def call_order(day: OfficeDay, counter: int, at: datetime, most: int) -> list[Expected]:
    """The first `most` tickets that the counter would call, in that order.

    Raises:
        UnknownCounter: the office has no such counter.
    """
    configured, now = day.counter(counter)
    elsewhere = visits_elsewhere(day, counter)
    readings = [_Reading(day, line, rank, at, elsewhere) for line, rank in day.reach_of(counter)]
    turns = now.turns
    order: list[Expected] = []
    while len(order) < most:
        standing = [(one.head, one) for one in readings if one.head is not None]
        if not standing:
            break
        heads = [head for head, _ in standing]
        chosen, kind = pick(heads, configured.priority, turns, day.office.rules)
        order.append(Expected(chosen.ticket, kind, chosen.waited_s, chosen.limit_s))
        turns = turns + 1 if chosen.is_priority else 0
        next(reading for head, reading in standing if head is chosen).move_on()
    return order
