"""Measures the day replay: a day of 3,000 tickets played into boards, one opened, rules tried.

Run `python -m tests.benchmarks.bench_replay [--runs 3]`. What is measured is what a manager waits
for: the first look at a day (read from a store's file, all minutes played once), each further
minute, the first row of the table of other rules and each that follows, and a second look.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.use_cases.board import Targets
from queue_server.use_cases.replay_shelf import ReplayShelf
from tests.benchmarks.bench_reports import timed
from tests.benchmarks.figures import machine, spread
from tests.fakes.big_day import SEVEN, BigDay, citizens
from tests.fakes.event_file import write_events


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    day, on = BigDay(citizens()).play(), SEVEN.date()
    plays, scrubs, first, more, again = [], [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        store = write_events(Path(name) / "office.db", [(on, day.events)])
        for _ in range(runs):
            shelf = ReplayShelf(SqliteReader(store), Targets(15, 30), lambda: (date.max, 0))
            plays.append(timed(partial(shelf.played, on)))
            played = shelf.played(on)
            scrubs += [
                timed(partial(played.board, minute)) * 1e3
                for minute in range(played.first, played.last, 7)
            ]
            first.append(timed(partial(shelf.rules, on, 0)))
            usual = range(1, shelf.rules(on, 0).of)
            more += [timed(partial(shelf.rules, on, number)) for number in usual]
            again.append(timed(partial(shelf.rules, on)) * 1e3)
    size = sum(map(len, played.boards))
    sys.stdout.write(
        f"{machine()}\n"
        f"a day of {len(day.day.tickets):,} tickets, {len(day.events):,} events, played into "
        f"{len(played.boards)} boards, s: {spread(plays, 2)}\n"
        f"one more minute of it, ms: {spread(scrubs, 2)}; kept in memory: {size / 1e6:.1f} MB\n"
        f"the first of the usual rules on it, s: {spread(first, 2)}; each other, of "
        f"{len(usual)}, s: {spread(more, 2)}; all of them again, ms: {spread(again, 1)}\n"
    )


if __name__ == "__main__":
    main()
