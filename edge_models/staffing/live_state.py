"""The office at this moment, as far as the next two hours depend on it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from edge_models.simulator.office import Line

SLOT_MIN = 30.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits: in which line, of which class (0 ordinary), for how many minutes."""

    line: int
    priority: int
    waited: float


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter.

    Attributes:
        tiers: positions of its lines, those of a later tier only while the earlier are empty.
        busy_line: the line of the citizen at it now, None when it is free.
        busy_min: for how long that service has gone on.
        turns: so many priority calls, then so many ordinary ones.
    """

    number: int
    tiers: tuple[tuple[int, ...], ...]
    open: bool
    busy_line: int | None = None
    busy_min: float = 0.0
    turns: tuple[int, int] = (2, 1)
    only_urgent: bool = False

    @property
    def lines(self) -> frozenset[int]:
        """Every line it serves."""
        return frozenset(line for tier in self.tiers for line in tier)


@dataclass(frozen=True, slots=True)
class LiveState:
    """Everything a simulation starts from.

    Attributes:
        at: minute of the day.
        lines: service times by line; `share` is not used.
        sessions: opening hours in minutes of the day.
        arrivals: people expected by line and half hour of the day; the present half hour counts
            in full, its rest is taken.
        day_cv: how much the rest of the day may be busier or quieter as a whole.
        late_min: so long after a session people who still wait are called.
        guard: minutes after which a ticket goes first.
    """

    at: float
    lines: tuple[Line, ...]
    sessions: tuple[tuple[float, float], ...]
    waiting: tuple[Waiting, ...] = ()
    desks: tuple[Desk, ...] = ()
    arrivals: tuple[tuple[float, ...], ...] = ()
    day_cv: float = 0.15
    priority: float = 0.12
    no_show: float = 0.05
    late_min: float = 30.0
    guard: float = field(default=math.inf)

    def expected(self, line: int, minutes: float) -> float:
        """People of a line expected in the next minutes."""
        return sum(mean for _, _, mean in self.pieces(line, minutes))

    def pieces(self, line: int, minutes: float) -> list[tuple[float, float, float]]:
        """The coming half hours as `(from, to, people)`, the first and last in part."""
        found = []
        until = self.at + minutes
        for slot, mean in enumerate(self.arrivals[line] if self.arrivals else ()):
            start = max(self.at, slot * SLOT_MIN)
            end = min(until, (slot + 1) * SLOT_MIN)
            if end > start and mean > 0:
                found.append((start, end, mean * (end - start) / SLOT_MIN))
        return found
