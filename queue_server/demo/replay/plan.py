"""Turns a logged day into steps in order of time, and finds a counter for each call.

The log's order is the truth: when it says that a ticket was called, a counter calls this number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from queue_server.adapters.ticket_log import LoggedDay, LoggedTicket

LEFT = frozenset({"abandoned", "cancelled"})
ABSENT = frozenset({"no_show", "no-show"})


class Act(StrEnum):
    """What is done with a ticket; all but issue and leave are moves of a counter."""

    ISSUE = "issue"
    CALL = "call"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no-show"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Step:
    """One request to the running system."""

    at: datetime
    act: Act
    ticket: LoggedTicket
    counter: int = 0


@dataclass(slots=True)
class Seat:
    """A counter in the making; `names` are the log's, `free_at` when its last serving ends."""

    number: int
    name: str
    services: list[str] = field(default_factory=list)
    free_at: datetime | None = None
    unfinished: LoggedTicket | None = None

    def is_free(self, at: datetime) -> bool:
        """Whether nobody is served here at that moment."""
        return self.free_at is None or self.free_at <= at


@dataclass(slots=True)
class Plan:
    """Everything to be done; `hurried` servings end before the log says, for want of a counter."""

    steps: list[Step]
    seats: list[Seat]
    services: list[str]
    hurried: int


class Seating:
    """Gives each call a counter: the one the log names, else one that is free.

    Where the log names no counter or one that is still busy, a free one of the service is taken; a
    new office gets one more where none is free, an existing one ends its earliest serving early.
    """

    def __init__(self, seats: Iterable[Seat], *, may_grow: bool) -> None:
        self.seats = list(seats)
        self.hurried: set[int] = set()
        self._may_grow = may_grow

    def seat_for(self, ticket: LoggedTicket, called_at: datetime) -> Seat:
        """The counter that calls this ticket; it is taken until the serving ends."""
        seat = self._choose(ticket, called_at)
        if not seat.is_free(called_at) and seat.unfinished is not None:
            self.hurried.add(seat.unfinished.line)
        seat.free_at = ticket.finished_at or ticket.started_at or called_at
        seat.unfinished = ticket
        return seat

    def _choose(self, ticket: LoggedTicket, at: datetime) -> Seat:
        named = [seat for seat in self.seats if ticket.counter and seat.name == ticket.counter]
        if named and named[0].is_free(at) and self._serves(named[0], ticket.service):
            return named[0]
        if ticket.counter and not named and self._may_grow:
            return self._grow(ticket.counter, ticket.service)
        serving = [seat for seat in self.seats if ticket.service in seat.services]
        if self._may_grow:
            # Somebody else's named counter stays free for the calls that name it.
            serving = [seat for seat in serving if not seat.name]
        free = [seat for seat in serving if seat.is_free(at)]
        if free:
            return free[0]
        if self._may_grow:
            return self._grow("", ticket.service)
        return min(serving, key=lambda seat: seat.free_at or at)

    def _serves(self, seat: Seat, service: str) -> bool:
        if service not in seat.services and self._may_grow:
            seat.services.append(service)
        return service in seat.services

    def _grow(self, name: str, service: str) -> Seat:
        self.seats.append(Seat(len(self.seats) + 1, name, [service]))
        return self.seats[-1]


def make_plan(day: LoggedDay, seats: Iterable[Seat] | None = None) -> Plan:
    """Plan a logged day.

    Args:
        day: what the log says.
        seats: the counters of an existing office; each service of the day must have one. None
            for a new office, which gets the counters that the log needs.
    """
    seating = Seating(seats or (), may_grow=seats is None)
    called = [(t.called_at, t) for t in day.tickets if t.called_at is not None]
    called.sort(key=lambda pair: (pair[0], pair[1].line))
    counters = {t.line: seating.seat_for(t, at).number for at, t in called}
    steps = [step for ticket in day.tickets for step in _steps(ticket, counters, seating.hurried)]
    steps += _last_finishes(seating.seats, steps)
    steps.sort(key=_in_order)
    services = list(dict.fromkeys(ticket.service for ticket in day.tickets))
    return Plan(steps, seating.seats, services, len(seating.hurried))


def _steps(ticket: LoggedTicket, counters: dict[int, int], hurried: set[int]) -> list[Step]:
    steps = [Step(ticket.arrived_at, Act.ISSUE, ticket)]
    left_at = ticket.finished_at
    if ticket.called_at is None:
        if left_at is not None and ticket.outcome in LEFT:
            steps.append(Step(left_at, Act.LEAVE, ticket))
        return steps
    counter = counters[ticket.line]
    steps.append(Step(ticket.called_at, Act.CALL, ticket, counter))
    if ticket.outcome in ABSENT:
        at = left_at or ticket.called_at
        return [*steps, Step(at, Act.NO_SHOW, ticket, counter)]
    # Who is not known to have started has: a counter that waits for somebody cannot call.
    steps.append(Step(ticket.started_at or ticket.called_at, Act.START, ticket, counter))
    if left_at is not None and ticket.line not in hurried:
        steps.append(Step(left_at, Act.FINISH, ticket, counter))
    return steps


def _last_finishes(seats: Iterable[Seat], steps: list[Step]) -> list[Step]:
    """Where the log knows no end, the next call ends a serving, and the end of the log the last."""
    end = max((step.at for step in steps), default=None)
    return [
        Step(end, Act.FINISH, seat.unfinished, seat.number)
        for seat in seats
        if seat.unfinished is not None
        and seat.unfinished.finished_at is None
        and seat.unfinished.outcome not in ABSENT
        and end is not None
    ]


def _in_order(step: Step) -> tuple[datetime, int, int]:
    """At one instant: first what ends, then who comes, then who is called, with all its steps."""
    ticket = step.ticket
    if step.act is Act.ISSUE:
        return step.at, 1, ticket.line
    begun = ticket.called_at if step.act is not Act.LEAVE else ticket.arrived_at
    return step.at, 2 if begun == step.at else 0, ticket.line
