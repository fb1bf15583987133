"""Our simulator and Ciw agree on four offices that no formula solves."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from edge_models.simulator.days import simulate
from edge_models.simulator.office import Line, Office
from edge_models.simulator.ticket import Ticket
from tests.simulation import ciw_reference as ciw

REFERENCE = json.loads(ciw.TARGET.read_text())
RUNS = 80
PLAIN = Office(
    (Line("CT", 1.0, ciw.MINUTES, ciw.CV),),
    ((0,),) * ciw.COUNTERS,
    visits=ciw.RATE * ciw.LONG,
    sessions=((0.0, ciw.LONG),),
    half_hours={30 * slot: 1.0 for slot in range(200)},
    before_opening=0,
    monday=1,
    daily_cv=0,
    priority=0,
    no_show=0,
    impatient=0,
    bulk=0,
    break_share=0,
)
PRIORITY = replace(PLAIN, priority=ciw.URGENT, turns=(1, 0))
IMPATIENT = replace(
    PLAIN,
    visits=ciw.RATE * 1.15 * ciw.LONG,
    impatient=ciw.IMPATIENT,
    patience=ciw.PATIENCE,
)
RUSH = replace(
    PLAIN,
    visits=30 * sum(ciw.RUSH),
    half_hours={30 * slot: rate for slot, rate in enumerate(ciw.RUSH)},
)


def mean_wait(tickets: list[Ticket]) -> float:
    return float(np.mean([t.called - t.arrived for t in tickets if t.counter >= 0]))


def long_run(tickets: list[Ticket]) -> list[Ticket]:
    """Without the empty start, and without who was cut off by the end."""
    return [t for t in tickets if t.arrived > ciw.WARM and t.outcome != "expired"]


def plain_figures(tickets: list[Ticket]) -> dict[str, float]:
    return {"wait": mean_wait(long_run(tickets))}


def priority_figures(tickets: list[Ticket]) -> dict[str, float]:
    each = {"urgent": 1, "ordinary": 0}
    came = long_run(tickets)
    return {name: mean_wait([t for t in came if t.priority == p]) for name, p in each.items()}


def impatient_figures(tickets: list[Ticket]) -> dict[str, float]:
    came = long_run(tickets)
    left = sum(t.outcome == "abandoned" for t in came)
    return {"wait": mean_wait(came), "left": left / len(came)}


def rush_figures(tickets: list[Ticket]) -> dict[str, float]:
    return {"wait": mean_wait(tickets), "people": float(len(tickets))}


Figures = Callable[[list[Ticket]], dict[str, float]]


@pytest.mark.parametrize(
    ("case", "office", "figures"),
    [
        ("plain", PLAIN, plain_figures),
        ("priority", PRIORITY, priority_figures),
        ("impatient", IMPATIENT, impatient_figures),
        ("rush", RUSH, rush_figures),
    ],
)
def test_the_simulator_agrees_with_ciw(case: str, office: Office, figures: Figures) -> None:
    runs = [figures(next(iter(simulate(office, 1, seed)))[1]) for seed in range(RUNS)]
    for name, theirs in REFERENCE["cases"][case].items():
        ours = np.array([run[name] for run in runs])
        margin = 2.8 * math.hypot(ours.std(ddof=1) / math.sqrt(RUNS), theirs["error"])
        assert abs(ours.mean() - theirs["mean"]) < margin, (case, name, ours.mean(), theirs)
        # A test that cannot fail would be worth nothing: the band is narrow.
        assert margin < 0.35 * theirs["mean"]


def test_a_slower_office_would_be_noticed() -> None:
    """The comparison sees service times that are off by a tenth."""
    slower = replace(PLAIN, lines=(Line("CT", 1.0, 1.1 * ciw.MINUTES, ciw.CV),))
    runs = np.array(
        [plain_figures(next(iter(simulate(slower, 1, seed)))[1])["wait"] for seed in range(RUNS)]
    )
    theirs = REFERENCE["cases"]["plain"]["wait"]
    margin = 2.8 * math.hypot(runs.std(ddof=1) / math.sqrt(RUNS), theirs["error"])
    assert abs(runs.mean() - theirs["mean"]) > margin
