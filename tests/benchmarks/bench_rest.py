"""An edge machine that nobody uses: server, embedded broker and kiosk at rest, alone and together.

Run `python -m tests.benchmarks.bench_rest [--seconds S]`. Server and kiosk are the real programs in
processes of their own; the printer beside them is simulated in this one and not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import SimulatedPrinter
from tests.benchmarks.bench_screen import CONFIG, KioskProcess
from tests.benchmarks.figures import Row, machine, probe_row
from tests.office_process import OfficeProcess

MIB = 1024 * 1024
QUIET = 0.02
"""Cores' share of a second in which a program has ended what it does after its start."""
SETTLES_WITHIN_S = 120


class Family:
    """A process and its children."""

    def __init__(self, pid: int) -> None:
        parent = psutil.Process(pid)
        self._members = [parent, *parent.children(recursive=True)]

    def used_s(self) -> float:
        """Seconds of processor until now; an ended member raises."""
        return sum(sum(one.cpu_times()[:2]) for one in self._members)

    def mib(self) -> float:
        """Proportional set size: shared pages count once."""
        return sum(one.memory_full_info().pss for one in self._members) / MIB


def settle(families: list[Family]) -> None:
    """Models are loaded, self-test and first leases are over: three quiet seconds in a row."""
    quiet = 0
    for _ in range(SETTLES_WITHIN_S):
        before = sum(family.used_s() for family in families)
        time.sleep(1)  # rest is what is looked for
        quiet = (
            quiet + 1 if sum(f.used_s() for f in families) - before < QUIET * len(families) else 0
        )
        if quiet == 3:
            return
    raise SystemExit("the machine does not come to rest")


def at_rest(families: list[Family], seconds: float) -> list[tuple[float, float]]:
    """Percent of one core and MiB of each."""
    settle(families)
    before, began = [family.used_s() for family in families], time.perf_counter()
    time.sleep(seconds)  # rest is what is measured
    lasted = time.perf_counter() - began
    used = [family.used_s() - had for family, had in zip(families, before, strict=True)]
    return [(s / lasted * 100, family.mib()) for s, family in zip(used, families, strict=True)]


def rows(folder: Path, seconds: float) -> Iterator[Row]:
    with ExitStack() as stack:
        server = stack.enter_context(OfficeProcess(folder / "ward"))
        server.first_line()
        simulator = PrinterSimulator(SimulatedPrinter(), port=0)
        stack.callback(simulator.close)
        host, port = simulator.address
        secret = server.folder / "credentials" / "kiosk-1.json"
        config = folder / "kiosk.toml"
        config.write_text(CONFIG.format(url=server.url, credentials=secret, host=host, port=port))
        kiosk = KioskProcess(folder, ["queue_server", "kiosk", "--config", str(config)])
        stack.callback(kiosk.stop)
        (busy, office), (touched, screen) = at_rest(
            [Family(server.pid), Family(kiosk.child.pid)], seconds
        )
    over = f"over {seconds:.0f} s"
    yield Row(f"server and embedded broker at rest {over}", "", f"{office:.0f} MiB, {busy:.1f} %")
    yield Row(
        f"kiosk at rest {over}", "≤ 250 MB, ≤ 3 % of a core", f"{screen:.0f} MiB, {touched:.1f} %"
    )
    yield Row(
        f"idle edge machine: server, broker and kiosk {over}",
        "≤ 500 MB, ≤ 5 % of a core",
        f"{office + screen:.0f} MiB, {busy + touched:.1f} %",
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options.seconds):
            sys.stdout.write(f"{row}\n")
        sys.stdout.write(f"{probe_row(Path(folder))}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
