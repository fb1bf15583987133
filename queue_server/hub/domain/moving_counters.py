"""Which office could lend a counter to which, so that people together wait less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CALM_MIN = 10.0
"""Who gives a counter away must stay below this mean wait."""
MINUTES = 60.0


@dataclass(frozen=True, slots=True)
class Trial:
    """Mean waits in minutes of one office as simulated: as it is, with one counter less, one more.

    `fewer` is None where the office has one counter.
    """

    office: str
    province: str
    visits_a_day: float
    now: float
    fewer: float | None
    more: float


@dataclass(frozen=True, slots=True)
class Move:
    """A counter from one office to another: means there before and after, hours saved a day."""

    giver: Trial
    taker: Trial

    @property
    def hours_saved(self) -> float:
        """Waiting of all people of both offices, in hours a day."""
        lost = self.giver.visits_a_day * ((self.giver.fewer or 0.0) - self.giver.now)
        won = self.taker.visits_a_day * (self.taker.now - self.taker.more)
        return (won - lost) / MINUTES


def moves(trials: Sequence[Trial], limit_min: float) -> list[Move]:
    """The best exchanges within each province, each office in one of them at most.

    Args:
        trials: The offices.
        limit_min: Who waits longer than this on average is helped.
    """
    takers = sorted((t for t in trials if t.now > limit_min), key=lambda t: -t.now * t.visits_a_day)
    calm = [t for t in trials if t.now <= limit_min]
    givers = [t for t in calm if t.fewer is not None and t.fewer <= CALM_MIN]
    found = []
    for taker in takers:
        near = [Move(giver, taker) for giver in givers if giver.province == taker.province]
        best = max(near, key=lambda move: move.hours_saved, default=None)
        if best is None or best.hours_saved <= 0:
            continue
        givers.remove(best.giver)
        found.append(best)
    return sorted(found, key=lambda move: -move.hours_saved)
