"""An office with a past: whole working days in a real store, one durable write for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random

from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import commands as c
from queue_server.domain.decide import carry_out
from queue_server.domain.office import ZONE, Office
from queue_server.domain.office_day import OfficeDay

FIRST = date(2026, 5, 4)
OPENS = time(7)
CLOSE_MIN = 225
COUNTERS = (1, 2)
SERVE_MIN = {"CT": 4.0, "HT": 11.0}


def working_days(number: int) -> list[date]:
    """From a Monday on, without weekends."""
    days = (FIRST + timedelta(days=n) for n in range(2 * number + 7))
    return [day for day in days if day.weekday() < 5][:number]


def live(data: Path, office: Office, days: Sequence[date], people: int = 80) -> None:
    """Play these days into the store of an office: two counters, everybody comes in two hours."""
    store = SqliteStore(data / "store" / "office.db")
    try:
        for day in days:
            played = lived_day(office, datetime.combine(day, OPENS, ZONE), people)
            with store.transaction() as transaction:
                transaction.write(played, played.take_changes())
    finally:
        store.close()


def lived_day(office: Office, opening: datetime, people: int) -> OfficeDay:
    """A day from its opening to its close; a counter that is free calls."""
    dice, events = Random(opening.toordinal()), list[tuple[float, int, str]]()
    for _ in range(people):
        heappush(events, (dice.uniform(0, 120), 0, "CT" if dice.random() < 0.7 else "HT"))
    day, free, number = OfficeDay(office, opening.date()), set(COUNTERS), 0
    for begin in (c.OpenDay(), *(c.OpenCounter(counter=each) for each in COUNTERS)):
        carry_out(day, begin, opening)
    while events:
        at, counter, service = heappop(events)
        now = opening + timedelta(minutes=at)
        if counter:
            carry_out(day, c.Finish(counter=counter), now)
            free.add(counter)
        else:
            number += 1
            name = f"{opening:%m%d}-{number}"
            carry_out(
                day, c.IssueTicket(ticket=name, follow_code=f"f-{name}", service=service), now
            )
            carry_out(day, c.ConfirmTicket(ticket=name, slip="printed"), now)
        for desk in sorted(free) if at < CLOSE_MIN else ():
            called = carry_out(day, c.CallNext(counter=desk), now).ticket
            if called is not None:
                carry_out(day, c.Start(counter=desk), now)
                minutes = SERVE_MIN[called.service] * dice.uniform(0.8, 1.2)
                heappush(events, (at + minutes, desk, ""))
                free.discard(desk)
    carry_out(day, c.CloseDay(), opening + timedelta(hours=10))
    return day
