"""Measures the waiting-time model and the simulator: `python -m tests.benchmarks.bench_wait`.

Beside each figure stands the processor time of this process: on a shared machine it says more than
the clock on the wall.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from edge_models.simulator.days import simulate
from edge_models.simulator.office import read_office
from edge_models.wait.baselines import Lesson
from edge_models.wait.features import features
from edge_models.wait.memory import OfficeMemory
from edge_models.wait.model import WaitModel
from edge_models.wait.office_now import OfficeNow
from edge_models.wait.own_lines import learn
from edge_models.wait.sources import simulated
from edge_models.wait.training import Recipe, Trainer

WARD = {
    "visit_mix_commune": {"CT": 0.7, "HT": 0.3},
    "service_minutes": {"CT": [8, 0.7], "HT": [15, 0.6]},
    "office": {"visits": 300, "counters": 12},
}


def say(what: str, goal_ms: float, work: Callable[[], object], count: int) -> None:
    """Print the median of wall and processor milliseconds."""
    wall, processor = [], []
    for _ in range(count):
        began, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - began) * 1e3)
        processor.append((time.process_time() - used) * 1e3)
    middle, own = statistics.median(wall), statistics.median(processor)
    sys.stdout.write(f"{what:42s} {middle:8.3f} ms wall {own:8.3f} ms processor; goal {goal_ms}\n")


def busy_office() -> OfficeNow:
    now = OfficeNow(OfficeMemory(), 0)
    for ticket in range(256):
        now.arrive(ticket, ticket % 8, 480 + ticket / 10)
    return now


def train(lesson: Lesson) -> None:
    """Train on 100,000 tickets, drawn again from the simulated ones, with both cores."""
    chosen = np.random.default_rng(1).integers(0, len(lesson.wait), 100_000)
    large = Lesson(lesson.rows[chosen], lesson.wait[chosen], lesson.day[chosen])
    began, used = time.perf_counter(), time.process_time()
    Trainer(Recipe(threads=2)).train(large)
    took, own = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"training on 100,000 tickets, two cores: {took:.0f} s wall, {own:.0f} s processor; "
        f"goal 300. "
        f"Most memory of this process: {memory:.0f} MB; goal 2048\n"
    )


def main() -> None:
    model, now = WaitModel(), busy_office()
    lesson = simulated(9, offices=8)
    rows = lesson.rows[:256]
    say("model, one row", 0.05, lambda: model.predict(rows[:1]), 500)
    say("model, 256 rows", 5, lambda: model.predict(rows), 100)
    line = np.arange(len(lesson.wait)) % 9
    own = learn(lesson.rows, lesson.wait, lesson.day, line)
    say("own lines, one row", 0.05, lambda: own.predict(rows[:1], line[:1]), 500)
    say(
        "model and own lines, 256 rows",
        5,
        lambda: own.blend(model.predict(rows), rows, line[:256]),
        100,
    )
    say(
        f"a night's own lines, {len(line)} tickets",
        1000,
        lambda: learn(lesson.rows, lesson.wait, lesson.day, line),
        3,
    )
    say("features, one ticket of 256 waiting", 0.05, lambda: features(now, 0, 520.0), 500)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.json"
        path.write_text(json.dumps(WARD), encoding="utf-8")
        office = read_office(path)
    train(lesson)
    say("simulated day, 300 visits", 50, lambda: list(simulate(office, 1, 1)), 20)


if __name__ == "__main__":
    main()
