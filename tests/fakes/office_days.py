"""A made-up office of three services and four counters, and a day in it that a test can play."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.calling_rule import choose
from queue_server.domain.decide import Outcome, carry_out
from queue_server.domain.events import Event
from queue_server.domain.happening import apply
from queue_server.domain.office import ZONE, Counter, Office, ProfileEntry, Rules, Service
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.reason import CallReason
from queue_server.domain.ticket import PriorityClass, Ticket

DAY = date(2026, 5, 12)
EIGHT = datetime(2026, 5, 12, 8, 0, tzinfo=ZONE)


def service(letter: str, **more: Any) -> Service:
    return Service(letter.lower(), letter, f"Lĩnh vực {letter}", f"Service {letter}", **more)


def counter(number: int, *profile: str | ProfileEntry, **more: Any) -> Counter:
    entries = tuple(ProfileEntry(p) if isinstance(p, str) else p for p in profile)
    return Counter(number, f"Quầy {number}", f"Counter {number}", entries, **more)


OFFICE = Office(
    id="phuong-mau",
    name_vi="Phường Mẫu",
    name_en="Sample ward",
    services={s.id: s for s in (service("A"), service("B"), service("C"))},
    counters={
        n.number: n
        for n in (counter(1, "a"), counter(2, "a", "b"), counter(3, "b"), counter(4, "c"))
    },
)


def office(*counters: Counter, services: tuple[Service, ...] = (), **rules: Any) -> Office:
    """The made-up office with other counters, services or rules."""
    return replace(
        OFFICE,
        services={s.id: s for s in services} or OFFICE.services,
        counters={n.number: n for n in counters} or OFFICE.counters,
        rules=Rules(**rules),
    )


class DayPlay:
    """Plays a day: commands at `at`, which moves on only when the test says so."""

    def __init__(self, configured: Office = OFFICE, at: datetime = EIGHT) -> None:
        self.at = at
        self.day = OfficeDay(configured, at.astimezone(ZONE).date())
        self.events: list[Event] = []
        self._ids = count(1)
        self.do(c.OpenDay())

    def do(self, command: c.Command) -> Outcome:
        """Carry a command out; its events go to the record, as a store keeps them."""
        outcome = carry_out(self.day, command, self.at)
        self.events += self.day.take_changes().events
        return outcome

    def later(self, **duration: float) -> DayPlay:
        """Let time pass, and the office notice it."""
        self.at += timedelta(**duration)
        self.do(c.PassTime())
        return self

    def issue(
        self, service_id: str = "a", priority: PriorityClass = PriorityClass.NORMAL, **more: Any
    ) -> Ticket:
        """A citizen takes a number."""
        number = next(self._ids)
        return self._ticket(
            c.IssueTicket(
                ticket=f"t{number}",
                follow_code=f"f{number}",
                service=service_id,
                priority=priority,
                **more,
            )
        )

    def call(self, number: int = 1) -> str | None:
        """Press call-next; the label called."""
        ticket = self.do(c.CallNext(counter=number)).ticket
        return ticket.label if ticket else None

    def serve(self, number: int = 1) -> Ticket:
        """Call the next citizen and start."""
        self.call(number)
        return self.at_counter(c.Start, number)

    def at_counter(self, move: type[c.AtCounter], number: int = 1, **more: Any) -> Ticket:
        """A move of a clerk with the citizen at the counter."""
        return self._ticket(move(counter=number, **more))

    def now(self, ticket: Ticket | str) -> Ticket:
        """A ticket as it is now, by what it was before or by label."""
        if isinstance(ticket, str):
            return self.day.labelled(ticket)
        return self.day.ticket(ticket.id)

    def why(self, number: int = 1) -> CallReason:
        """The reason for whom counter `number` would call now."""
        chosen = choose(self.day, number, self.at)
        assert chosen is not None, "nobody is eligible"
        return chosen[1]

    def served_order(self, number: int = 1) -> list[str]:
        """Call, start and finish until nobody waits for this counter; the labels in order."""
        labels = []
        while (label := self.call(number)) is not None:
            labels.append(label)
            self.at_counter(c.Start, number)
            self.at_counter(c.Finish, number)
        return labels

    def _ticket(self, command: c.Command) -> Ticket:
        ticket = self.do(command).ticket
        assert ticket is not None
        return ticket


def replayed(events: list[Event], day: date = DAY, configured: Office = OFFICE) -> OfficeDay:
    """A fresh day on which the events happen again."""
    again = OfficeDay(configured, day)
    for event in events:
        apply(event, again)
    return again
