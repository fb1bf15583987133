"""One day of a simulated office: people come, counters call by weighted turns, some leave.

The clock jumps from event to event. A counter that becomes free picks the oldest ticket it may
serve, of the priority class for two turns and then of the ordinary class for one, as the office's
calling rule does; where one class is empty the other goes on.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass, field
from random import Random

from edge_models.simulator.office import Office

ARRIVE, LEAVE, FREE = range(3)
MONDAY = 0
# A citizen who does not come when called costs the counter a minute.
NO_SHOW_MIN = 1.0
TICKET_S = 5.0


@dataclass(slots=True)
class Ticket:
    """What the ticket log says about one ticket, as far as it came."""

    number: int
    line: int
    arrived: float
    priority: int
    minutes: float
    shows_up: bool
    patience: float
    called: float = math.nan
    finished: float = math.nan
    counter: int = -1
    outcome: str = ""


@dataclass(slots=True)
class _Day:
    """The state between two events."""

    office: Office
    rng: Random
    lines: dict[tuple[int, int], deque[Ticket]]
    idle: set[int] = field(default_factory=set)
    turn: list[int] = field(default_factory=list)
    busy_until: list[float] = field(default_factory=list)
    events: list[tuple[float, int, int]] = field(default_factory=list)

    def pick(self, counter: int) -> Ticket | None:
        """The next ticket of a counter; None when nobody waits for it."""
        heads: list[Ticket | None] = [None, None]
        for line in self.office.counters[counter]:
            for priority in (0, 1):
                waiting = self.lines[line, priority]
                while waiting and waiting[0].outcome:
                    waiting.popleft()
                best = heads[priority]
                if waiting and (best is None or waiting[0].number < best.number):
                    heads[priority] = waiting[0]
        first, others = self.office.turns
        ordinary, urgent = heads
        turn = self.turn[counter] % (first + others)
        chosen = urgent if urgent and (turn < first or not ordinary) else ordinary
        if chosen is not None:
            self.turn[counter] += 1 if urgent and ordinary else 0
            self.lines[chosen.line, chosen.priority].popleft()
        return chosen


def simulate_day(office: Office, weekday: int, rng: Random) -> list[Ticket]:
    """Tickets in the order they were issued."""
    tickets = _arrivals(office, weekday, rng)
    pairs = ((line, priority) for line in range(len(office.lines)) for priority in (0, 1))
    day = _Day(office, rng, {pair: deque() for pair in pairs}, turn=[0] * len(office.counters))
    day.busy_until = [-math.inf] * len(office.counters)
    day.events = [(ticket.arrived, ARRIVE, ticket.number) for ticket in tickets]
    for counter in range(len(office.counters)):
        day.events += [(start, FREE, counter) for start, _ in office.sessions]
    heapq.heapify(day.events)
    breaks = [_breaks(office, rng) for _ in office.counters]
    while day.events:
        at, kind, which = heapq.heappop(day.events)
        if kind == ARRIVE:
            _arrive(day, tickets[which], at)
        elif kind == LEAVE:
            _leave(tickets[which], at)
        else:
            day.idle.discard(which)
            _next(day, which, at, breaks[which])
    for ticket in tickets:
        ticket.outcome = ticket.outcome or "expired"
    return tickets


def _arrive(day: _Day, ticket: Ticket, at: float) -> None:
    day.lines[ticket.line, ticket.priority].append(ticket)
    if math.isfinite(ticket.patience):
        heapq.heappush(day.events, (at + ticket.patience, LEAVE, ticket.number))
    for counter in sorted(day.idle):
        if ticket.line in day.office.counters[counter]:
            day.idle.discard(counter)
            heapq.heappush(day.events, (at, FREE, counter))
            break


def _leave(ticket: Ticket, at: float) -> None:
    if math.isnan(ticket.called):
        ticket.outcome, ticket.finished = "abandoned", at


def _next(day: _Day, counter: int, at: float, breaks: list[float]) -> None:
    """The counter is free: it rests, or calls, or waits, or its session is over."""
    # A session may begin while the last service of the one before goes on.
    if at < day.busy_until[counter] or not _open(day.office, at):
        return
    if breaks and at >= breaks[0]:
        breaks.pop(0)
        _busy(day, counter, at + day.office.break_min)
        return
    ticket = day.pick(counter)
    if ticket is None:
        day.idle.add(counter)
        return
    ticket.called, ticket.counter = at, counter
    ticket.outcome = "finished" if ticket.shows_up else "no_show"
    ticket.finished = at + (ticket.minutes if ticket.shows_up else NO_SHOW_MIN)
    _busy(day, counter, ticket.finished)


def _busy(day: _Day, counter: int, until: float) -> None:
    day.busy_until[counter] = until
    heapq.heappush(day.events, (until, FREE, counter))


def _open(office: Office, at: float) -> bool:
    last = office.sessions[-1][1]
    inside = any(start <= at < end for start, end in office.sessions)
    return inside or last <= at < last + office.overtime


def _breaks(office: Office, rng: Random) -> list[float]:
    pauses = (s for s in office.sessions if rng.random() < office.break_share)
    return [rng.uniform(start, end) for start, end in pauses]


def _arrivals(office: Office, weekday: int, rng: Random) -> list[Ticket]:
    mean = office.visits * (office.monday if weekday == MONDAY else 1.0)
    mean *= rng.lognormvariate(-(office.daily_cv**2) / 2, office.daily_cv)
    # A Poisson number, near enough: people come independently of each other.
    number = max(0, round(rng.gauss(mean, math.sqrt(mean))))
    times = sorted(at for at in (_time(office, rng) for _ in range(number)) if at is not None)
    shares = [line.share for line in office.lines]
    lines = rng.choices(range(len(office.lines)), shares, k=len(times))
    opening, tickets, last = office.sessions[0][0], [], -math.inf
    for place, (at, line) in enumerate(zip(times, lines, strict=True)):
        # Before opening people stand at the machine; it gives their tickets one after the other.
        issued = max(at, opening)
        issued = max(issued, last + TICKET_S / 60) if at < opening else issued
        last = issued
        tickets.append(_ticket(office, rng, place, line, issued))
    tickets.sort(key=lambda ticket: ticket.arrived)
    for place, ticket in enumerate(tickets):
        ticket.number = place
    return tickets


def _time(office: Office, rng: Random) -> float | None:
    """When somebody comes; None for an appointment that nobody keeps."""
    if rng.random() < office.appointments:
        if rng.random() < office.appointment_no_show:
            return None
        start, end = rng.choice(office.sessions)
        return start + 15 * math.floor(rng.uniform(0, (end - start) / 15))
    if rng.random() < office.before_opening:
        return office.sessions[0][0] - rng.uniform(0, 60)
    slots, weights = list(office.half_hours), list(office.half_hours.values())
    return rng.choices(slots, weights)[0] + rng.uniform(0, 30)


def _ticket(office: Office, rng: Random, number: int, line: int, at: float) -> Ticket:
    what = office.lines[line]
    if office.exponential:
        minutes = rng.expovariate(1 / what.minutes)
    else:
        spread = math.sqrt(math.log(1 + what.cv**2))
        minutes = what.minutes * rng.lognormvariate(-(spread**2) / 2, spread)
    if rng.random() < office.bulk:
        minutes *= rng.uniform(*office.bulk_times)
    patience = rng.uniform(*office.patience) if rng.random() < office.impatient else math.inf
    priority = int(rng.random() < office.priority)
    shows_up = rng.random() >= office.no_show
    return Ticket(number, line, at, priority, minutes, shows_up, patience)
