"""Durable tickets over HTTP: per second with 32 clients, p99 with 8, the same with 20,000 waiting.

Run `python -m tests.benchmarks.bench_tickets [--runs N] [--seconds S]`. The server is a process of
its own, `ticket_clients.py` another; a ticket counts when its 201 has come, so after the fsync.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from queue_server.adapters.clock import SteadyClock
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.bootstrap.settings import settle
from queue_server.use_cases.keep_day import DayKeeper
from tests.benchmarks.figures import Row, machine, probe_row, spread
from tests.fakes.busy_office import issue
from tests.office_process import OfficeProcess

ROOT = Path(__file__).parents[2]
SERVICES = ("CT", "HT", "DD", "XD")
WAITING = 20_000
A_COMMIT = 500


def take(
    server: OfficeProcess, clients: int, seconds: float, ca: Path | None = None
) -> dict[str, Any]:
    """One run of the clients, by TLS with `ca`; nobody is refused, no number comes twice."""
    said = subprocess.run(
        [
            *(sys.executable, "-m", "tests.benchmarks.ticket_clients", str(server.port)),
            *(server.secret(), str(clients), str(seconds), *SERVICES),
        ],
        cwd=ROOT,
        env={**os.environ, "MOTCUA_BENCH_CA": str(ca or "")},
        stdout=subprocess.PIPE,
        check=True,
        timeout=seconds + 60,
    )
    seen: dict[str, Any] = json.loads(said.stdout)
    if seen["refused"] or len(set(seen["numbers"])) != len(seen["numbers"]):
        raise SystemExit(f"wrong answers: {seen['refused']} refused, or a number twice")
    return seen


def fill(server: OfficeProcess) -> None:
    """Let 20,000 people wait, before the server starts."""
    settings = settle(server.folder, None, None)
    path = server.folder / "store" / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = DayKeeper(store, SteadyClock(), settings.file.to_office())
        for first in range(0, WAITING, A_COMMIT):
            batch = [
                issue(uuid.uuid4().hex, service=SERVICES[n % len(SERVICES)], key=uuid.uuid4().hex)
                for n in range(first, first + A_COMMIT)
            ]
            refused = [a.fault for a in keeper.work_off(batch).answers if a.fault]
            if refused:
                raise SystemExit(f"cannot fill the office: {refused[0]!r}")


def rows(folder: Path, runs: int, seconds: float) -> Iterator[Row]:
    """Empty and full office in turns, so that a noisy minute hits both."""
    empty, full = OfficeProcess(folder / "empty"), OfficeProcess(folder / "full")
    fill(full)
    taken: dict[tuple[str, int], list[dict[str, Any]]] = {}
    probes = []
    with empty, full:
        for server in (empty, full):
            take(server, 8, 1)
        for _ in range(runs):
            for name, server in (("empty", empty), ("full", full)):
                for clients in (32, 8):
                    seen = take(server, clients, seconds)
                    taken.setdefault((name, clients), []).append(seen)
            probes.append(probe_row(folder))
    rate = {key: [run["per_s"] for run in found] for key, found in taken.items()}
    p99 = {key: [run["p99_ms"] for run in found] for key, found in taken.items()}
    ratios = [b / a for a, b in zip(rate["empty", 32], rate["full", 32], strict=True)]
    yield Row("durable tickets/s over HTTP, 32 clients", "≥ 1,500", spread(rate["empty", 32], 0))
    yield Row(
        f"the same with {WAITING:,} waiting, as a ratio",
        "≥ 0.9",
        f"{spread(ratios, 2)}; {median(rate['full', 32]):,.0f}/s",
    )
    yield Row("issue p99 at 8 clients, ms", "≤ 20", spread(p99["empty", 8]))
    yield Row("issue p99 at 8 clients, 20,000 waiting, ms", "≤ 20", spread(p99["full", 8]))
    yield from probes[len(probes) // 2 :][:1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.runs, options.seconds):
            sys.stdout.write(f"{row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
