"""Prints the README's table: `poe bench`, or `python -m tests.benchmarks.run_all [--quick]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk.adapters.escpos_picture_job import picture_job
from kiosk.adapters.slip_bitmap import warm_up
from tests.benchmarks import (
    bench_boards,
    bench_press_to_board,
    bench_rest,
    bench_server_life,
    bench_tickets,
)
from tests.benchmarks.bench_touch import touches
from tests.benchmarks.figures import Row, machine, share, spread
from tests.fakes.offices import running
from tests.fakes.slips import SLIP
from tests.integration.office_brokers import MOSQUITTO

GOALS_MS = {"mosquitto": 25, "embedded": 40}


def press_to_board(runs: int, count: int) -> Iterator[Row]:
    """Row 1: the call at the display and the board over SSE, for each broker."""
    for broker, goal in GOALS_MS.items():
        if broker == "mosquitto" and MOSQUITTO is None:
            yield Row("key press → board, mosquitto", f"≤ {goal}", "mosquitto is not installed")
            continue
        found = [bench_press_to_board.measure(broker, count) for _ in range(runs)]
        for what in ("call at the display, MQTT", "board, SSE"):
            p99 = [share(taken[f"press → {what}"], 0.99) for taken in found]
            p50 = [share(taken[f"press → {what}"], 0.5) for taken in found]
            yield Row(
                f"key press → {what}, {broker}, p99, ms",
                f"≤ {goal}",
                f"{spread(p99)}; p50 {spread(p50)}",
            )


def touch(folder: Path, count: int) -> Iterator[Row]:
    """Row 7; `bench_slip` has the parts of it that are printing."""
    warm_up()
    picture_job(SLIP, 576)
    folder.mkdir()
    with running(folder / "ward") as office:
        taken = touches(office, folder, count)
    yield Row(
        "touch → first byte at the printer, p99, ms",
        "≤ 150",
        f"{share(taken, 0.99):.1f}; p50 {share(taken, 0.5):.1f}",
    )


def rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    runs, seconds, count = (2, 2.0, 50) if quick else (5, 4.0, 200)
    yield from press_to_board(2 if quick else 3, count)
    yield from bench_tickets.rows(folder / "tickets", runs, seconds)
    yield from bench_server_life.rows(folder / "life", runs)
    yield from bench_rest.rows(folder / "rest", 10.0 if quick else 60.0)
    yield from bench_boards.rows(folder / "boards", 2 if quick else 5, 1000)
    yield from touch(folder / "touch", count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs")
    options = parser.parse_args()
    sys.stdout.write(f"{machine()}\n\n| what | goal | seen: median (range of the runs) |\n")
    sys.stdout.write("|---|---|---|\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as name:
        folder = Path(name)
        for part in ("tickets", "life", "rest", "boards"):
            (folder / part).mkdir()
        for row in rows(folder, quick=options.quick):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
