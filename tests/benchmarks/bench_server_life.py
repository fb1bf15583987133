"""Back after `kill -9`, with few and with very many people waiting.

Run `python -m tests.benchmarks.bench_server_life [--runs N]`.
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

from tests.benchmarks.bench_tickets import WAITING, fill
from tests.benchmarks.figures import Row, machine, probe_row, spread
from tests.office_process import OfficeProcess

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


def rows(folder: Path, runs: int) -> Iterator[Row]:
    small, full = OfficeProcess(folder / "small"), OfficeProcess(folder / "full")
    fill(full)
    yield Row("recovery after kill -9 → first 200, s", "≤ 1", spread(back_s(small, runs), 2))
    yield Row(f"the same with {WAITING:,} waiting, s", "", spread(back_s(full, runs), 2))
    yield Row("of it Python's start and imports, s", "", spread(import_s(runs), 2))
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.runs):
            sys.stdout.write(f"{row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
