"""Measures a touch until paper: `python -m tests.benchmarks.bench_touch [--count N]`.

From the moment the screen hands the order over, through the kiosk's use case, HTTP, the server's
commit and the drawing of the slip, to the first byte at the simulated printer. Kiosk, server and
printer run in one process here, so each figure carries the others' share of the interpreter lock.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from kiosk.adapters.escpos_picture_job import picture_job
from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Happening, SimulatedPrinter
from kiosk.adapters.slip_bitmap import warm_up
from kiosk.bootstrap.kiosk_parts import make_gateway, make_issue, read_plan
from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from queue_server.bootstrap import RunningOffice
from tests.benchmarks.figures import fsync_ms, loopback_ms, machine, share
from tests.fakes.offices import running
from tests.fakes.slips import SLIP

CONFIG = """
[office]
id = "ward"
name_vi = "Bộ phận Một cửa phường Mẫu"
name_en = "Sample Ward One-Stop Office"

[server]
url = "{url}"
credentials = "{credentials}"
"""


def touches(office: RunningOffice, folder: Path, count: int) -> list[float]:
    """Milliseconds from each order to the first byte of its slip at the printer."""
    config = folder / "kiosk.toml"
    secret = office.settings.data / "credentials" / "kiosk-1.json"
    config.write_text(CONFIG.format(url=office.http_url, credentials=secret), encoding="utf-8")
    plan = read_plan(config)
    simulator = PrinterSimulator(SimulatedPrinter(), port=0)
    host, port = simulator.address
    printer = printer_from(PrinterConfig(kind="network", host=host, port=port))
    if printer is None:
        raise SystemExit("the configuration names no printer")
    gateway = make_gateway(plan)
    issue = make_issue(plan, gateway, printer, lambda _status: None)
    taken = []
    try:
        for number in range(1, count + 1):
            began = time.perf_counter()
            issue(TicketOrder("CT", Language.VI))
            first = simulator.printer.wait_for(Happening.FIRST_BYTE, number)
            taken.append((first.at - began) * 1e3)
    finally:
        gateway.close()
        printer.close()
        simulator.close()
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args().count
    warm_up()
    picture_job(SLIP, 576)
    with tempfile.TemporaryDirectory() as name, running(Path(name) / "ward") as office:
        taken = touches(office, Path(name), count)
        probes = fsync_ms(Path(name)), loopback_ms()
    sys.stdout.write(
        f"{machine()}\n"
        f"touch → first byte at the printer (≤ 150), ms, n = {count}: "
        f"p50 {share(taken, 0.5):.1f}, p99 {share(taken, 0.99):.1f}\n"
        f"probes, p50 ms: fsync {share(probes[0], 0.5):.2f}, loopback {share(probes[1], 0.5):.3f}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
