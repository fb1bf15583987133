"""Measures a slip from the call to the paper: `python -m tests.benchmarks.bench_slip [--count N]`.

The simulated printer runs in the same process, so printing figures include its share of the
interpreter lock. The loopback probe beside them is one byte there and back over TCP.
"""

import argparse
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable

from kiosk.adapters.escpos_picture_job import picture_job
from kiosk.adapters.escpos_text_job import text_job
from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Happening, SimulatedPrinter
from kiosk.adapters.slip_bitmap import slip_bitmap, warm_up
from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from tests.fakes.slips import SLIP


def timed(work: Callable[[], object], count: int) -> list[float]:
    """Return how many milliseconds each run took."""
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return taken


def loopback(count: int) -> list[float]:
    def echo() -> None:
        connection, _ = listener.accept()
        with connection:
            while byte := connection.recv(1):
                connection.sendall(byte)

    def there_and_back() -> None:
        line.sendall(b"x")
        line.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=echo)
        thread.start()
        with socket.create_connection(listener.getsockname()) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            taken = timed(there_and_back, count)
        thread.join()
    return taken


def printing(count: int) -> tuple[list[float], list[float]]:
    """Return milliseconds from the call to the first byte of the job, and to the proven cut."""
    simulator = PrinterSimulator(SimulatedPrinter(), port=0)
    host, port = simulator.address
    printer = printer_from(PrinterConfig(kind="network", host=host, port=port))
    if printer is None:
        raise SystemExit("the configuration names no printer")
    to_first_byte, to_proof = [], []
    try:
        for number in range(1, count + 1):
            start = time.perf_counter()
            printer.print_slip(SLIP)
            to_proof.append((time.perf_counter() - start) * 1e3)
            first = simulator.printer.wait_for(Happening.FIRST_BYTE, number)
            to_first_byte.append((first.at - start) * 1e3)
    finally:
        printer.close()
        simulator.close()
    return to_first_byte, to_proof


def line(what: str, taken: list[float]) -> str:
    median, p99 = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    return f"{what:<44}{median:>9.2f}{p99:>9.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args().count
    warm_up()
    picture_job(SLIP, 576)
    first_byte, proof = printing(count)
    rows = [
        f"{'milliseconds, n = ' + str(count):<44}{'median':>9}{'p99':>9}",
        line("slip drawn, 576 dots", timed(lambda: slip_bitmap(SLIP), count)),
        line(
            f"picture job, {len(picture_job(SLIP, 576)):,} bytes",
            timed(lambda: picture_job(SLIP, 576), count),
        ),
        line(
            f"text job, {len(text_job(SLIP, 576)):,} bytes",
            timed(lambda: text_job(SLIP, 576), count),
        ),
        line("print → first byte at the printer (≤ 150)", first_byte),
        line("print → cut proven, simulator", proof),
        line("probe: one byte over loopback and back", loopback(count)),
    ]
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
