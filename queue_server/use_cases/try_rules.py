"""Plays a past day again with other rules: the real domain decides whom each counter calls.

What it takes as given: who came and when, how long each took a counter, when counters were open,
who gave up and when, and who did not come when called. Breaks of the tried office are kept; a
break of that day which the tried office does not have stays one. Clerks call at once when free.
Who was held or sent on is served in one piece in the line of arrival; whom nobody called that day
takes the median time of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from statistics import median

from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.decide import carry_out
from queue_server.domain.faults import NumbersExhausted, UnknownService
from queue_server.domain.office import ZONE, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.day_figures import Waits
from queue_server.use_cases.past_day import PastDay, Shift, Visit

NOBODY_KNOWS_S = 600.0
"""Used only where a whole service was never served on that day."""

Act = Callable[[datetime], object]


@dataclass(slots=True)
class RuleFigures:
    """What a rule gives on a day.

    `uncalled` stayed until the counters closed or gave up first; their waits are in no mean.
    `turned_away` wanted a service that the tried office does not offer.
    """

    waits: Waits = field(default_factory=Waits)
    priority: Waits = field(default_factory=Waits)
    by_service: dict[str, Waits] = field(default_factory=dict)
    uncalled: int = 0
    turned_away: int = 0

    def count(self, office: Office, tickets: Iterable[Ticket]) -> RuleFigures:
        """Count the waits of a day that is over, as the board defines them."""
        for ticket in tickets:
            wait = wait_s(office, ticket)
            if wait is None:
                self.uncalled += ticket.state is not TicketState.VOID
            elif ticket.accurate:
                self.waits.add(wait)
                self.by_service.setdefault(ticket.service, Waits()).add(wait)
                if ticket.priority is not PriorityClass.NORMAL:
                    self.priority.add(wait)
        return self


def as_it_was(past: PastDay) -> RuleFigures:
    """The figures that the day really had: what a trial of its own rule should come near to."""
    return RuleFigures().count(past.office, past.tickets)


def try_rules(past: PastDay, office: Office) -> RuleFigures:
    """Play the day with this office; nothing is written anywhere."""
    play = _Play(past, office)
    play.run()
    figures = RuleFigures(turned_away=play.turned_away)
    return figures.count(office, play.day.tickets.values())


class _Play:
    def __init__(self, past: PastDay, office: Office) -> None:
        self.day = OfficeDay(office, past.day)
        self.turned_away = 0
        self._past = past
        self._visits = {visit.ticket: visit for visit in past.visits}
        self._usual = _usual_times(past)
        self._coming: list[tuple[datetime, int, Act]] = []
        self._order = 0
        self._on_duty: set[int] = set()
        self._taken: set[int] = set()
        self._free: dict[int, None] = {}

    def run(self) -> None:
        """Everything in order of time; who is free calls after all that happened at an instant."""
        self._plan()
        while self._coming:
            at = self._coming[0][0]
            while self._coming and self._coming[0][0] == at:
                heappop(self._coming)[2](at)
            self._call(at)

    def _at(self, at: datetime, act: Act) -> None:
        self._order += 1
        heappush(self._coming, (at, self._order, act))

    def _plan(self) -> None:
        starts = [visit.came_at for visit in self._past.visits]
        starts += [shift.start for shift in self._past.shifts]
        if not starts:
            return
        self._at(min(starts), lambda at: self._do(c.OpenDay(), at))
        for visit in self._past.visits:
            self._plan_visit(visit)
        for shift in self._past.shifts:
            if shift.counter in self.day.office.counters:
                for opens, closes in self._without_breaks(shift):
                    self._at(opens, self._later(self._open, shift.counter))
                    self._at(closes, self._later(self._close, shift.counter))
        for service in self.day.office.services.values():
            for start, _ in service.hours.sessions if service.hours else ():
                # Nobody may be called before; somebody may be waiting.
                self._at(datetime.combine(self.day.day, start, starts[0].tzinfo), _look_again)

    def _without_breaks(self, shift: Shift) -> list[tuple[datetime, datetime]]:
        """The parts of a shift that the breaks of the tried office leave."""
        spans: list[tuple[datetime, datetime]] = []
        start = shift.start
        for begin, end in sorted(self.day.office.counters[shift.counter].breaks):
            begins_at = datetime.combine(self.day.day, begin, ZONE)
            ends_at = datetime.combine(self.day.day, end, ZONE)
            if begins_at < shift.end and start < ends_at:
                spans.append((start, begins_at))
                start = max(start, ends_at)
        spans.append((start, shift.end))
        return [(opens, closes) for opens, closes in spans if opens < closes]

    def _plan_visit(self, visit: Visit) -> None:
        self._at(visit.came_at, self._later(self._come, visit))
        if visit.left_at is not None:
            self._at(visit.left_at, self._later(self._leave, visit))
        if visit.appointment_at is not None:
            self._at(visit.appointment_at - self.day.office.rules.appointment_early, _look_again)

    @staticmethod
    def _later(act: Callable[..., None], about: object) -> Act:
        return lambda at: act(about, at)

    def _do(self, command: c.Command, at: datetime) -> Ticket | None:
        ticket = carry_out(self.day, command, at).ticket
        self.day.take_changes()
        return ticket

    def _come(self, visit: Visit, at: datetime) -> None:
        command = c.IssueTicket(
            ticket=visit.ticket,
            follow_code=visit.ticket,
            service=visit.service,
            priority=visit.priority,
            appointment_at=visit.appointment_at,
        )
        try:
            self._do(command, at)
        except (UnknownService, NumbersExhausted):
            self.turned_away += 1

    def _leave(self, visit: Visit, at: datetime) -> None:
        ticket = self.day.tickets.get(visit.ticket)
        if ticket is not None and ticket.state is TicketState.WAITING:
            self._do(c.CancelTicket(ticket=visit.ticket), at)

    def _open(self, counter: int, at: datetime) -> None:
        self._on_duty.add(counter)
        if counter not in self._taken:
            self._do(c.OpenCounter(counter=counter), at)
            self._free[counter] = None

    def _close(self, counter: int, at: datetime) -> None:
        self._on_duty.discard(counter)
        if counter not in self._taken:
            self._free.pop(counter, None)
            self._do(c.CloseCounter(counter=counter), at)

    def _call(self, at: datetime) -> None:
        """Whoever has been free longest calls first."""
        for counter in list(self._free):
            if not self._may_have_somebody(counter):
                continue
            ticket = self._do(c.CallNext(counter=counter), at)
            if ticket is not None:
                self._begin(counter, self._visits[ticket.id], at)

    def _may_have_somebody(self, counter: int) -> bool:
        """Most of the times that a free counter looks, nobody stands in any of its lines."""
        is_open = self.day.counters[counter].state is CounterState.OPEN
        return not is_open or next(self.day.reach_of(counter), None) is not None

    def _begin(self, counter: int, visit: Visit, at: datetime) -> None:
        del self._free[counter]
        self._taken.add(counter)
        if visit.came:
            self._do(c.Start(counter=counter), at)
        seconds = visit.taken_s
        if seconds is None:
            seconds = self._usual.get(visit.service, NOBODY_KNOWS_S)
        self._at(at + timedelta(seconds=seconds), self._later(self._end, (counter, visit.came)))

    def _end(self, what: tuple[int, bool], at: datetime) -> None:
        counter, came = what
        self._do(c.Finish(counter=counter) if came else c.NoShow(counter=counter), at)
        self._taken.discard(counter)
        if counter in self._on_duty:
            self._free[counter] = None
        else:
            self._do(c.CloseCounter(counter=counter), at)


def _look_again(_at: datetime) -> None:
    """Nothing happens but that free counters call."""


def _usual_times(past: PastDay) -> dict[str, float]:
    known: dict[str, list[float]] = {}
    for visit in past.visits:
        if visit.taken_s is not None and visit.came:
            known.setdefault(visit.service, []).append(visit.taken_s)
    return {service: median(times) for service, times in known.items()}
