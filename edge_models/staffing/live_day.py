"""The rest of a day, played from this moment on the floor that whole simulated days use.

Who waits now and who comes within the horizon is played until all of them are called; whoever comes
later is not drawn: in these lines they stand behind. Nobody loses patience, because no log says how
many would: the waits are those of an office where everybody stays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from edge_models.simulator.floor import Floor, Roster
from edge_models.simulator.office import Line
from edge_models.simulator.ticket import Ticket
from edge_models.staffing.live_state import Desk, LiveState

HORIZON_MIN = 120.0
TRIES = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """A closed counter that would be opened at a minute of the day."""

    desk: Desk
    at: float


@dataclass(slots=True)
class People:
    """One drawing of the future: who waits and comes, and when each busy counter is free."""

    tickets: list[Ticket]
    free_at: list[float]


def draw_people(state: LiveState, rng: Random, horizon: float = HORIZON_MIN) -> People:
    """Draw one future; the same generator gives the same."""
    tickets = [
        Ticket(
            0, one.line, state.at - one.waited, one.priority, 0.0, shows_up=True, patience=math.inf
        )
        for one in state.waiting
    ]
    busier = _busier(state.day_cv, rng)
    for line in range(len(state.lines)):
        for start, end, mean in state.pieces(line, horizon):
            for _ in range(_poisson(mean * busier, rng)):
                urgent = int(rng.random() < state.priority)
                at = rng.uniform(start, end)
                tickets.append(Ticket(0, line, at, urgent, 0.0, shows_up=True, patience=math.inf))
    tickets.sort(key=lambda ticket: ticket.arrived)
    for number, ticket in enumerate(tickets):
        ticket.number = number
        ticket.minutes = _minutes(state.lines[ticket.line], rng)
        ticket.shows_up = rng.random() >= state.no_show
    return People(tickets, [_free_at(state, desk, rng) for desk in state.desks])


def play(state: LiveState, people: People, opened: Sequence[Opened] = ()) -> list[Ticket]:
    """Play a future with these counters opened; the same people may be played again."""
    for ticket in people.tickets:
        ticket.called = ticket.finished = math.nan
        ticket.counter, ticket.outcome = -1, ""
    rosters = [
        _roster(state, desk, state.at if desk.open else math.inf, free)
        for desk, free in zip(state.desks, people.free_at, strict=True)
    ]
    rosters += [_roster(state, one.desk, one.at, -math.inf) for one in opened]
    Floor(len(state.lines), rosters, 0.0, state.guard).play(people.tickets)
    return people.tickets


def mean_wait(state: LiveState, tickets: Sequence[Ticket]) -> float:
    """Minutes of waiting in the mean; whoever was not called has waited to the end of the day."""
    if not tickets:
        return 0.0
    end = max(state.at, state.sessions[-1][1] + state.late_min)
    total = sum((end if math.isnan(t.called) else t.called) - t.arrived for t in tickets)
    return total / len(tickets)


def calls_from(state: LiveState, since: float) -> list[tuple[float, float]]:
    """When a counter that is there from `since` on calls."""
    sessions = [(start, end + state.late_min) for start, end in state.sessions]
    return [(max(start, since), end) for start, end in sessions if end > since]


def _roster(state: LiveState, desk: Desk, since: float, busy_until: float) -> Roster:
    return Roster(
        desk.tiers, calls_from(state, since), desk.turns, desk.only_urgent, busy_until=busy_until
    )


def _busier(cv: float, rng: Random) -> float:
    return rng.gammavariate(1 / cv**2, cv**2) if cv > 0 else 1.0


def _poisson(mean: float, rng: Random) -> int:
    """Count the exponential steps that fit into the mean."""
    passed, number = rng.expovariate(1.0), 0
    while passed < mean:
        number += 1
        passed += rng.expovariate(1.0)
    return number


def _minutes(line: Line, rng: Random) -> float:
    spread = math.sqrt(math.log(1 + line.cv**2))
    return line.minutes * rng.lognormvariate(-(spread**2) / 2, spread)


def _free_at(state: LiveState, desk: Desk, rng: Random) -> float:
    """When the service that goes on ends: a service time that is longer than it has taken yet."""
    if desk.busy_line is None:
        return -math.inf
    line = state.lines[desk.busy_line]
    for _ in range(TRIES):
        minutes = _minutes(line, rng)
        if minutes > desk.busy_min:
            return state.at + minutes - desk.busy_min
    return state.at + line.minutes / 2
