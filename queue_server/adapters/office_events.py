"""Tells the lines of the forecast what the office's events mean for them, live and replayed alike.

A ticket may stand in lines several times (sent back, transferred, a call undone): each time is a
leg of its own, known by `(ticket, leg)`. Times are local minutes of the working day. Nothing is
asked from the office day: the events carry all, so they may be taken later than they happened.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from queue_server.domain import events as e
from queue_server.domain.office import ZONE, Counter, Office
from queue_server.domain.ticket import PriorityClass

Arriving = Callable[[str, str, float, float], None]
NOT_IN_LINE = -1
CALLED, RESUMED, OTHER = "called", "resumed", "other"


class Lines(Protocol):
    """What follows the lines: `edge_models.wait.office_now.OfficeNow`, and formulas."""

    def arrive(self, ticket: Hashable, service: str, at: float, priority: float) -> None:
        """Somebody joins a line."""
        ...

    def call(self, ticket: Hashable, service: str, at: float, counter: int) -> None:
        """Somebody is called to a counter; who stands in no line only makes it busy."""
        ...

    def finish(self, ticket: Hashable, service: str, at: float) -> None:
        """Somebody leaves the line, or the counter."""
        ...

    def open_counters(self, service: str, number: int) -> None:
        """So many counters serve this line now."""
        ...


@dataclass(slots=True)
class _Ticket:
    service: str
    priority: float
    arrived: float
    leg: int = 0
    last: str | None = None


def minute_of(at: datetime) -> float:
    """Minutes since local midnight."""
    local = at.astimezone(ZONE)
    return local.hour * 60 + local.minute + local.second / 60 + local.microsecond / 60e6


@dataclass(slots=True)
class OfficeEvents:
    """Takes events in order; `begin` gives the lines of a new day.

    `arriving` is told ticket, service, minute and priority just before a newcomer joins.
    """

    begin: Callable[[date], Lines]
    arriving: Arriving = lambda _ticket, _service, _at, _priority: None
    office: Office | None = None
    lines: Lines | None = None
    day: date | None = None
    _tickets: dict[str, _Ticket] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)
    _profiles: dict[int, str | None] = field(default_factory=dict)

    def take(self, event: e.Event) -> None:
        """Follow an event; what concerns no line changes nothing."""
        if isinstance(event, e.DayOpened):
            self.day = date.fromisoformat(event.day)
            self.lines = self.begin(self.day)
            self._tickets.clear()
            self._open.clear()
            self._profiles.clear()
        elif isinstance(event, e.OfficeConfigured):
            self.office = event.office
            self._open &= set(event.office.counters)
            self._tell_open(list(event.office.services))
        elif self.lines is None or self.office is None:
            return
        elif isinstance(event, e.TicketReserved):
            self._reserved(event, self.office, self.lines)
        elif isinstance(event, e.TicketEvent):
            self._moved(event, self.lines)
        elif isinstance(event, e.CounterEvent):
            self._counter(event, self.office)

    def counts_from(self, service: str, at: datetime) -> float:
        """The minute from which the wait of somebody counts who comes at `at`."""
        return minute_of(self.office.wait_starts(service, at) if self.office else at)

    def _reserved(self, event: e.TicketReserved, office: Office, lines: Lines) -> None:
        priority = 0.0 if event.priority == PriorityClass.NORMAL else 1.0
        at = minute_of(office.wait_starts(event.service, event.issued_at))
        self.arriving(event.ticket, event.service, at, priority)
        self._tickets[event.ticket] = _Ticket(event.service, priority, at)
        lines.arrive((event.ticket, 0), event.service, at, priority)

    def _moved(self, event: e.TicketEvent, lines: Lines) -> None:
        ticket = self._tickets.get(event.ticket)
        if ticket is None:
            return
        at = max(minute_of(event.at), ticket.arrived)
        key = (event.ticket, ticket.leg)
        last, ticket.last = ticket.last, None
        if isinstance(event, e.TicketCalled):
            lines.call(key, ticket.service, at, event.counter)
            ticket.last = CALLED
        elif isinstance(event, e.ServingResumed):
            ticket.leg += 1
            lines.call((event.ticket, ticket.leg), ticket.service, at, event.counter)
            ticket.last = RESUMED
        elif isinstance(event, e.TicketRecalled | e.ServingStarted | e.ProcedureAdded):
            ticket.last = OTHER
        elif isinstance(event, e.TicketConfirmed | e.NoteAdded | e.SlipGivenAgain):
            ticket.last = last
        elif isinstance(event, e.MoveUndone) and last not in {CALLED, RESUMED}:
            return
        else:
            lines.finish(key, ticket.service, at)
            self._back_in_line(event, ticket, lines, last)

    def _back_in_line(
        self, event: e.TicketEvent, ticket: _Ticket, lines: Lines, last: str | None
    ) -> None:
        """A new leg for who waits again; whoever is sent to one counter stands in no line."""
        if isinstance(event, e.TicketTransferred):
            ticket.service = event.to_service
            joins = event.to_counter is None
        else:
            undone = isinstance(event, e.MoveUndone) and last == CALLED
            again = e.HoldEnded | e.TicketReinstated | e.TicketReturned
            joins = undone or isinstance(event, again)
        ticket.leg += 1
        if joins:
            ticket.arrived = minute_of(event.at)
            key = (event.ticket, ticket.leg)
            lines.arrive(key, ticket.service, ticket.arrived, ticket.priority)

    def _counter(self, event: e.CounterEvent, office: Office) -> None:
        if isinstance(event, e.CounterOpened):
            self._open.add(event.counter)
        elif isinstance(event, e.CounterPaused | e.CounterClosed):
            self._open.discard(event.counter)
        elif isinstance(event, e.ProfileSwitched):
            self._profiles[event.counter] = event.profile
            self._tell_open(list(office.services))
        counter = self._working(event.counter)
        if counter is not None:
            self._tell_open([entry.service for entry in counter.profile])

    def _working(self, number: int) -> Counter | None:
        """The counter as it works now."""
        counter = self.office.counters.get(number) if self.office else None
        return counter.working_as(self._profiles.get(number)) if counter else None

    def _tell_open(self, services: list[str]) -> None:
        if self.office is None or self.lines is None:
            return
        opened = [one for number in self._open if (one := self._working(number))]
        for service in services:
            number = sum(counter.serves(service) for counter in opened)
            self.lines.open_counters(service, number)
