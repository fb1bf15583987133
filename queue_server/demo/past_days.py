"""Past days for a new demo, made up before its first morning and marked so.

Forecasts, reports, replay and trends show something from the first minute on. The people are those
of the demo's ward; each ticket of such a day carries `made-up` as its kiosk, and the record of the
office says which days were made up. Only a store without any day gets them.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.ticket_names import ticket_names
from queue_server.demo.virtual_day import Visit, draw_day
from queue_server.demo.ward import Ward
from queue_server.domain import commands as c
from queue_server.domain.counter_now import CounterState
from queue_server.domain.decide import Outcome
from queue_server.domain.office import ZONE, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import MADE_UP, SettingsChanged
from queue_server.domain.ticket import PriorityClass, TicketState
from queue_server.use_cases.keep_day import DayKeeper, Request

WALK = timedelta(seconds=25)
LOOK = timedelta(minutes=1)
OVERTIME = timedelta(minutes=30)
RATED, SCORES = 0.3, (1, 2, 3, 4, 5)
SCORE_WEIGHTS = (1, 2, 6, 30, 61)
"""People like to give the best; three in ten say anything at all."""
REASONS = ("waiting", "explained", "papers")


def make_past_days(store: Path, office: Office, ward: Ward, today: date, days: int) -> list[date]:
    """Keep so many working days before `today`, if nothing is kept yet; which ones.

    Raises:
        StoreUnavailable, StoreInUse: the store cannot be written.
    """
    made = _working_days_before(today, days)
    kept = SqliteStore(store)
    try:
        if not made or kept.load_day() is not None:
            return []
        clock = SetClock(datetime.combine(made[0], time(6), ZONE))
        keeper = DayKeeper(kept, clock, office)
        for number, day in enumerate(made):
            clock.advance_to(datetime.combine(day, time(6), ZONE))
            visits = draw_day(ward, seed=0, day=-number - 1, kiosks=1)
            made_up = _MadeUpDay(clock, day, office, visits, random.Random(number))  # noqa: S311 - a simulation
            # One commit a day: what is decided next follows from the answers before it.
            answers = keeper.work_off(cast("Sequence[Request]", made_up)).answers
            for fault in (one.fault for one in answers if one.fault is not None):
                raise fault
    finally:
        kept.close()
    return made


def _working_days_before(today: date, days: int) -> list[date]:
    found: list[date] = []
    while len(found) < days:
        today -= timedelta(days=1)
        if today.weekday() < 5:  # noqa: PLR2004 - Monday to Friday
            found.append(today)
    return found[::-1]


@dataclass(slots=True)
class _MadeUpDay:
    """Hands out one day's commands in the order of time; the clock is set before each."""

    clock: SetClock
    day: date
    office: Office
    visits: list[Visit]
    dice: random.Random
    state: OfficeDay | None = None
    agenda: list[tuple[datetime, int, str, Any]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    people: dict[str, Visit] = field(default_factory=dict)
    called: str | None = None

    def __iter__(self) -> Iterator[Request]:
        """The requests; each answer is taken in before the next is made."""
        said = f"{self.day.isoformat()}: ngày do chương trình dựng, không có thật / made up"
        record = SettingsChanged(
            at=self.clock.now(), by=MADE_UP, changes=(said,), before="", after=""
        )
        yield self._ask(KeepRecord(record=record))
        self._plan_day()
        while self.agenda:
            at, _, what, who = heapq.heappop(self.agenda)
            self.clock.advance_to(at)
            yield from getattr(self, f"_{what}")(at, who)

    def _plan_day(self) -> None:
        midnight = datetime.combine(self.day, time(), ZONE)
        for visit in self.visits:
            self._plan(midnight + timedelta(minutes=visit.arrives_min), "arrive", visit)
        for start, end in self.office.hours.sessions:
            opens = datetime.combine(self.day, start, ZONE)
            for counter in self.office.counters:
                self._plan(opens, "open", counter)
                self._plan(datetime.combine(self.day, end, ZONE) + OVERTIME, "shut", counter)

    def _plan(self, at: datetime, what: str, who: Any) -> None:
        heapq.heappush(self.agenda, (at, next(self.order), what, who))

    def _ask(self, command: c.Command) -> Request:
        def answering(day: OfficeDay, outcome: Outcome, _at: datetime) -> dict[str, Any]:
            self.state = day
            self.called = outcome.ticket.id if outcome.ticket else None
            return {}

        return Request(command, answering)

    def _arrive(self, at: datetime, visit: Visit) -> Iterator[Request]:
        ticket, code = ticket_names()
        self.people[ticket] = visit
        self._plan(at + timedelta(minutes=visit.patience_min), "leave", ticket)
        yield self._ask(
            c.IssueTicket(
                ticket=ticket,
                follow_code=code,
                service=visit.service,
                priority=PriorityClass(visit.priority.value),
                kiosk=MADE_UP,
                slip="printed",
            )
        )

    def _leave(self, _at: datetime, ticket: str) -> Iterator[Request]:
        known = self.state.tickets.get(ticket) if self.state else None
        if known is not None and known.state is TicketState.WAITING:
            yield self._ask(c.CancelTicket(ticket=ticket))

    def _open(self, at: datetime, counter: int) -> Iterator[Request]:
        yield self._ask(c.OpenCounter(counter=counter))
        self._plan(at + WALK, "look", counter)

    def _shut(self, _at: datetime, counter: int) -> Iterator[Request]:
        if self.state is not None and self.state.counters[counter].ticket is None:
            yield self._ask(c.CloseCounter(counter=counter))

    def _look(self, at: datetime, counter: int) -> Iterator[Request]:
        """Call somebody, or look again in a minute while the counter is open."""
        day = self.state
        if day is None or day.counters[counter].state is not CounterState.OPEN:
            return
        if day.counters[counter].ticket is None and day.waiting_for(counter):
            yield self._ask(c.CallNext(counter=counter))
            if self.called is not None:
                visit = self.people[self.called]
                what = "start" if visit.comes_when_called else "miss"
                self._plan(at + (WALK if visit.comes_when_called else 3 * LOOK), what, counter)
                return
        self._plan(at + LOOK, "look", counter)

    def _start(self, at: datetime, counter: int) -> Iterator[Request]:
        yield self._ask(c.Start(counter=counter))
        minutes = self.people[self.called].service_min if self.called else 1.0
        self._plan(at + timedelta(minutes=minutes), "end", counter)

    def _miss(self, at: datetime, counter: int) -> Iterator[Request]:
        yield self._ask(c.NoShow(counter=counter))
        self._plan(at + WALK, "look", counter)

    def _end(self, at: datetime, counter: int) -> Iterator[Request]:
        yield self._ask(c.Finish(counter=counter))
        if self.called is not None and self.dice.random() < RATED:
            score = self.dice.choices(SCORES, SCORE_WEIGHTS)[0]
            about = () if score > 3 else (self.dice.choice(REASONS),)  # noqa: PLR2004 - the middle
            yield self._ask(c.RateVisit(ticket=self.called, score=score, reasons=about, by=MADE_UP))
        self._plan(at + WALK, "look", counter)
