"""A day of three thousand citizens in a big office, played by the clock of a simulation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.decide import carry_out
from queue_server.domain.events import Event
from queue_server.domain.office import Hours, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket
from tests.fakes.office_days import EIGHT, counter, office, service

SEVEN = EIGHT.replace(hour=7)
CITIZENS = 3_000
OPEN_FOR = timedelta(hours=8)
LETTERS = "ABCDEF"
PRIORITY_SHARE = 0.12
BUSY_S = 165.0
"""Mean service time at which 26 counters just cope with two rushes and all that goes wrong."""
OVERLOADED_S = 195.0


@dataclass(frozen=True)
class Citizen:
    """Who comes; drawn before the day, so that every policy meets the same people."""

    arrives: datetime
    service: str
    priority: PriorityClass
    needs: timedelta
    fate: float


def big_office(**rules: Any) -> Office:
    """26 counters, each for two of six services."""
    pairs = [(LETTERS[i % 6].lower(), LETTERS[(i + 1) % 6].lower()) for i in range(26)]
    counters = [counter(i + 1, *pair) for i, pair in enumerate(pairs)]
    one_session = Hours(((time(7), time(15)),))
    made = office(*counters, services=tuple(service(x) for x in LETTERS), **rules)
    return replace(made, hours=one_session)


def citizens(mean_service_s: float = BUSY_S, priority: float = PRIORITY_SHARE) -> list[Citizen]:
    """People of a day, in order of arrival; two rushes, as offices have them."""
    dice = Random(1)
    classes = [p for p in PriorityClass if p is not PriorityClass.NORMAL]
    arrivals = sorted(dice.triangular(0, 1, dice.choice([0.25, 0.7])) for _ in range(CITIZENS))
    return [
        Citizen(
            arrives=SEVEN + OPEN_FOR * share,
            service=dice.choice(LETTERS).lower(),
            priority=(dice.choice(classes) if dice.random() < priority else PriorityClass.NORMAL),
            needs=timedelta(seconds=dice.expovariate(1 / mean_service_s)),
            fate=dice.random(),
        )
        for share in arrivals
    ]


class BigDay:
    """Plays the day; afterwards `day` and `events` are there to be judged."""

    def __init__(self, people: list[Citizen], **rules: Any) -> None:
        self.day = OfficeDay(big_office(**rules), SEVEN.date())
        self.events: list[Event] = []
        self._people = {f"t{i}": citizen for i, citizen in enumerate(people)}
        self._agenda: list[tuple[datetime, int, Any]] = []
        self._order = count()

    def play(self) -> BigDay:
        """From the first arrival until nobody is left."""
        self._do(c.OpenDay(), SEVEN)
        for ticket, citizen in self._people.items():
            self._plan(citizen.arrives, ("arrive", ticket))
        while self._agenda:
            at, _, (what, who) = heappop(self._agenda)
            getattr(self, f"_{what}")(who, at)
        self._do(c.CloseDay(), self.day.last_at or SEVEN)
        return self

    def _plan(self, at: datetime, what: tuple[str, Any]) -> None:
        heappush(self._agenda, (at, next(self._order), what))

    def _do(self, command: c.Command, at: datetime) -> Ticket | None:
        outcome = carry_out(self.day, command, at)
        self.events += self.day.take_changes().events
        return outcome.ticket

    def _arrive(self, ticket: str, at: datetime) -> None:
        citizen = self._people[ticket]
        self._do(
            c.IssueTicket(
                ticket=ticket,
                follow_code=ticket,
                service=citizen.service,
                priority=citizen.priority,
            ),
            at,
        )
        self._wake(at)

    def _wake(self, at: datetime) -> None:
        """Every free counter looks whether somebody came for it."""
        for number, now in self.day.counters.items():
            if now.ticket is None and self.day.waiting_for(number):
                self._next(number, at)

    def _next(self, number: int, at: datetime) -> None:
        ticket = self._do(c.CallNext(counter=number), at)
        if ticket is None:
            return
        citizen = self._people[ticket.id]
        if citizen.fate < 0.04 and ticket.recalls == 0:
            self._plan(at + timedelta(seconds=60), ("miss", number))
            return
        begin = at + timedelta(seconds=20)
        self._plan(begin, ("start", number))
        self._plan(begin + citizen.needs, ("end", number))

    def _start(self, number: int, at: datetime) -> None:
        self._do(c.Start(counter=number), at)

    def _miss(self, number: int, at: datetime) -> None:
        self._do(c.NoShow(counter=number), at)
        self._next(number, at)

    def _end(self, number: int, at: datetime) -> None:
        ticket = self.day.tickets[self.day.counters[number].ticket or ""]
        fate = self._people[ticket.id].fate
        moved = ticket.service != self._people[ticket.id].service
        if 0.9 < fate < 0.95 and not moved:
            other = LETTERS[(LETTERS.index(ticket.service.upper()) + 3) % 6].lower()
            self._do(c.Transfer(counter=number, to_service=other), at)
        elif fate > 0.95 and ticket.served_s == 0.0:
            due = at + timedelta(minutes=6)
            self._do(c.Hold(counter=number, due_at=due), at)
            self._plan(due, ("due", number))
        else:
            self._do(c.Finish(counter=number), at)
        self._next(number, at)
        self._wake(at)

    def _due(self, _number: int, at: datetime) -> None:
        self._do(c.PassTime(), at)
        self._wake(at)
