"""Rows of the README's table, and what the machine itself needs: its name and two probes."""

from __future__ import annotations

import os
import platform
import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PROBES = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside the limit that house.md sets for it."""

    what: str
    goal: str
    seen: str

    def __str__(self) -> str:
        return f"| {self.what} | {self.goal} | {self.seen} |"


def share(values: Sequence[float], part: float) -> float:
    """The value that `part` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median and range of several runs."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def machine() -> str:
    """Processor, cores, system, Python."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before: {load:.1f}"
    )


def timed_ms(work: Callable[[], object], count: int = PROBES) -> list[float]:
    """Milliseconds of each run."""
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


def fsync_ms(folder: Path) -> list[float]:
    """Append 4 KiB and have them on the disk."""
    handle = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        return timed_ms(lambda: (os.write(handle, bytes(4096)), os.fdatasync(handle)))
    finally:
        os.close(handle)


def loopback_ms() -> list[float]:
    """One byte over TCP to another thread and back."""

    def echo() -> None:
        connection, _ = listener.accept()
        with connection:
            while byte := connection.recv(1):
                connection.sendall(byte)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=echo)
        thread.start()
        with socket.create_connection(listener.getsockname()) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            taken = timed_ms(lambda: (line.sendall(b"x"), line.recv(1)))
        thread.join()
    return taken


def probe_row(folder: Path) -> Row:
    """Both probes, taken beside a figure."""
    disk, line = fsync_ms(folder), loopback_ms()
    return Row(
        "probe: 4 KiB fsynced / one byte over loopback and back, p50 and p99",
        "",
        f"{share(disk, 0.5):.2f}, {share(disk, 0.99):.2f} / "
        f"{share(line, 0.5):.2f}, {share(line, 0.99):.2f} ms",
    )
