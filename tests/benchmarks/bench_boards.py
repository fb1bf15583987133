"""One change to a thousand boards over SSE: `python -m tests.benchmarks.bench_boards [--boards N]`.

The boards live in one process, so its work is in the figure, too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Row, machine, probe_row, share, spread
from tests.office_process import OfficeProcess

ROOT = Path(__file__).parents[2]


def rows(folder: Path, runs: int, boards: int, changes: int = 20) -> Iterator[Row]:
    p50, p99, size = [], [], 0
    with OfficeProcess(folder / "office") as server:
        for _ in range(runs):
            said = subprocess.run(
                [
                    *(sys.executable, "-m", "tests.benchmarks.board_watchers"),
                    *(str(server.port), server.secret(), str(boards), str(changes)),
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                check=True,
                timeout=180,
            )
            seen = json.loads(said.stdout)
            p50.append(share(seen["ms"], 0.5))
            p99.append(share(seen["ms"], 0.99))
            size = seen["event_bytes"]
    yield Row(
        f"{boards:,} boards, one change to all, {size / 1024:.1f} kB each, p99, ms",
        "≤ 200",
        f"{spread(p99, 0)}; p50 {spread(p50, 0)}",
    )
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--boards", type=int, default=1000)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.runs, options.boards):
            sys.stdout.write(f"{row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
