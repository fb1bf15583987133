"""A ticket log in memory: one numpy column per field, minutes of the day as float64."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class TicketLog:
    """Tickets ordered by office, day and arrival.

    Times are minutes since local midnight of `day` (a proleptic ordinal), NaN where unknown.
    `office`, `service` and `counter` are positions in the lists of names, -1 where unknown.
    """

    offices: tuple[str, ...]
    services: tuple[str, ...]
    counters: tuple[str, ...]
    office: Ints
    service: Ints
    day: Ints
    arrived: Floats
    called: Floats
    finished: Floats
    counter: Ints
    priority: Floats

    def __len__(self) -> int:
        """Number of tickets."""
        return len(self.arrived)

    @property
    def wait(self) -> Floats:
        """Arrival to first call, in minutes; NaN for whoever was never called."""
        return self.called - self.arrived

    @property
    def queue_day(self) -> Ints:
        """A number for each office, service and day: what the bootstrap draws."""
        keys = np.stack([self.office, self.service, self.day], axis=1)
        return np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)

    def rows(self, chosen: Mask | Ints) -> TicketLog:
        """The chosen tickets, in the same order."""
        columns = {
            name: getattr(self, name)[chosen]
            for name in ("office", "service", "day", "arrived", "called", "finished")
        }
        return TicketLog(
            self.offices,
            self.services,
            self.counters,
            **columns,
            counter=self.counter[chosen],
            priority=self.priority[chosen],
        )

    def office_days(self) -> Iterator[tuple[int, int, slice]]:
        """Office, day and where its tickets stand; tickets of an office day stand together."""
        if not len(self):
            return
        change = (np.diff(self.office) != 0) | (np.diff(self.day) != 0)
        starts = [0, *(np.flatnonzero(change) + 1).tolist(), len(self)]
        for start, end in pairwise(starts):
            yield int(self.office[start]), int(self.day[start]), slice(start, end)


@dataclass(slots=True)
class Faults:
    """What is wrong in a file, counted by reason; `dropped` rows were not used at all."""

    rows: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    first_line: dict[str, int] = field(default_factory=dict)

    def drop(self, reason: str, line: int) -> None:
        """This row cannot be used."""
        self.dropped[reason] += 1
        self.first_line.setdefault(reason, line)

    def note(self, reason: str, line: int | None = None, count: int = 1) -> None:
        """This row, or `count` things in the log, are used but not as they should be."""
        self.noted[reason] += count
        if line is not None:
            self.first_line.setdefault(reason, line)

    def as_dict(self) -> dict[str, object]:
        """For a report."""
        return {
            "rows_read": self.rows,
            "dropped": dict(self.dropped),
            "noted": dict(self.noted),
            "first_line": dict(self.first_line),
        }
