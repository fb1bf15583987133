"""Offices that live through many days on the simulator, with dossiers that come back as planned."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from edge_models.simulator.day import simulate_day
from edge_models.simulator.office import Line, Office
from edge_models.simulator.ticket import Ticket
from queue_server.domain.office import ZONE
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.contracts.event_message import EventMessage
from queue_server.hub.use_cases.collect import take
from queue_server.hub.use_cases.ports import Received
from tests.hub.made_up_city import mark

PROVINCE = "92"
LINES = (Line("chung_thuc", 0.7, 8.0, 0.7), Line("ho_tich", 0.3, 15.0, 0.6))
NAMES = {"dong": "Đông", "vang": "Vắng", "vua": "Vừa"}
HARD, EASY = "1.004884", "2.000815"
RETURNED = {HARD: 0.4, EASY: 0.05}
WITHOUT_SECOND = {HARD: 0.3, EASY: 0.0}


@dataclass(frozen=True, slots=True)
class Said:
    """An event before it has a number."""

    at: datetime
    kind: str
    ticket: str | None
    counter: int | None
    body: dict[str, Any]


def office(name: str, visits: float, counters: int) -> Office:
    """One whose counters all serve both services."""
    return Office(LINES, ((0, 1),) * counters, name=name, visits=visits)


def lived(played: Office, days: Sequence[date]) -> Iterator[tuple[date, list[Said]]]:
    """Each day's events in order."""
    for day in days:
        dice = Random(f"{played.name}/{day}")
        said = [Said(at(day, 410), "OfficeConfigured", None, None, {"office": told(played)})]
        for ticket in simulate_day(played, day.weekday(), dice):
            said += visit(played, day, ticket, dice)
        said.sort(key=lambda one: one.at)
        yield day, said


def told(played: Office) -> dict[str, Any]:
    sessions = [[clock(start), clock(end)] for start, end in played.sessions]
    called = NAMES.get(played.name, played.name)
    name = {"name_vi": f"Phường {called}", "name_en": f"{called} ward"}
    return {"id": played.name, **name, "hours": {"sessions": sessions}}


def clock(minute: float) -> str:
    return f"{int(minute) // 60:02}:{int(minute) % 60:02}:00"


def at(day: date, minute: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(minutes=minute)


def visit(played: Office, day: date, ticket: Ticket, dice: Random) -> Iterator[Said]:
    """A number, a call, the time at the counter; and every third time a dossier."""
    name = f"{day:%m%d}-{ticket.number}"
    procedure = HARD if dice.random() < 0.5 else EASY
    papers = [0, *([] if dice.random() < WITHOUT_SECOND[procedure] else [1])]
    body = {
        "service": played.lines[ticket.line].name,
        "number": ticket.number + 1,
        "priority": "priority" if ticket.priority else "normal",
        "procedure": procedure,
        "papers": papers,
    }
    yield Said(at(day, ticket.arrived), "TicketReserved", name, None, body)
    if ticket.counter < 0:
        return
    called = at(day, ticket.called)
    counter = ticket.counter + 1
    reason = {"kind": "longest_wait", "waited_s": (ticket.called - ticket.arrived) * 60}
    yield Said(called, "TicketCalled", name, counter, {"reason": reason})
    if not ticket.shows_up:
        yield Said(called + timedelta(minutes=1), "TicketNoShow", name, counter, {})
        return
    done = at(day, ticket.finished)
    yield Said(done, "TicketFinished", name, counter, {"outcome": "NORMAL"})
    if dice.random() < 1 / 3:
        yield from dossier(name, procedure, done, dice)


def dossier(name: str, procedure: str, filed: datetime, dice: Random) -> Iterator[Said]:
    """Filed, looked at after hours, worked on for days; some come back."""

    def said(after: timedelta, kind: str, **more: Any) -> Said:
        return Said(filed + after, kind, None, None, {"dossier": name, **more})

    hours, days = timedelta(hours=1), timedelta(days=1)
    yield said(timedelta(), "DossierFiled", procedure=procedure, papers=2)
    after = dice.uniform(1, 5) * hours
    if dice.random() < RETURNED[procedure]:
        yield said(after, "DossierSupplementAsked", open_days=3)
        after += dice.uniform(1, 4) * days
        yield said(after, "DossierSupplementGiven")
    else:
        yield said(after, "DossierReceived")
    yield said(after + dice.uniform(4, 8) * days, "DossierFinished", in_time=True)


async def collected(dsn: str, offices: Sequence[Office], days: Sequence[date]) -> int:
    """Their days in the hub's database, as a collector takes them; how many events."""
    store, total = PostgresCity(dsn), 0
    try:
        for played in offices:
            seq = 0
            for day, said in lived(played, days):
                received = [
                    message(played.name, day, seq + i, one) for i, one in enumerate(said, 1)
                ]
                seq += len(said)
                total += (await take(store, received)).new
        return total
    finally:
        await store.close()


def message(name: str, day: date, seq: int, said: Said) -> Received:
    event = EventMessage(
        office=name,
        province=PROVINCE,
        seq=seq,
        day=day,
        at=said.at,
        kind=said.kind,
        ticket=said.ticket,
        counter=said.counter,
        body=said.body,
        mark=mark(name, seq),
        prev=mark(name, seq - 1),
        machine="0" * 16,
        sent_at=said.at,
    )
    return Received(said.at, event, None)


def written(folder: Path, offices: Sequence[Office], days: Sequence[date]) -> list[Path]:
    """The same straight into the files that are copied out of the database, a month each."""
    files = []
    for month, some in groupby(days, key=lambda day: f"{day:%Y-%m}"):
        of_month = list(some)
        path = folder / f"{month}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            for played in offices:
                seq = int(month.replace("-", "")) * 1_000_000
                for day, said in lived(played, of_month):
                    for one in said:
                        seq += 1
                        out.writerow(row(played.name, day, seq, one))
        files.append(path)
    return files


def row(name: str, day: date, seq: int, one: Said) -> tuple[object, ...]:
    local = one.at.astimezone(ZONE).replace(tzinfo=None)
    ticket, counter = one.ticket or "", "" if one.counter is None else one.counter
    return (name, PROVINCE, day, seq, local, one.kind, ticket, counter, json.dumps(one.body))


def working_days(first: date, number: int, every: int = 1) -> list[date]:
    """So many days of the week's first five, each `every`th."""
    days = (first + timedelta(days=i) for i in range(3 * number * every + 7))
    return [day for day in days if day.weekday() < 5][: number * every : every]


BUSY = replace(office("dong", 86.0, 2), monday=1.2)
CALM = office("vang", 30.0, 4)
USUAL = office("vua", 90.0, 3)
CITY = (BUSY, CALM, USUAL)
