"""Many simulated days as a ticket log: as columns for the models, as CSV for everybody else."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np

from edge_models.simulator.day import simulate_day
from edge_models.simulator.office import Office
from edge_models.simulator.ticket import Ticket
from edge_models.ticket_log.columns import TicketLog

COLUMNS = (
    *("office", "service", "date", "ticket", "arrived_at", "called_at", "started_at"),
    *("finished_at", "counter", "priority", "outcome"),
)
FIRST_DAY = date(2026, 1, 5)
WORKING_DAYS = 5
Simulated = tuple[date, list[Ticket]]


def simulate(office: Office, days: int, seed: int) -> Iterator[Simulated]:
    """So many working days from a Monday on; each day has a seed of its own."""
    for number in range(days):
        weeks, weekday = divmod(number, WORKING_DAYS)
        when = FIRST_DAY + timedelta(weeks=weeks, days=weekday)
        yield when, simulate_day(office, weekday, Random(f"{seed}/{number}"))  # noqa: S311 - a simulation wants to be repeated


def write_csv(path: Path, office: Office, days: Iterable[Simulated]) -> int:
    """Write the canonical ticket log; how many tickets it has."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for when, tickets in days:
            out.writerows(_row(office, when, ticket) for ticket in tickets)
            written += len(tickets)
    return written


def _row(office: Office, when: date, ticket: Ticket) -> tuple[object, ...]:
    started = ticket.called if ticket.shows_up else math.nan
    return (
        *(office.name, office.lines[ticket.line].name, when.isoformat(), ticket.number + 1),
        *(_minute(at) for at in (ticket.arrived, ticket.called, started, ticket.finished)),
        *(ticket.counter + 1 or "", ticket.priority, ticket.outcome),
    )


def _minute(at: float) -> str:
    return "" if math.isnan(at) else f"{at:.3f}"


def as_log(office: Office, days: Iterable[Simulated]) -> TicketLog:
    """The same tickets as columns."""
    rows = [
        (t.line, when.toordinal(), t.arrived, t.called, t.finished, t.counter, t.priority)
        for when, tickets in days
        for t in tickets
    ]
    line, day, arrived, called, finished, counter, priority = np.array(rows, dtype=np.float64).T
    return TicketLog(
        offices=(office.name,),
        services=tuple(each.name for each in office.lines),
        counters=tuple(str(number + 1) for number in range(len(office.counters))),
        office=np.zeros(len(rows), dtype=np.int64),
        service=line.astype(np.int64),
        day=day.astype(np.int64),
        arrived=arrived,
        called=called,
        finished=finished,
        counter=counter.astype(np.int64),
        priority=priority,
    )
