"""What one day's events say of each visit, appointment and counter: the ground of every report."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.domain import events as e
from queue_server.domain.appointment_events import AppointmentCheckedIn
from queue_server.domain.counter_now import CounterState
from queue_server.domain.happening import apply
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.waiting_time import arrived_at, wait_s
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.booked_facts import BookedFacts, booked_for
from queue_server.use_cases.reports.clerk_facts import ClerksAtCounters
from queue_server.use_cases.reports.dossier_facts import SAVED, DossierFact, dossier_fact
from queue_server.use_cases.reports.other_facts import OtherFact, other_fact
from queue_server.use_cases.verify_store import NOTHING

TOLD: dict[type[e.Event], str] = {
    e.TicketRecalled: "recalled",
    e.TicketTransferred: "transferred",
    e.TicketReturned: "sent_back",
    e.TicketHeld: "held",
    e.TicketReinstated: "reinstated",
    e.TicketDelayed: "late",
    e.MoveUndone: "undone",
}
"""Events that a report counts by the visits in which they happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact:
    """One ticket as a report sees it, at the end of its day; times are aware.

    `service` is the line from which it was called first, whereto it was sent later or not.
    `wait_s` is None where nobody was called or the times are inaccurate; `served_s` is None unless
    the visit was finished with accurate times. `counter` is the last one that called, `clerk` who
    was signed in there then, or when the visit was finished. `told` names what else happened, see
    `TOLD`. `seqs` are the numbers of all its events.
    """

    ticket: str
    label: str
    service: str
    priority: str
    channel: str
    state: str
    accurate: bool
    issued_at: datetime
    arrived_at: datetime
    kiosk: str | None = None
    counter: int | None = None
    clerk: str | None = None
    appointment: bool = False
    called_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    wait_s: float | None = None
    served_s: float | None = None
    outcome: str | None = None
    score: int | None = None
    procedures: int = 0
    told: tuple[str, ...] = ()
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """All that reports need of one day.

    `open_s` is how long each counter was open, `clerk_s` how long each person was signed in at an
    open one, in seconds. `made_up`: the day never was, a demo has it to show something.
    """

    day: date
    visits: tuple[VisitFact, ...]
    appointments: dict[str, int] = field(default_factory=dict)
    home_visits: dict[str, int] = field(default_factory=dict)
    open_s: dict[int, float] = field(default_factory=dict)
    clerk_s: dict[str, float] = field(default_factory=dict)
    clock_jumps: int = 0
    dossiers: tuple[DossierFact, ...] = ()
    others: tuple[OtherFact, ...] = ()
    made_up: bool = False


@dataclass(slots=True)
class _Walk:
    """Follows the events of a day and notes what its tables do not keep."""

    day: OfficeDay
    told: dict[str, Tally[str]] = field(default_factory=dict)
    seqs: dict[str, list[int]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    waited_for: dict[str, str] = field(default_factory=dict)
    moved_at: datetime | None = None
    open_since: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    open_s: dict[int, float] = field(default_factory=dict)
    at_counter: ClerksAtCounters = field(default_factory=ClerksAtCounters)
    clock_jumps: int = 0
    dossiers: list[DossierFact] = field(default_factory=list)
    saved: set[tuple[str, str, bool]] = field(default_factory=set)
    others: list[OtherFact] = field(default_factory=list)
    made_up: bool = False
    booked: BookedFacts = field(default_factory=BookedFacts)
    seq: int = 0

    def take(self, stored: StoredEvent) -> None:
        event, self.seq = stored.event, stored.seq
        apply(event, self.day)
        filed = dossier_fact(stored)
        if filed is not None and not self._was_there(filed):
            self.dossiers.append(filed)
        other = other_fact(stored)
        if other is not None:
            self.others.append(other)
        if isinstance(event, e.TicketEvent | AppointmentCheckedIn):
            self.seqs.setdefault(event.ticket, []).append(stored.seq)
        self.booked.take(stored)
        self._people(event)
        if type(event) in TOLD and isinstance(event, e.TicketEvent):
            self.told.setdefault(event.ticket, Tally())[TOLD[type(event)]] += 1
        if isinstance(event, e.TicketCalled):
            self.counters[event.ticket] = event.counter
            self.waited_for.setdefault(event.ticket, self.day.ticket(event.ticket).service)
        elif isinstance(event, e.MoveUndone):
            if self.day.ticket(event.ticket).called_first_at is None:
                self.waited_for.pop(event.ticket, None)
        elif isinstance(event, e.CounterEvent):
            self._counter(event)
        self._whole_day(event)

    def _whole_day(self, event: e.Event) -> None:
        if isinstance(event, e.ClockJumped):
            self.clock_jumps += 1
        elif isinstance(event, SettingsChanged):
            self.made_up = self.made_up or event.marks_made_up

    def _was_there(self, fact: DossierFact) -> bool:
        """Of many saves of a draft only the first in a stage is kept, and the first with help."""
        if fact.what != SAVED:
            return False
        place = (fact.dossier, fact.stage, fact.assisted)
        known = place in self.saved
        self.saved.add(place)
        return known

    def _people(self, event: e.Event) -> None:
        """Who is at which counter, and when anybody moved anything last."""
        if not isinstance(event, e.CounterClosed | e.DayClosed | e.TicketExpired):
            self.moved_at = event.at
        if isinstance(event, e.TicketCalled | e.ServingStarted | e.TicketFinished):
            self.at_counter.visit(event.ticket, event.counter)
        elif isinstance(event, e.CounterEvent):
            is_open = self.day.counters[event.counter].state is CounterState.OPEN
            self.at_counter.counter(event, self._until(event), self.seq, is_open=is_open)

    def _counter(self, event: e.CounterEvent) -> None:
        number = event.counter
        if self.day.counters[number].state is CounterState.OPEN:
            self.open_since.setdefault(number, (event.at, self.seq))
        else:
            self._shut(number, self._until(event))

    def _until(self, event: e.CounterEvent) -> datetime:
        """When a counter really closed: what was left open the next start closes, days later.

        Nobody worked there after both the office's hours and the last move of the day.
        """
        if not isinstance(event, e.CounterClosed):
            return event.at
        hours_end = self.day.office.hours.closes_at(self.day.day)
        return min(event.at, max(hours_end, self.moved_at or hours_end))

    def _shut(self, number: int, at: datetime) -> None:
        since, seq = self.open_since.pop(number, (None, 0))
        if since is not None:
            spent = max(0.0, (at - since).total_seconds())
            self.open_s[number] = self.open_s.get(number, 0.0) + spent
            self.others.append(
                OtherFact(what="open", at=since, seq=seq, about=str(number), seconds=spent)
            )

    def end(self) -> None:
        """Counters still open were so until the last event of the day."""
        for number in list(self.open_since):
            self._shut(number, self.day.last_at or self.open_since[number][0])
        self.at_counter.end(self.day.last_at)
        self.others += self.at_counter.times


def facts_of_day(day: date, events: Iterable[StoredEvent]) -> DayFacts:
    """The facts of a day from its events alone."""
    walk = _Walk(OfficeDay(NOTHING, day))
    for stored in events:
        walk.take(stored)
    walk.day.take_changes()
    walk.end()
    made = walk.day
    appointments = booked_for(made.book.appointments.values(), day)
    visits = [one for one in made.book.visits.values() if one.on == day]
    tickets = (t for t in made.tickets.values() if t.state is not TicketState.VOID)
    return DayFacts(
        day=day,
        visits=tuple(_fact(made.office, ticket, walk) for ticket in tickets),
        appointments=dict(Tally(one.state.value for one in appointments)),
        home_visits=dict(Tally(one.state.value for one in visits)),
        open_s=walk.open_s,
        clerk_s=walk.at_counter.seconds,
        clock_jumps=walk.clock_jumps,
        dossiers=tuple(walk.dossiers),
        others=(*walk.others, *walk.booked.facts(appointments, visits)),
        made_up=walk.made_up,
    )


def _fact(office: Office, ticket: Ticket, walk: _Walk) -> VisitFact:
    finished = ticket.state is TicketState.FINISHED
    sure = ticket.accurate
    return VisitFact(
        ticket=ticket.id,
        label=ticket.label,
        service=walk.waited_for.get(ticket.id, ticket.service),
        priority=ticket.priority.value,
        channel=ticket.channel,
        state=ticket.state.value,
        accurate=sure,
        issued_at=ticket.issued_at,
        arrived_at=arrived_at(office, ticket),
        kiosk=ticket.kiosk,
        counter=walk.counters.get(ticket.id),
        clerk=walk.at_counter.of_visit.get(ticket.id),
        appointment=ticket.appointment_at is not None,
        called_at=ticket.called_first_at,
        started_at=ticket.started_at,
        finished_at=ticket.finished_at,
        wait_s=wait_s(office, ticket) if sure else None,
        served_s=ticket.served_s if sure and finished else None,
        outcome=ticket.outcome,
        score=ticket.score,
        procedures=len(ticket.procedures),
        told=tuple(sorted(walk.told.get(ticket.id, ()))),
        seqs=tuple(walk.seqs.get(ticket.id, ())),
    )
