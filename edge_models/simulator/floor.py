"""The office floor: counters call by weighted turns, people wait and some leave.

The clock jumps from event to event. A counter that becomes free picks the oldest ticket it may
serve, of the priority class for two turns and then of the ordinary class for one, as the office's
calling rule does; where one class is empty the other goes on. Whoever waited past the limit of the
starvation guard goes before all that.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from edge_models.simulator.ticket import Ticket

ARRIVE, LEAVE, FREE = range(3)
ORDINARY, URGENT = 0, 1
# A citizen who does not come when called costs the counter a minute.
NO_SHOW_MIN = 1.0


@dataclass(slots=True)
class Roster:
    """One counter and its clerk's day.

    Attributes:
        tiers: the lines it serves, by their position; those of a later tier only while nobody
            waits in an earlier one.
        shifts: when it calls, in order of time, `(start, end)`.
        turns: so many priority calls, then so many ordinary ones.
        only_urgent: a counter for priority people alone.
        breaks: when its clerk rests next, in order of time.
        busy_until: when the service that goes on now will end.
    """

    tiers: tuple[tuple[int, ...], ...]
    shifts: Sequence[tuple[float, float]]
    turns: tuple[int, int]
    only_urgent: bool = False
    breaks: list[float] = field(default_factory=list)
    busy_until: float = -math.inf
    turn: int = 0

    def calls_at(self, at: float) -> bool:
        """Whether it is open."""
        return any(start <= at < end for start, end in self.shifts)

    def accepts(self, ticket: Ticket) -> bool:
        """Whether it may call this ticket."""
        if self.only_urgent and not ticket.priority:
            return False
        return any(ticket.line in tier for tier in self.tiers)


class Floor:
    """Plays what happens, given who comes and which counters are open.

    `guard` is the wait in minutes past which a ticket goes first.
    """

    def __init__(
        self, lines: int, rosters: Sequence[Roster], break_min: float, guard: float = math.inf
    ) -> None:
        self._rosters = rosters
        self._break_min = break_min
        self._guard = guard
        self._lines: list[tuple[deque[Ticket], deque[Ticket]]] = [
            (deque(), deque()) for _ in range(lines)
        ]
        self._idle: set[int] = set()
        self._events: list[tuple[float, int, int]] = []

    def play(self, tickets: Sequence[Ticket]) -> None:
        """Call, serve and lose the tickets; `number` is the place of each in `tickets`."""
        events = self._events
        events += [(ticket.arrived, ARRIVE, ticket.number) for ticket in tickets]
        for place, roster in enumerate(self._rosters):
            events += [(start, FREE, place) for start, _ in roster.shifts]
            if math.isfinite(roster.busy_until):
                events.append((roster.busy_until, FREE, place))
        heapq.heapify(events)
        while events:
            at, kind, which = heapq.heappop(events)
            if kind == ARRIVE:
                self._arrive(tickets[which], at)
            elif kind == LEAVE:
                _leave(tickets[which], at)
            else:
                self._idle.discard(which)
                self._next(which, at)
        for ticket in tickets:
            ticket.outcome = ticket.outcome or "expired"

    def _arrive(self, ticket: Ticket, at: float) -> None:
        self._lines[ticket.line][URGENT if ticket.priority else ORDINARY].append(ticket)
        if math.isfinite(ticket.patience):
            heapq.heappush(self._events, (at + ticket.patience, LEAVE, ticket.number))
        for place in sorted(self._idle):
            roster = self._rosters[place]
            if roster.accepts(ticket) and roster.calls_at(at):
                self._idle.discard(place)
                heapq.heappush(self._events, (at, FREE, place))
                break

    def _next(self, place: int, at: float) -> None:
        """The counter is free: it rests, or calls, or waits, or its session is over."""
        roster = self._rosters[place]
        # A session may begin while the last service of the one before goes on.
        if at < roster.busy_until or not roster.calls_at(at):
            return
        if roster.breaks and at >= roster.breaks[0]:
            roster.breaks.pop(0)
            self._busy(place, at + self._break_min)
            return
        ticket = self._pick(roster, at)
        if ticket is None:
            self._idle.add(place)
            return
        ticket.called, ticket.counter = at, place
        ticket.outcome = "finished" if ticket.shows_up else "no_show"
        ticket.finished = at + (ticket.minutes if ticket.shows_up else NO_SHOW_MIN)
        self._busy(place, ticket.finished)

    def _busy(self, place: int, until: float) -> None:
        self._rosters[place].busy_until = until
        heapq.heappush(self._events, (until, FREE, place))

    def _pick(self, roster: Roster, at: float) -> Ticket | None:
        """The next ticket of a counter, out of its line; None when nobody waits for it."""
        ticket = self._overdue(roster, at) or self._by_turns(roster)
        if ticket is not None:
            self._lines[ticket.line][URGENT if ticket.priority else ORDINARY].popleft()
        return ticket

    def _overdue(self, roster: Roster, at: float) -> Ticket | None:
        if math.isinf(self._guard):
            return None
        heads = [head for tier in roster.tiers for head in self._heads(roster, tier) if head]
        oldest = min(heads, key=lambda ticket: ticket.number, default=None)
        return oldest if oldest and at - oldest.arrived > self._guard else None

    def _by_turns(self, roster: Roster) -> Ticket | None:
        for tier in roster.tiers:
            ordinary, urgent = self._heads(roster, tier)
            if ordinary and urgent:
                turn = roster.turn % sum(roster.turns)
                roster.turn += 1
                return urgent if turn < roster.turns[0] else ordinary
            if ordinary or urgent:
                return urgent or ordinary
        return None

    def _heads(self, roster: Roster, tier: tuple[int, ...]) -> tuple[Ticket | None, Ticket | None]:
        """The oldest ordinary and the oldest urgent ticket of these lines."""
        ordinary: Ticket | None = None
        urgent: Ticket | None = None
        for line in tier:
            waiting = self._lines[line]
            head = _head(waiting[URGENT])
            if head is not None and (urgent is None or head.number < urgent.number):
                urgent = head
            head = None if roster.only_urgent else _head(waiting[ORDINARY])
            if head is not None and (ordinary is None or head.number < ordinary.number):
                ordinary = head
        return ordinary, urgent


def _head(waiting: deque[Ticket]) -> Ticket | None:
    """The first who has not left."""
    while waiting and waiting[0].outcome:
        waiting.popleft()
    return waiting[0] if waiting else None


def _leave(ticket: Ticket, at: float) -> None:
    if math.isnan(ticket.called):
        ticket.outcome, ticket.finished = "abandoned", at
