"""Draws the visits of one virtual day; the same seed and day number give the same visits."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import TypeVar

from kiosk.domain.priority import Priority
from queue_server.demo.ward import Ward

HALF_HOUR_MIN = 30.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visit:
    """One citizen of the day. Times in minutes; `arrives_min` counts from midnight.

    `procedure_draw` in 0..1 picks one of the service's procedures, `kiosk` is the place of the
    kiosk that the citizen walks to.
    """

    arrives_min: float
    service: str
    priority: Priority
    service_min: float
    patience_min: float
    comes_when_called: bool
    procedure_draw: float
    kiosk: int


def draw_day(ward: Ward, seed: int, day: int, kiosks: int) -> list[Visit]:
    """The visits of the `day`-th day, in order of arrival."""
    # Not for secrets; a string seeds the same on every machine.
    rng = random.Random(f"{seed}/{day}")  # noqa: S311 - a simulation must be repeatable
    spread = ward.visits.mean_per_day * ward.visits.daily_cv
    count = max(1, round(rng.gauss(ward.visits.mean_per_day, spread)))
    visits = [_visit(ward, rng, kiosks) for _ in range(count)]
    return sorted(visits, key=lambda visit: visit.arrives_min)


def _visit(ward: Ward, rng: random.Random, kiosks: int) -> Visit:
    people = ward.people
    service = _pick(rng, list(ward.services), [one.share for one in ward.services.values()])
    priority = Priority.NORMAL
    if rng.random() < people.priority_share:
        chosen = _pick(rng, list(people.priority), list(people.priority.values()))
        priority = Priority(chosen.value)
    mix = ward.services[service]
    return Visit(
        arrives_min=_arrival(ward, rng),
        service=service,
        priority=priority,
        service_min=lognormal(rng, mix.mean_min, mix.cv),
        patience_min=rng.uniform(*people.patience_min),
        comes_when_called=rng.random() >= people.no_show_share,
        procedure_draw=rng.random(),
        kiosk=rng.randrange(kiosks),
    )


def _arrival(ward: Ward, rng: random.Random) -> float:
    visits = ward.visits
    if rng.random() < visits.share_before_opening:
        return _minutes(min(ward.arrivals)) - rng.random() * visits.before_opening_min
    begins = _pick(rng, list(ward.arrivals), list(ward.arrivals.values()))
    return _minutes(begins) + rng.random() * HALF_HOUR_MIN


def lognormal(rng: random.Random, mean: float, cv: float) -> float:
    """A draw with this mean and coefficient of variation."""
    sigma2 = math.log(1 + cv * cv)
    return rng.lognormvariate(math.log(mean) - sigma2 / 2, math.sqrt(sigma2))


def _pick(rng: random.Random, values: Sequence[T], weights: Sequence[float]) -> T:
    return rng.choices(values, weights)[0]


def _minutes(at: time) -> float:
    return at.hour * 60 + at.minute
