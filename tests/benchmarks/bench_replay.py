"""Measures the day replay: a day of 3,000 tickets played into boards, one opened, rules tried.

Run `python -m tests.benchmarks.bench_replay [--runs 3]`. What is measured is what a manager waits
for: the first look at a day (all minutes are played once), each further minute, and the trial of
the usual calling rules with that day's people.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from functools import partial
from typing import cast

from queue_server.use_cases.board import Targets
from queue_server.use_cases.ports import EventReader, StoredEvent
from queue_server.use_cases.replay_shelf import ReplayShelf
from tests.benchmarks.bench_reports import timed
from tests.benchmarks.figures import machine, spread
from tests.fakes.big_day import SEVEN, BigDay, citizens


class OneDay:
    """The events of one day, as a reader of the store gives them."""

    def __init__(self, stored: list[StoredEvent]) -> None:
        self._stored = stored

    def days(self) -> list[date]:
        """The one day."""
        return [SEVEN.date()]

    def of_day(self, day: date) -> list[StoredEvent]:
        """Its events."""
        return self._stored if day == SEVEN.date() else []


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    day = BigDay(citizens()).play()
    stored = [StoredEvent(seq, event) for seq, event in enumerate(day.events, 1)]
    reader, targets = cast("EventReader", OneDay(stored)), Targets(15, 30)
    plays, scrubs, rules, size, minutes = [], [], [], 0, 0
    for _ in range(runs):
        shelf = ReplayShelf(reader, targets, lambda: (date.max, 0))
        plays.append(timed(partial(shelf.played, SEVEN.date())))
        played = shelf.played(SEVEN.date())
        minutes, size = len(played.boards), sum(map(len, played.boards))
        scrubs += [
            timed(partial(played.board, minute)) * 1e3
            for minute in range(played.first, played.last, 7)
        ]
        rules.append(timed(partial(shelf.rules, SEVEN.date())))
    sys.stdout.write(
        f"{machine()}\n"
        f"a day of {len(day.day.tickets):,} tickets, {len(stored):,} events, played into {minutes} "
        f"boards, s: {spread(plays, 2)}\n"
        f"one more minute of it, ms: {spread(scrubs, 2)}; kept in memory: {size / 1e6:.1f} MB\n"
        f"the usual rules tried on it, s: {spread(rules, 2)}\n"
    )


if __name__ == "__main__":
    main()
