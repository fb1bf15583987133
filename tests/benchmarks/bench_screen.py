"""The kiosk's screen as a real process: start, touch, rest, and a thousand citizens.

Run `python -m tests.benchmarks.bench_screen [--starts N] [--touches N] [--idle S] [--visits N]
[--full]`.
Server and printer run beside it in this process. The window is SDL's offscreen one at the size of
a portrait kiosk, drawn by Mesa's software rasteriser: a kiosk's graphics chip draws faster.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import SimulatedPrinter
from queue_server.bootstrap import RunningOffice
from tests.benchmarks.figures import Row, machine, probe_row, share, spread
from tests.fakes.offices import running

MIB = 1024 * 1024
PATIENCE_S = 120.0
SETTLES_S = 8.0
"""From the first screen until self-test, first look and first leases are over."""
CONFIG = """
[office]
id = "ward"
name_vi = "Bộ phận Một cửa phường Mẫu"
name_en = "Sample Ward One-Stop Office"
[server]
url = "{url}"
credentials = "{credentials}"
[printer]
kind = "network"
host = "{host}"
port = {port}
[screen]
fullscreen = false
"""


class KioskProcess:
    """One kiosk; `up_s` is from its start until it said READY, which is after the second frame.

    `work_s` is the time that processors worked for it until then.
    """

    def __init__(self, folder: Path, command: list[str]) -> None:
        ears = folder / "ready"
        ears.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.bind(str(ears))
            line.settimeout(PATIENCE_S)
            environment = os.environ | {"SDL_VIDEODRIVER": "offscreen", "NOTIFY_SOCKET": str(ears)}
            began = time.perf_counter()
            self.child = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=(folder / "kiosk.log").open("ab"),
                text=True,
            )
            while line.recv(64) != b"READY=1":
                pass
            self.up_s = time.perf_counter() - began
        self.work_s = sum(psutil.Process(self.child.pid).cpu_times()[:2])

    def stop(self) -> None:
        self.child.terminate()
        self.child.communicate(timeout=PATIENCE_S)

    def facts(self) -> list[dict[str, Any]]:
        """What the visitor in it has to say, until it ends; how far it is goes to the terminal."""
        found = []
        for line in self.child.stdout or ():
            if line.startswith("{"):
                found.append(fact := json.loads(line))
                if "pss" in fact:
                    sys.stderr.write(f"{fact['visits']:,} visits: {fact['pss']:.1f} MiB\n")
        if self.child.wait():
            raise SystemExit(f"the kiosk ended with {self.child.returncode}")
        return found


@contextmanager
def served(folder: Path) -> Iterator[Path]:
    """A running office and printer, and the settings of a kiosk for them."""
    simulator = PrinterSimulator(SimulatedPrinter(), port=0)
    try:
        with running(folder / "ward") as office:
            yield _settings(folder, office, simulator)
    finally:
        simulator.close()


def _settings(folder: Path, office: RunningOffice, simulator: PrinterSimulator) -> Path:
    config = folder / "kiosk.toml"
    host, port = simulator.address
    secret = office.settings.data / "credentials" / "kiosk-1.json"
    text = CONFIG.format(url=office.http_url, credentials=secret, host=host, port=port)
    config.write_text(text, encoding="utf-8")
    return config


def starts(folder: Path, config: Path, runs: int) -> tuple[list[float], list[float]]:
    """Seconds from the start of `motcua kiosk` to its first screen, and of processor until then.

    The first run warms the disk and is left out.
    """
    taken, work = [], []
    for _ in range(runs + 1):
        kiosk = KioskProcess(folder, ["queue_server", "kiosk", "--config", str(config)])
        taken.append(kiosk.up_s)
        work.append(kiosk.work_s)
        kiosk.stop()
    return taken[1:], work[1:]


def rest(folder: Path, config: Path, seconds: float) -> tuple[float, float]:
    """Percent of one core and MiB (proportional set size) of a kiosk that nobody touches."""
    visitor = ["tests.benchmarks.screen_visitor", str(config), "--visits", "0"]
    kiosk = KioskProcess(folder, visitor)
    try:
        process = psutil.Process(kiosk.child.pid)
        time.sleep(SETTLES_S)
        before, began = sum(process.cpu_times()[:2]), time.perf_counter()
        time.sleep(seconds)  # rest is what is measured
        used = sum(process.cpu_times()[:2]) - before
        percent = used / (time.perf_counter() - began) * 100
        return percent, process.memory_full_info().pss / MIB
    finally:
        kiosk.stop()


def visits(folder: Path, config: Path, count: int, *more: str) -> list[dict[str, Any]]:
    visitor = ["tests.benchmarks.screen_visitor", str(config), "--visits", str(count), *more]
    return KioskProcess(folder, visitor).facts()


def touch_rows(facts: list[dict[str, Any]]) -> Iterator[Row]:
    touches = [fact for fact in facts if "touch" in fact]
    for what, key in (("first drawing", "first_ms"), ("last drawing", "last_ms")):
        taken = [fact[key] for fact in touches]
        slowest = max(touches, key=lambda fact: fact[key])
        yield Row(
            f"touch → {what} of its answer, n = {len(taken)}, p50, p99, ms",
            "≤ 100",
            f"{share(taken, 0.5):.0f}, {share(taken, 0.99):.0f}; most {slowest[key]:.0f} "
            f"({slowest['touch']})",
        )


def growth_row(facts: list[dict[str, Any]], count: int) -> Row:
    """From a quarter of the way on: caches of letters and pictures are filled by then."""
    weighed = [fact for fact in facts if "pss" in fact]
    later = [fact for fact in weighed if fact["visits"] >= count / 4]
    first, last = later[0], later[-1]
    return Row(
        f"memory over {count:,} visits, PSS at {first['visits']} → {last['visits']}, MiB",
        "≤ 238 (250 MB), no growth",
        f"{first['pss']:.1f} → {last['pss']:.1f}; objects {first['objects']:,} → "
        f"{last['objects']:,}; most {max(fact['pss'] for fact in weighed):.0f}, "
        f"RSS {max(fact['rss'] for fact in weighed):.0f}",
    )


def rows(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    with served(folder) as config:
        if options.starts:
            taken, work = starts(folder, config, options.starts)
            seen = f"{spread(taken, 2)}; of the processor {spread(work, 2)}"
            yield Row("start → first screen, s", "≤ 2", seen)
        if options.touches:
            yield from touch_rows(visits(folder, config, options.touches))
        if options.idle:
            percent, memory = rest(folder, config, options.idle)
            what = f"a kiosk at rest over {options.idle:.0f} s"
            yield Row(what, "≤ 3 % of one core, ≤ 250 MB", f"{percent:.1f} %, {memory:.0f} MiB")
        if options.visits:
            small = () if options.full else ("--small",)
            facts = visits(folder, config, options.visits, "--hurried", *small)
            yield growth_row(facts, options.visits)
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--touches", type=int, default=20, help="visits whose touches are timed")
    parser.add_argument("--idle", type=float, default=30.0)
    parser.add_argument("--visits", type=int, default=1000)
    parser.add_argument("--full", action="store_true", help="visits with all pixels, not a quarter")
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory(dir=os.environ.get("MOTCUA_BENCH_DIR")) as folder:
        for row in rows(Path(folder), options):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
