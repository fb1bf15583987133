"""One working day of one office in memory: tickets, lines, counters, numbers, and their indexes.

Everything here is derived from the day's events (see `happening.py`); the indexes follow each
ticket by themselves because `put_ticket` is the only way to change one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from queue_server.domain.book import Book, BookChanges
from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.events import Event
from queue_server.domain.faults import UnknownCounter, UnknownService, UnknownTicket
from queue_server.domain.number_series import LeasedBlock, NumberSeries
from queue_server.domain.office import Counter, Office, PriorityUse, Service
from queue_server.domain.people import Person
from queue_server.domain.shelf import Shelf, ShelfChanges
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState
from queue_server.domain.waiting_line import Rank, WaitingLine

Lines = dict[tuple[str, PriorityClass], WaitingLine]


@dataclass(slots=True)
class Changes:
    """What a piece of work touched: the events in order and the newest form of each row.

    `day_state` says that the day itself changed: opened, closed, or configured anew. `people` who
    sign in belong to no day; None means: forget the row.
    """

    events: list[Event] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: dict[int, CounterNow] = field(default_factory=dict)
    series: dict[str, NumberSeries] = field(default_factory=dict)
    blocks: dict[tuple[str, int], LeasedBlock] = field(default_factory=dict)
    day_state: bool = False
    book: BookChanges = field(default_factory=BookChanges)
    shelf: ShelfChanges = field(default_factory=ShelfChanges)
    people: dict[str, Person | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.events)


class OfficeDay:
    """The day's state. Handlers in `*_moves.py` read it; only `happening.apply` changes it."""

    def __init__(self, office: Office, day: date) -> None:
        self.office = office
        self.day = day
        self.opened = False
        self.closed = False
        self.last_at: datetime | None = None
        self.tickets: dict[str, Ticket] = {}
        self.counters: dict[int, CounterNow] = {}
        self.series: dict[str, NumberSeries] = {}
        self.blocks: dict[tuple[str, int], LeasedBlock] = {}
        self.book = Book()
        self.shelf = Shelf()
        self.changes = Changes()
        self._labels: dict[str, str] = {}
        self._lines: Lines = {}
        self._sent: dict[int, Lines] = {}
        self._working: dict[int, Counter] = {}
        self._listed: frozenset[str] = frozenset()
        self._aside: dict[TicketState, set[str]] = {
            TicketState.HELD: set(),
            TicketState.RESERVED: set(),
        }
        self.configure(office)

    # -- looking up -----------------------------------------------------------------------

    def service(self, service_id: str) -> Service:
        """The configured service.

        Raises:
            UnknownService: the office does not offer it.
        """
        try:
            return self.office.services[service_id]
        except KeyError:
            raise UnknownService(f"no service '{service_id}'") from None

    def counter(self, number: int) -> tuple[Counter, CounterNow]:
        """The counter with the work profile that it has now, and its state.

        Raises:
            UnknownCounter: the office has no such counter.
        """
        try:
            return self._working[number], self.counters[number]
        except KeyError:
            raise UnknownCounter(f"no counter {number}") from None

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket of today by id.

        Raises:
            UnknownTicket: none has this id today.
        """
        try:
            return self.tickets[ticket_id]
        except KeyError:
            raise UnknownTicket(f"no ticket '{ticket_id}' today") from None

    def labelled(self, label: str) -> Ticket:
        """A ticket of today by the number people read, for example A012.

        Raises:
            UnknownTicket: none has this number today.
        """
        try:
            return self.tickets[self._labels[label.strip().upper()]]
        except KeyError:
            raise UnknownTicket(f"no ticket with number '{label}' today") from None

    def is_taken(self, label: str) -> bool:
        """Whether a ticket of today bears this number already."""
        return label in self._labels

    def blocks_of(self, service: str) -> list[LeasedBlock]:
        """The blocks of this service that kiosks hold."""
        return [block for block in self.blocks.values() if block.service == service]

    def line(self, service: str, priority: PriorityClass) -> WaitingLine:
        """The waiting line of a service and class; tickets sent to one counter stand apart."""
        line = self._lines.get((service, priority))
        if line is None:
            line = self._lines[service, priority] = WaitingLine()
        return line

    def sent_to(self, counter: int) -> Iterable[WaitingLine]:
        """Tickets transferred to this very counter, in a line for each service and class."""
        return self._sent.get(counter, {}).values()

    def may_serve(self, counter: Counter, service: str) -> Rank | None:
        """How the counter ranks a service, or None where others serve it.

        What no counter lists, for example a removed service, is everybody's, after their own
        work: nobody shall wait where no one can call.
        """
        entry = counter.entry(service)
        if entry is not None:
            return Rank(entry.order, entry.weight)
        if service in self._listed:
            return None
        return Rank(order=1 + max((e.order for e in counter.profile), default=0))

    def is_staffed(self, counter: int) -> bool:
        """Whether the tickets sent to this counter are its own: it is there and not closed."""
        known = counter in self.office.counters
        return known and self.counters[counter].state is not CounterState.CLOSED

    def reach_of(self, number: int) -> Iterator[tuple[WaitingLine, Rank]]:
        """The lines that hold somebody this counter may call, with their rank."""
        counter = self._working[number]
        for line in self.sent_to(number):
            if line:
                yield line, Rank(sent=True)
        strays = (lines for n, lines in self._sent.items() if n != number if not self.is_staffed(n))
        for (service, priority), line in chain(self._lines.items(), *(s.items() for s in strays)):
            normal = priority is PriorityClass.NORMAL
            if not line or (normal and counter.priority is PriorityUse.DEDICATED):
                continue
            rank = self.may_serve(counter, service)
            if rank is not None:
                yield line, rank

    def aside(self, state: TicketState) -> list[Ticket]:
        """The held or the reserved tickets, in order of their place."""
        return sorted((self.tickets[i] for i in self._aside[state]), key=lambda t: t.place)

    def held_at(self, counter: int) -> list[Ticket]:
        """Held tickets that belong to this counter."""
        return [t for t in self.aside(TicketState.HELD) if t.counter == counter]

    def waiting_for(self, counter: int) -> int:
        """How many waiting tickets this counter could be asked to serve."""
        return sum(len(line) for line, _ in self.reach_of(counter))

    def next_serial(self) -> int:
        """Running number of the next ticket of the day, over all services."""
        return len(self.tickets) + 1

    # -- changing -------------------------------------------------------------------------

    def configure(self, office: Office) -> None:
        """Use this configuration; what a removed service or counter left behind stays known."""
        before, self.office = self.office, office
        for number in office.counters:
            self.counters.setdefault(number, CounterNow(number=number))
        self._follow_profiles()
        for service in office.services.values():
            series = self.series.get(service.id)
            known = before.services.get(service.id)
            unused = known is not None and series == NumberSeries.of(known)
            if series is None or unused:
                self.series[service.id] = NumberSeries.of(service)
            else:
                self.series[service.id] = replace(series, last=service.last_number)

    def put_ticket(self, ticket: Ticket) -> None:
        """Replace or add a ticket and move it between the indexes."""
        old = self.tickets.get(ticket.id)
        if old is not None:
            self._forget(old)
        self.tickets[ticket.id] = ticket
        self._labels[ticket.label] = ticket.id
        self._remember(ticket)
        self.changes.tickets[ticket.id] = ticket

    def put_counter(self, counter: CounterNow) -> None:
        """Replace a counter's state."""
        before = self.counters.get(counter.number)
        self.counters[counter.number] = counter
        if (before.profile if before else None) != counter.profile:
            self._follow_profiles()
        self.changes.counters[counter.number] = counter

    def _follow_profiles(self) -> None:
        """Each counter as it works now, and what none of them lists."""
        self._working = {
            number: counter.working_as(self.counters[number].profile)
            for number, counter in self.office.counters.items()
        }
        working = self._working.values()
        self._listed = frozenset(entry.service for one in working for entry in one.profile)

    def put_series(self, series: NumberSeries) -> None:
        """Replace a number series."""
        self.series[series.service] = series
        self.changes.series[series.service] = series

    def put_block(self, block: LeasedBlock) -> None:
        """Add or replace a leased block."""
        self.blocks[block.service, block.first] = block
        self.changes.blocks[block.service, block.first] = block

    def take_changes(self) -> Changes:
        """What happened since the last time this was asked."""
        taken, self.changes = self.changes, Changes()
        taken.book = self.book.take_changes()
        taken.shelf = self.shelf.take_changes()
        return taken

    def restore(
        self,
        tickets: Iterable[Ticket],
        counters: Iterable[CounterNow],
        series: Iterable[NumberSeries],
        blocks: Iterable[LeasedBlock],
    ) -> None:
        """Take over rows that were stored or committed; they do not count as changes."""
        for ticket in tickets:
            self.put_ticket(ticket)
        for counter in counters:
            self.put_counter(counter)
        for one in series:
            self.put_series(one)
        for block in blocks:
            self.put_block(block)
        self.changes = Changes()

    def _line_of(self, ticket: Ticket) -> WaitingLine:
        if ticket.to_counter is not None:
            lines = self._sent.setdefault(ticket.to_counter, {})
            return lines.setdefault((ticket.service, ticket.priority), WaitingLine())
        return self.line(ticket.service, ticket.priority)

    def _forget(self, ticket: Ticket) -> None:
        if ticket.state is TicketState.WAITING:
            self._line_of(ticket).leave(ticket)
        elif ticket.state in self._aside:
            self._aside[ticket.state].discard(ticket.id)

    def _remember(self, ticket: Ticket) -> None:
        if ticket.state is TicketState.WAITING:
            self._line_of(ticket).join(ticket)
        elif ticket.state in self._aside:
            self._aside[ticket.state].add(ticket.id)
