"""Back after `kill -9`, and what a server costs that has nothing to do.

Run `python -m tests.benchmarks.bench_server_life [--runs N] [--idle SECONDS]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.benchmarks.bench_tickets import WAITING, fill
from tests.benchmarks.figures import Row, machine, probe_row, spread
from tests.office_process import OfficeProcess

MIB = 1024 * 1024
IMPORTS = "import gc; gc.disable(); import queue_server.cli.office, queue_server.bootstrap"


def back_s(server: OfficeProcess, runs: int) -> list[float]:
    """Seconds from the start of the process to the first 200, after each kill."""
    server.start()
    taken = []
    for _ in range(runs):
        server.kill()
        taken.append(server.start())
    server.kill()
    return taken


def import_s(runs: int) -> list[float]:
    """The interpreter's start and imports alone: our code has done nothing yet."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)
        taken.append(time.perf_counter() - began)
    return taken


def idle(server: OfficeProcess, seconds: float) -> tuple[float, float]:
    """Percent of one core and MiB (proportional set size) of the server and its broker."""
    server.first_line()
    parent = psutil.Process(server.pid)
    family = [parent, *parent.children()]

    def used_s() -> float:
        return sum(sum(one.cpu_times()[:2]) for one in family)

    before, began = used_s(), time.perf_counter()
    parent_still_there = parent.is_running()
    time.sleep(seconds)  # idleness is what is measured
    percent = (used_s() - before) / (time.perf_counter() - began) * 100
    if not parent_still_there or not parent.is_running():
        raise SystemExit("the server ended while it was measured")
    return percent, sum(one.memory_full_info().pss for one in family) / MIB


def rows(folder: Path, runs: int, idle_s: float) -> Iterator[Row]:
    small, full = OfficeProcess(folder / "small"), OfficeProcess(folder / "full")
    fill(full)
    yield Row("recovery after kill -9 → first 200, s", "≤ 1", spread(back_s(small, runs), 2))
    yield Row(f"the same with {WAITING:,} waiting, s", "", spread(back_s(full, runs), 2))
    yield Row("of it Python's start and imports, s", "", spread(import_s(runs), 2))
    with small:
        percent, memory = idle(small, idle_s)
    yield Row(
        f"idle server + embedded broker over {idle_s:.0f} s (kiosk not in it)",
        "≤ 500 MB, ≤ 5 % of one core",
        f"{memory:.0f} MiB, {percent:.1f} %",
    )
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--idle", type=float, default=20.0)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.runs, options.idle):
            sys.stdout.write(f"{row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
