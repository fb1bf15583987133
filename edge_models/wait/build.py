"""`poe train-wait`: makes the shipped model anew; same logs, seed and recipe, same model.

usage: python -m edge_models.wait.build --waits FOLDER [--into edge_models/artifacts]
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
from rich.progress import Progress

from edge_models.ticket_log.columns import Floats, TicketLog
from edge_models.wait import sources
from edge_models.wait.baselines import Lesson, join
from edge_models.wait.export import export
from edge_models.wait.model import SHIPPED
from edge_models.wait.training import Recipe, Trainer

SEED = 20260105
# All simulated tickets together weigh this share of the real ones.
SIMULATED_SHARE = 0.15
PROBE_ROWS = 4000
LIMITS = [
    "Learned from Warsaw offices of winter 2019/20, a call centre of 1999 and simulated offices.",
    "No Vietnamese log was available: nothing is known about its error in a Vietnamese office.",
    "Warsaw times are reconstructed from snapshots 5 minutes apart; errors below that are noise.",
    "An office should trust it only as far as its own daily score says.",
]


def shared_lesson(real: list[Lesson], made: Lesson) -> tuple[Lesson, Floats]:
    """Real and simulated tickets together, and how much each weighs."""
    lesson = real[0]
    for more in real[1:]:
        lesson = join(lesson, more)
    weight = SIMULATED_SHARE * len(lesson.wait) / len(made.wait)
    weights = np.concatenate([np.ones(len(lesson.wait)), np.full(len(made.wait), weight)])
    return join(lesson, made), weights


def spans(log: TicketLog) -> list[dict[str, str]]:
    """Which offices and days of a log were learned from, for the card."""
    found = []
    for office, name in enumerate(log.offices):
        days = log.day[log.office == office]
        first, last = (date.fromordinal(int(day)).isoformat() for day in (days.min(), days.max()))
        found.append({"office": name, "from": first, "to": last})
    return found


def build(waits: Path, into: Path) -> float:
    """Train, export and write the cards; the largest gap between trained and exported model.

    Raises:
        OSError: the logs are not in this folder.
    """
    recipe = Recipe()
    logs = [sources.warsaw(waits), sources.bank(waits)]
    with Progress() as progress:
        making = progress.add_task("simulated offices", total=sources.OFFICES)
        made = sources.simulated(
            SEED, progress=lambda done: progress.update(making, completed=done)
        )
        lesson, weights = shared_lesson([each.mature() for each in logs], made)
        tasks = {
            n: progress.add_task(f"trees of {n}", total=recipe.trees_of(n)) for n in ("p50", "p90")
        }
        trainer = Trainer(recipe, lambda n, trees: progress.update(tasks[n], completed=trees))
        boosters = trainer.train(lesson, weights)
    facts = {
        "licence": "Apache-2.0",
        "data": [
            "City of Warsaw, queues of municipal offices, by way of kolejkeR snapshots",
            "Technion, Anonymous Bank call centre, January 1999, with acknowledgement",
            f"{sources.OFFICES} offices of the simulator, {sources.DAYS} days each, seed {SEED}",
        ],
        "tickets": len(lesson.wait),
        "split": "all tickets; measured by training the same recipe without the tested rows",
        "metrics": "edge_models/README.md, made by `poe study-wait`",
        "limits": LIMITS,
        "recipe": asdict(recipe),
        "trained_on": [span for each in logs for span in spans(each.log)],
    }
    chosen = np.random.default_rng(SEED).choice(len(lesson.wait), PROBE_ROWS, replace=False)
    return export(boosters, lesson.rows[chosen], into, facts)


def main() -> None:
    """Build from the command line."""
    asked = argparse.ArgumentParser(description="Train and export the shipped waiting-time model")
    asked.add_argument("--waits", type=Path, required=True, help="folder with the real logs")
    asked.add_argument("--into", type=Path, default=SHIPPED)
    given = asked.parse_args()
    missing = [n for n in (*sources.WARSAW, sources.BANK) if not (given.waits / n).is_file()]
    if missing:
        asked.error(f"{given.waits} lacks {', '.join(missing)}: see the waits README of the design")
    gap = build(given.waits, given.into)
    print(f"exported to {given.into}; at most {gap:.4f} min from the trained model")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
