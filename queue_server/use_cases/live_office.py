"""The office as last committed, for everybody who only looks: tickets, counters, figures, calls.

Fed by the writer with each commit, before the sender of the command is answered, so whoever
wrote reads what was written. Any thread may ask; `lock` makes each look one consistent moment.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import RLock

from queue_server.domain import events as e
from queue_server.domain.office import Office
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.domain.ticket import Ticket
from queue_server.use_cases.day_course import DayCourse
from queue_server.use_cases.day_figures import DayFigures
from queue_server.use_cases.day_lists import DayLists
from queue_server.use_cases.day_verdicts import DayVerdicts
from queue_server.use_cases.keep_day import Commit
from queue_server.use_cases.ports import GivenForecast, WaitPredictor
from queue_server.use_cases.self_score import SelfScore

CALLS_SHOWN = 6
CALLS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Call:
    """A call for the public."""

    seq: int
    ticket: str
    label: str
    service: str
    counter: int
    at: datetime
    recall: bool
    language: str


class LiveOffice:
    """Read side of one office: a replica of the day plus what only lookers need."""

    def __init__(self, office: Office, predictor: WaitPredictor) -> None:
        self._predictor = predictor
        self._lock = RLock()
        self._listeners: list[Callable[[LiveOffice, Commit], None]] = []
        self._codes: dict[str, str] = {}
        self._office = office
        self.day: OfficeDay | None = None
        self.figures = DayFigures(office)
        self.course = DayCourse(office)
        self.lists = DayLists()
        self.verdicts = DayVerdicts()
        self.score = SelfScore()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.clerks: dict[int, str] = {}
        """Who was noted at a counter since this server started; who is not is noted again."""
        self.seq = 0

    def listen(self, listener: Callable[[LiveOffice, Commit], None]) -> None:
        """Be told after each commit, in the writer's thread; return quickly."""
        self._listeners.append(listener)

    def start(self, day: OfficeDay, seq: int, given: Iterable[GivenForecast] = ()) -> None:
        """Begin with a day as loaded from the store, and what its tickets were told."""
        with self._lock:
            self._begin(day)
            self.score.note(given)
            changes = Changes(tickets=dict(day.tickets), counters=dict(day.counters))
            changes.series.update(day.series)
            changes.book = day.book.all_rows()
            changes.shelf.dossiers.update(day.shelf.dossiers)
            self._copy(changes)
            self._calls_of(day)
            self.seq = seq

    def take(self, commit: Commit) -> None:
        """Follow a commit and tell the listeners."""
        with self._lock:
            if self.day is None or self.day.day != commit.day.day:
                self._begin(commit.day)
            self.score.note(commit.given)
            self._copy(commit.changes)
            first = commit.seq - len(commit.changes.events) + 1
            self._predictor.take(first, commit.changes.events)
            self.verdicts.heard(commit.changes.events)
            for seq, event in enumerate(commit.changes.events, first):
                self._follow(seq, event)
            self.seq = commit.seq
        for listener in self._listeners:
            listener(self, commit)

    @contextmanager
    def look(self) -> Iterator[OfficeDay]:
        """The day at one moment; keep the visit short."""
        with self._lock:
            if self.day is None:
                raise LookupError("no day has begun")
            yield self.day

    def by_code(self, code: str) -> Ticket | None:
        """The ticket whose follow page has this code."""
        with self._lock:
            ticket_id = self._codes.get(code)
            return self.day.tickets.get(ticket_id) if self.day and ticket_id else None

    def _begin(self, day: OfficeDay) -> None:
        self.day = OfficeDay(day.office, day.day)
        self.day.book.restore(day.book.all_rows())
        self.day.shelf.restore(day.shelf.dossiers.values())
        self.figures = DayFigures(day.office)
        self.course = DayCourse(day.office)
        self.lists = DayLists()
        self.verdicts = DayVerdicts()
        self.score = SelfScore()
        self._codes.clear()
        self.clerks.clear()
        self.calls.clear()

    def _copy(self, changes: Changes) -> None:
        day = self.day
        if day is None:
            raise LookupError("no day has begun")
        for ticket in changes.tickets.values():
            self.figures.changed(day.tickets.get(ticket.id), ticket)
            self.course.changed(day.tickets.get(ticket.id), ticket)
            self.lists.changed(ticket)
            self.score.changed(ticket)
            self.verdicts.changed(day.tickets.get(ticket.id), ticket)
            self._codes[ticket.follow_code] = ticket.id
        day.restore(
            changes.tickets.values(),
            changes.counters.values(),
            changes.series.values(),
            changes.blocks.values(),
        )
        day.book.restore(changes.book)
        day.shelf.restore(changes.shelf.dossiers.values())

    def _follow(self, seq: int, event: e.Event) -> None:
        if self.day is None:
            raise LookupError("no day has begun")
        if isinstance(event, e.OfficeConfigured):
            self.day.configure(event.office)
        elif isinstance(event, e.TicketCalled):
            ticket = self.day.tickets[event.ticket]
            self._note_call(seq, event.at, ticket, event.counter, recall=False)
        elif isinstance(event, e.TicketRecalled):
            ticket = self.day.tickets[event.ticket]
            self._note_call(seq, event.at, ticket, event.counter, recall=True)
        elif isinstance(event, e.MoveUndone):
            self._forget_call(event.ticket)
        elif isinstance(event, e.ClerkNoted):
            self.clerks[event.counter] = event.person
        elif isinstance(event, e.CounterClosed):
            self.clerks.pop(event.counter, None)

    def _note_call(
        self, seq: int, at: datetime, ticket: Ticket, counter: int, *, recall: bool
    ) -> None:
        self.calls.appendleft(
            Call(seq, ticket.id, ticket.label, ticket.service, counter, at, recall, ticket.language)
        )

    def _forget_call(self, ticket_id: str) -> None:
        """An undone call must not stay on the public display."""
        if self.day is not None and self.day.tickets[ticket_id].counter is None:
            kept = [call for call in self.calls if call.ticket != ticket_id]
            self.calls = deque(kept, maxlen=CALLS_KEPT)

    def _calls_of(self, day: OfficeDay) -> None:
        """After a restart the display shows the last calls again, though without their seq."""
        called = [t for t in day.tickets.values() if t.called_last_at and t.counter is not None]
        called.sort(key=lambda t: t.called_last_at or t.issued_at)
        for ticket in called[-CALLS_SHOWN:]:
            if ticket.counter is not None and ticket.called_last_at is not None:
                recall = ticket.recalls > 0
                self._note_call(0, ticket.called_last_at, ticket, ticket.counter, recall=recall)
