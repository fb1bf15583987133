"""A day as it was, read from its events: who came, how long each took, when counters were open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median

from queue_server.domain import events as e
from queue_server.domain.counter_now import CounterState
from queue_server.domain.happening import apply
from queue_server.domain.office import Office, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.verify_store import NOTHING

AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
CAME_AT_ONCE_S = 5.0
"""Whoever waited less was called by a clerk who had been free: when, the log does not know."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One citizen of the day.

    `taken_s` is how long a counter was taken from the call on, over all calls of the visit; None
    where nobody called. `came` is False for a no-show. `left_at`: gave up while waiting.
    """

    ticket: str
    service: str
    priority: PriorityClass
    came_at: datetime
    appointment_at: datetime | None
    taken_s: float | None
    came: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shift:
    """A counter was open from `start` to `end`."""

    counter: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class PastDay:
    """All that a trial needs. `guessed` visits have the median time of their service."""

    office: Office
    day: date
    visits: tuple[Visit, ...]
    shifts: tuple[Shift, ...]
    tickets: tuple[Ticket, ...]
    guessed: int


@dataclass(slots=True)
class _Period:
    """A counter taken by one ticket; `sure` unless the end may only be the next citizen's call."""

    ticket: str
    start: datetime
    end: datetime
    sure: bool = True

    @property
    def seconds(self) -> float:
        return (self.end - self.start).total_seconds()


@dataclass(slots=True)
class _Walk:
    """Follows the events and notes when counters are taken and open."""

    day: OfficeDay
    began: dict[str, datetime] = field(default_factory=dict)
    opened: dict[int, datetime] = field(default_factory=dict)
    periods: dict[int, list[_Period]] = field(default_factory=dict)
    shifts: list[Shift] = field(default_factory=list)
    left: dict[str, datetime] = field(default_factory=dict)
    last_work: datetime | None = None
    just_ended: _Period | None = None

    def follow(self, event: e.Event) -> None:
        tickets = [event.ticket] if isinstance(event, e.TicketEvent) else []
        before = {i: self.day.tickets.get(i) for i in tickets}
        states = {n: now.state for n, now in self.day.counters.items()}
        ended_before = self.just_ended
        apply(event, self.day)
        for ticket_id, old in before.items():
            self._ticket(old, self.day.tickets[ticket_id], event)
        for number, now in self.day.counters.items():
            if now.state is not states.get(number, CounterState.CLOSED):
                self._counter(number, now.state, event.at)
        if self.just_ended is ended_before:
            self.just_ended = None

    def _ticket(self, old: Ticket | None, new: Ticket, event: e.Event) -> None:
        was, is_now = old is not None and old.state in AT_COUNTER, new.state in AT_COUNTER
        if is_now and not was:
            self.began[new.id] = event.at
            self._doubt_the_one_before(new, event.at)
        elif was and not is_now and old is not None and old.counter is not None:
            self._ended(old.counter, new.id, event)
        if isinstance(event, e.TicketCancelled):
            self.left[new.id] = event.at

    def _doubt_the_one_before(self, ticket: Ticket, at: datetime) -> None:
        """Ended by this very call, which came as soon as somebody was there: not a sure end."""
        waited = wait_s(self.day.office, ticket)
        before = self.just_ended
        if before and before.end == at and waited is not None and waited < CAME_AT_ONCE_S:
            before.sure = False

    def _ended(self, counter: int, ticket: str, event: e.Event) -> None:
        start = self.began.pop(ticket)
        undone = isinstance(event, e.MoveUndone)
        expired = isinstance(event, e.TicketExpired)
        if not undone:
            period = _Period(ticket, start, event.at, sure=not expired)
            self.periods.setdefault(counter, []).append(period)
            self.just_ended = period
        if not expired:
            self.last_work = event.at

    def _counter(self, number: int, state: CounterState, at: datetime) -> None:
        if state is CounterState.OPEN:
            self.opened[number] = at
        elif number in self.opened:
            self._shift(number, self.opened.pop(number), at)

    def _shift(self, number: int, start: datetime, end: datetime) -> None:
        if working_day(end) == self.day.day and end > start:
            self.shifts.append(Shift(number, start, end))
        elif self.last_work is not None and self.last_work > start:
            # Nobody closed this counter; the midnight did. Nobody worked there until then.
            self.shifts.append(Shift(number, start, self.last_work))

    def finish(self) -> None:
        for number, start in self.opened.items():
            self._shift(number, start, start + timedelta(days=1))
        self.opened.clear()


def past_day(day: date, events: Iterable[e.Event]) -> PastDay:
    """Read a day back from its events, which carry the office's configuration."""
    walk = _Walk(OfficeDay(NOTHING, day))
    for event in events:
        walk.follow(event)
    walk.finish()
    taken, guessed = _times(walk)
    visits = [
        _visit(ticket, taken.get(ticket.id), walk.left.get(ticket.id))
        for ticket in walk.day.tickets.values()
        if ticket.state is not TicketState.VOID
    ]
    return PastDay(
        office=walk.day.office,
        day=day,
        visits=tuple(sorted(visits, key=lambda visit: visit.came_at)),
        shifts=tuple(walk.shifts),
        tickets=tuple(walk.day.tickets.values()),
        guessed=guessed,
    )


def _visit(ticket: Ticket, taken_s: float | None, left_at: datetime | None) -> Visit:
    return Visit(
        ticket=ticket.id,
        service=ticket.service,
        priority=ticket.priority,
        came_at=ticket.issued_at,
        appointment_at=ticket.appointment_at,
        taken_s=taken_s,
        came=ticket.state is not TicketState.NO_SHOW,
        left_at=left_at,
    )


def _times(walk: _Walk) -> tuple[dict[str, float], int]:
    """How long each ticket took a counter, and for how many the end was not sure.

    A time whose end is not sure counts as the median of the sure ones of its service where that
    is shorter; the last of each counter is not sure where it is longer than every other.
    """
    sure: dict[str, list[float]] = {}
    for periods in walk.periods.values():
        for period in periods[:-1]:
            if period.sure:
                service = walk.day.tickets[period.ticket].service
                sure.setdefault(service, []).append(period.seconds)
    taken: dict[str, float] = {}
    guessed: set[str] = set()
    for periods in walk.periods.values():
        for place, period in enumerate(periods, 1):
            known = sure.get(walk.day.tickets[period.ticket].service, [])
            seconds = period.seconds
            last = place == len(periods)
            if known and (not period.sure or (last and seconds > max(known))):
                seconds = min(seconds, median(known))
                guessed.add(period.ticket)
            taken[period.ticket] = taken.get(period.ticket, 0.0) + seconds
    return taken, len(guessed)


def with_priority(past: PastDay, share: float) -> PastDay:
    """The same day, as if `share` (0 to 1) of its people, evenly spread, had priority.

    For a log that knows no priority: every rule would give the same.
    """
    visits = [
        replace(visit, priority=_spread(place, share)) for place, visit in enumerate(past.visits)
    ]
    classes = {visit.ticket: visit.priority for visit in visits}
    tickets: Sequence[Ticket] = [
        replace(ticket, priority=classes.get(ticket.id, ticket.priority)) for ticket in past.tickets
    ]
    return replace(past, visits=tuple(visits), tickets=tuple(tickets))


def _spread(place: int, share: float) -> PriorityClass:
    hit = int((place + 1) * share) > int(place * share)
    return PriorityClass.AGE_60 if hit else PriorityClass.NORMAL
