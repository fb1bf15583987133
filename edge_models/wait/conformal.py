"""Moves a P90 so that nine of ten waits stay below it, by what the last working days showed.

Conformalised quantile regression, one-sided: the score of a past ticket is how far its wait went
past the forecast, as a share of forecast plus one minute. The correction of a group is the 90 %
point of its scores; a group is office x people ahead x late afternoon, and a small group asks a
larger one. Every night the oldest day leaves and yesterday comes in.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints

LEVEL = 0.9
DAYS = 3
ENOUGH = 60
LATE = 15 * 60.0
BUCKETS = (0.5, 2.5, 8.5)
# Before any day of its own a strange office is covered too little: by so much of P90 + 1, measured
# on offices that were left out.
STRANGE = 0.08
Group = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Where tickets stand: office, people ahead, minute of the day, one row each."""

    office: Ints
    ahead: Floats
    minute: Floats

    def groups(self) -> tuple[list[Group], list[Group], list[Group]]:
        """The group of each ticket, fine to coarse; -1 stands for 'any'."""
        bucket = np.digitize(self.ahead, BUCKETS).tolist()
        late = (self.minute >= LATE).astype(int).tolist()
        office = self.office.tolist()
        fine = list(zip(office, bucket, late, strict=True))
        return fine, [(o, b, -1) for o, b, _ in fine], [(-1, b, -1) for _, b, _ in fine]


@dataclass(slots=True)
class Conformal:
    """Corrections from the last days; without any, what strange offices were found to need."""

    days: deque[tuple[Places, Floats]] = field(default_factory=lambda: deque(maxlen=DAYS))
    points: dict[Group, float] = field(default_factory=dict)

    def close_day(self, places: Places, p90: Floats, wait: Floats) -> None:
        """Learn from a day's uncorrected forecasts and its waits."""
        if not len(wait):
            return
        self.days.append((places, (wait - p90) / (p90 + 1)))
        scores: dict[Group, list[float]] = defaultdict(list)
        for day, gone_past in self.days:
            for groups in day.groups():
                for group, score in zip(groups, gone_past.tolist(), strict=True):
                    scores[group].append(score)
        self.points = {group: point(found) for group, found in scores.items()}
        every = np.concatenate([gone_past for _, gone_past in self.days])
        self.points = {g: p for g, p in self.points.items() if not math.isnan(p)}
        self.points[-1, -1, -1] = float(np.quantile(every, LEVEL))

    def correct(self, places: Places, p90: Floats, p50: Floats) -> Floats:
        """The corrected P90, never below the P50."""
        if not self.points:
            return np.maximum(p90 + STRANGE * (p90 + 1), p50)
        otherwise = self.points[-1, -1, -1]
        shift = np.array(
            [
                next((self.points[g] for g in groups if g in self.points), otherwise)
                for groups in zip(*places.groups(), strict=True)
            ]
        ).reshape(-1)
        return np.maximum(p90 + shift * (p90 + 1), p50)


def point(scores: list[float]) -> float:
    """The 90 % point with the small-sample margin; NaN of too few."""
    number = len(scores)
    if number < ENOUGH:
        return math.nan
    rank = min(number, math.ceil((number + 1) * LEVEL))
    return float(np.partition(scores, rank - 1)[rank - 1])
