"""What the shipped model learns from: real logs, and simulated offices."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from edge_models.simulator.days import as_log, simulate
from edge_models.simulator.office import Office
from edge_models.simulator.random_office import random_office
from edge_models.ticket_log.columns import Mask, TicketLog
from edge_models.ticket_log.open_counters import OpenCounters, read_open_counters
from edge_models.ticket_log.reader import read_tickets
from edge_models.wait.baselines import Lesson, join, nothing
from edge_models.wait.mature import mature_rows
from edge_models.wait.replay import Replay

OFFICES = 60
DAYS = 5
WARSAW = ("warsaw_tickets.csv.gz", "warsaw_open_counters.csv.gz")
BANK = "bank_january.csv.gz"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RealLog:
    """A log of the world with its open counters, where they are known."""

    log: TicketLog
    counters: OpenCounters

    def lesson(self, *, learning: bool = True) -> Lesson:
        """All called tickets with their features."""
        return lesson_of(self.log, self.counters, learning=learning)

    def mature(self) -> Lesson:
        """The same tickets as if their offices had known all other days."""
        return mature_lesson(self.log, self.counters)

    def only(self, chosen: Mask) -> RealLog:
        """A part of its tickets."""
        return RealLog(self.log.rows(chosen), self.counters)


def warsaw(folder: Path) -> RealLog:
    """Tickets of the municipal offices of Warsaw.

    Raises:
        OSError: the folder does not hold them.
    """
    log, _ = read_tickets(folder / WARSAW[0])
    return RealLog(log, read_open_counters(folder / WARSAW[1], log)[0])


def bank(folder: Path) -> RealLog:
    """Calls of the Technion's "Anonymous Bank".

    Raises:
        OSError: the folder does not hold them.
    """
    return RealLog(read_tickets(folder / BANK)[0], OpenCounters())


def lesson_of(log: TicketLog, counters: OpenCounters, *, learning: bool = True) -> Lesson:
    """The called tickets of a log with their features."""
    rows = Replay(log, counters, learning=learning).run()
    called = ~np.isnan(log.called)
    return Lesson(rows[called], log.wait[called], log.day[called])


def mature_lesson(log: TicketLog, counters: OpenCounters) -> Lesson:
    """The called tickets of a log with the features of a grown office."""
    rows = mature_rows(log, counters)
    called = ~np.isnan(log.called)
    return Lesson(rows[called], log.wait[called], log.day[called])


def simulated(seed: int, offices: int = OFFICES, progress: Progress = lambda _: None) -> Lesson:
    """Days of random offices; some do not know their counters or when a service ends."""
    rng, lesson = Random(seed), nothing()  # noqa: S311 - a simulation wants to be repeated
    for number in range(offices):
        office = random_office(f"simulated {number}", rng)
        log = as_log(office, simulate(office, DAYS, rng.randrange(2**31)))
        log, counters = _as_known(office, log, rng)
        lesson = join(lesson, lesson_of(log, counters))
        progress(number + 1)
    return lesson


def _as_known(office: Office, log: TicketLog, rng: Random) -> tuple[TicketLog, OpenCounters]:
    """What such an office would have written down."""
    if rng.random() < 1 / 2:
        log.finished[~np.isnan(log.called)] = math.nan
    if rng.random() < 1 / 3:
        log.counter[:] = -1
    counters = OpenCounters()
    if rng.random() < 1 / 2:
        changes = [
            (at, line, sum(line in served for served in office.counters) * opened)
            for start, end in office.sessions
            for at, opened in ((start, 1), (end, 0))
            for line in range(len(office.lines))
        ]
        counters.changes = {(0, day): changes for day in np.unique(log.day).tolist()}
    return log, counters
