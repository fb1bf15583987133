"""Measures reports: a year of 3,000 tickets a day from folded days, and the fold of one day.

Run `python -m tests.benchmarks.bench_reports [--days 365]`. The day is played by the simulation
of the big day once, its facts are folded and laid down for every day of a year as the server
lays them down; what is measured is the report as a manager asks for it, from the open of the file.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays, write_day
from queue_server.config.report_data import ReportsSection
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.period import Kind, period_on
from queue_server.use_cases.reports.report_desk import ReportDesk
from queue_server.use_cases.reports.selection import Selection
from queue_server.use_cases.reports.visit_facts import DayFacts, facts_of_day
from tests.benchmarks.figures import machine, spread
from tests.fakes.big_day import SEVEN, BigDay, big_office, citizens
from tests.fakes.event_file import moved, write_events

RUNS = 5
FIRST = date(2026, 1, 1)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def year_of(folder: Path, day: BigDay, facts: DayFacts, days: int) -> ReportDesk:
    """A store with one event a day and the folds of full days bound to it."""
    opened = day.events[:1]
    offset = (FIRST - SEVEN.date()).days
    store = write_events(
        folder / "office.db",
        ((FIRST + timedelta(days=n), moved(opened, offset + n)) for n in range(days + 1)),
    )
    folds = FoldedDays(store, folder / "figures.db")
    folds.missing()
    with closing(sqlite3.connect(store)) as source:
        heads = dict(source.execute("SELECT day, hash FROM event"))
    with closing(sqlite3.connect(folder / "figures.db")) as connection, connection:
        for n in range(days):
            on = FIRST + timedelta(days=n)
            write_day(connection, bytes(heads[on.isoformat()]), replace(facts, day=on))
    return ReportDesk(
        folds=folds,
        office=big_office,
        targets_min=(15, 30),
        settings=ReportsSection(staff=26),
        clock=SetClock(SEVEN + timedelta(days=400)),
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    days = parser.parse_args().days
    day = BigDay(citizens()).play()
    stored = [StoredEvent(seq, event) for seq, event in enumerate(day.events, 1)]
    facts = facts_of_day(SEVEN.date(), stored)
    folds = [timed(lambda: facts_of_day(SEVEN.date(), stored)) for _ in range(RUNS)]
    with tempfile.TemporaryDirectory() as name:
        desk = year_of(Path(name), day, facts, days)
        period = period_on(Kind.YEAR, FIRST)
        report = [timed(lambda: desk.report(period)) for _ in range(RUNS)]
        opens = Selection("over30")
        visits = [timed(lambda: desk.visits(period, opens)) for _ in range(RUNS)]
        size = (Path(name) / "figures.db").stat().st_size / 1e6
        figures = (f for s in desk.report(period).sections for f in s.figures)
        tickets = next(f for f in figures if f.id == "issued")
    sys.stdout.write(
        f"{machine()}\n"
        f"a year's report, {days} days, {tickets.value:,.0f} tickets, s: {spread(report, 2)}\n"
        f"the first 100 visits over 30 min of that year, s: {spread(visits, 2)}\n"
        f"a day of {len(facts.visits)} tickets from {len(stored)} events, s: {spread(folds, 2)}\n"
        f"figures.db: {size:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
