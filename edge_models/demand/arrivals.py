"""Arrivals of one office, counted by day, service and half hour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import Floats, Ints, Mask, TicketLog

SLOT_MIN = 30
SLOTS = 24 * 60 // SLOT_MIN
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Counts `[day, service, half hour]` of the days on which anybody came, in order.

    `days` are proleptic ordinals; a day without any arrival is not in the list: the office was
    closed, or its log is missing.
    """

    services: tuple[str, ...]
    days: Ints
    counts: Counts

    def __len__(self) -> int:
        """Number of days."""
        return len(self.days)

    def rows(self, chosen: Mask) -> Arrivals:
        """The chosen days."""
        return Arrivals(self.services, self.days[chosen], self.counts[chosen])

    def before(self, day: int) -> Arrivals:
        """What was known in the morning of `day`."""
        return self.rows(self.days < day)


def count_arrivals(
    services: tuple[str, ...], day: Ints, service: Ints, minute: Floats
) -> tuple[Arrivals, int]:
    """Count tickets; `service` are positions in `services`, `minute` minutes of the day.

    Returns:
        The counts, and how many tickets were left out because they arrived on no minute of
        their day (a log of several days in one, or a broken clock).
    """
    fits = (minute >= 0) & (minute < SLOTS * SLOT_MIN)
    days, row = np.unique(day[fits], return_inverse=True)
    counts = np.zeros((len(days), len(services), SLOTS))
    slot = (minute[fits] // SLOT_MIN).astype(np.int64)
    np.add.at(counts, (row.reshape(-1), service[fits], slot), 1.0)
    return Arrivals(services, days.astype(np.int64), counts), int((~fits).sum())


def arrivals_of_offices(log: TicketLog) -> tuple[dict[str, Arrivals], int]:
    """The arrivals of each office of a log, services without a ticket left out of an office."""
    found: dict[str, Arrivals] = {}
    outside = 0
    for number, office in enumerate(log.offices):
        rows = log.office == number
        used, service = np.unique(log.service[rows], return_inverse=True)
        names = tuple(log.services[place] for place in used)
        arrivals, left_out = count_arrivals(
            names, log.day[rows], service.reshape(-1).astype(np.int64), log.arrived[rows]
        )
        outside += left_out
        if len(arrivals):
            found[office] = arrivals
    return found, outside
