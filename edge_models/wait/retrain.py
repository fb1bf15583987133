"""The nightly contest: an own model of the office against the one that answers, on later days.

The own model learns from all days but the last three and is tried on those, day by day, with what
the nights before taught both. It is the very model that then answers: so the days on which it was
tried were unseen, tonight and at the next contest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints, Mask
from edge_models.wait.baselines import Lesson
from edge_models.wait.conformal import Conformal, Places
from edge_models.wait.features import PLACE
from edge_models.wait.grown import Grown, grow
from edge_models.wait.memory import DAYS_KEPT
from edge_models.wait.metrics import Forecasts, pinball
from edge_models.wait.model import WaitModel
from edge_models.wait.own_lines import learn
from edge_models.wait.replay import Matrix
from edge_models.wait.training import TooFewTickets, Trainer

HELD_OUT = 3
# Fewer tried tickets decide nothing.
FEWEST_TRIED = 100
# A smaller gain is chance, and a switch for nothing.
GAIN = 0.005


class Model(Protocol):
    """Whatever forecasts from features."""

    def predict(self, rows: Matrix) -> Forecasts:
        """P50 and P90 in minutes."""
        ...


@dataclass(frozen=True, slots=True)
class Past:
    """The called tickets of one office, one row each: features, wait, day, line."""

    rows: Matrix
    wait: Floats
    day: Ints
    service: Ints

    def part(self, chosen: Mask) -> Past:
        """Some of the tickets."""
        return Past(self.rows[chosen], self.wait[chosen], self.day[chosen], self.service[chosen])

    def places(self, chosen: Mask) -> Places:
        """Where the chosen stood, as the correction of the P90 asks."""
        rows = self.rows[chosen]
        office = np.zeros(len(rows), dtype=np.int64)
        return Places(office, rows[:, PLACE["ahead"]], rows[:, PLACE["minute"]])


@dataclass(frozen=True, slots=True)
class Tried:
    """Errors on the held-out days, minutes, and the correction of the P90 they teach."""

    mae: float
    pinball_90: float
    correction: Conformal


@dataclass(frozen=True, slots=True)
class Contest:
    """Both models on the same tickets of the days `held_out`, whose features are `probe`."""

    own: Grown
    probe: Matrix
    tickets: int
    trained_until: int
    held_out: Ints
    tried: int
    now: Tried
    new: Tried

    @property
    def better(self) -> bool:
        """Whether the own model shall answer: clearly nearer, and no worse a bound."""
        nearer = self.new.mae < self.now.mae * (1 - GAIN)
        return nearer and self.new.pinball_90 <= self.now.pinball_90 * (1 + GAIN)


def contest(past: Past, base: WaitModel, active: Model, trainer: Trainer | None = None) -> Contest:
    """Train an own model on `base` and try it beside the active one.

    Raises:
        TooFewTickets: there is too little to learn from, or to try on.
    """
    held_out = np.unique(past.day)[-HELD_OUT:]
    late = np.isin(past.day, held_out)
    if late.sum() < FEWEST_TRIED:
        raise TooFewTickets(f"{late.sum()} tickets to try on, at least {FEWEST_TRIED}")
    before = past.part(~late)
    own = grow(base, Lesson(before.rows, before.wait, before.day), trainer)
    return Contest(
        own=own,
        probe=past.rows[late],
        tickets=len(before.wait),
        trained_until=int(before.day.max()),
        held_out=held_out,
        tried=int(late.sum()),
        now=_tried(past, active, held_out),
        new=_tried(past, own, held_out),
    )


def _tried(past: Past, model: Model, held_out: Ints) -> Tried:
    correction, miss, loss = Conformal(), 0.0, 0.0
    for today in held_out.tolist():
        now = past.day == today
        said = with_own_lines(past, model, today)
        correction.close_day(past.places(now), said.p90, past.wait[now])
        miss += float(np.abs(said.p50 - past.wait[now]).sum())
        loss += pinball(past.wait[now], said.p90, 0.9) * float(now.sum())
    tickets = int(np.isin(past.day, held_out).sum())
    return Tried(miss / tickets, loss / tickets, correction)


def with_own_lines(past: Past, model: Model, today: int) -> Forecasts:
    """What was said of a day's tickets with a model and the lines' habits known that morning."""
    days = np.unique(past.day)
    known = past.part(np.isin(past.day, days[days < today][-DAYS_KEPT:]))
    own = learn(known.rows, known.wait, known.day, known.service)
    now = past.part(past.day == today)
    return own.blend(model.predict(now.rows), now.rows, now.service)
