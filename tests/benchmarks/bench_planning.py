"""Measures the staffing advice: `python -m tests.benchmarks.bench_planning`; goal 2 s on one core.

The child process is what a running server pays: start, simulation, answer.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from edge_models.staffing.advise import TARGET_MIN, advise
from edge_models.staffing.first_answer import first_answer
from edge_models.staffing.live_state import LiveState
from edge_models.staffing.wire import state_to_json
from tests.simulation.staffing_scenes import crowded_centre, morning

SCENES = {"ward, 8 waiting": morning(), "centre, 90 waiting, 25 counters": crowded_centre()}


def say(what: str, goal_ms: float, work: Callable[[], object], count: int) -> None:
    """Print the median of wall and processor milliseconds."""
    wall, processor = [], []
    for _ in range(count):
        began, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - began) * 1e3)
        processor.append((time.process_time() - used) * 1e3)
    middle, own = statistics.median(wall), statistics.median(processor)
    sys.stdout.write(f"{what:52s} {middle:8.1f} ms wall {own:8.1f} ms processor; goal {goal_ms}\n")


def in_a_child(state: LiveState) -> None:
    subprocess.run(
        [sys.executable, "-m", "edge_models.staffing", str(TARGET_MIN)],
        input=state_to_json(state),
        capture_output=True,
        text=True,
        check=True,
    )


def main() -> None:
    for name, state in SCENES.items():
        say(f"Erlang C, {name}", 50, lambda s=state: first_answer(s, TARGET_MIN), 20)
        say(f"simulation, {name}", 2000, lambda s=state: advise(s), 5)
        say(f"in a child process, {name}", 2000, lambda s=state: in_a_child(s), 5)


if __name__ == "__main__":
    main()
