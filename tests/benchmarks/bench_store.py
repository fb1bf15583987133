"""Measures the store: durable tickets by size of group, recovery, verify; with an fsync probe.

Run `python -m tests.benchmarks.bench_store [--folder DIR]`, or with the others by `poe bench`.
Tickets are issued through the keeper with a key each, so deciding, encoding, hashing, the tables
and the fsync are all in the figure; HTTP is not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Semaphore

from queue_server.adapters.clock import SteadyClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.writer_thread import WriterThread
from queue_server.use_cases.keep_day import DayKeeper, Request
from tests.fakes.busy_office import issue, small_office

RUNS = 5
A_RUN = 960
WAITING = 20_000


def requests(count: int) -> list[Request]:
    return [issue(uuid.uuid4().hex, key=uuid.uuid4().hex) for _ in range(count)]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def median_of(make: Callable[[], Callable[[], object]]) -> tuple[float, float]:
    taken = [timed(make()) for _ in range(RUNS)]
    wall, processor = zip(*taken, strict=True)
    return statistics.median(wall), statistics.median(processor)


def in_groups(keeper: DayKeeper, size: int) -> Callable[[], object]:
    batches = [requests(size) for _ in range(A_RUN // size)]
    return lambda: [keeper.work_off(batch) for batch in batches]


def by_thread(writer: WriterThread, in_flight: int) -> Callable[[], object]:
    """So many senders, each with one request on its way; groups form by themselves."""
    asked = requests(A_RUN)
    free = Semaphore(in_flight)

    def work() -> None:
        for request in asked:
            free.acquire()
            writer.submit(request).add_done_callback(lambda _: free.release())
        for _ in range(in_flight):
            free.acquire()

    return work


def fsync_probe(folder: Path) -> float:
    """Median seconds to append 4 KiB and have them on the disk."""
    handle = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        taken = []
        for _ in range(200):
            began = time.perf_counter()
            os.write(handle, bytes(4096))
            os.fdatasync(handle)
            taken.append(time.perf_counter() - began)
        return statistics.median(taken)
    finally:
        os.close(handle)


def line(name: str, taken: tuple[float, float]) -> str:
    wall, processor = (seconds / A_RUN for seconds in taken)
    return f"{name:<44}{1 / wall:9,.0f}{wall * 1e6:9.0f}{processor * 1e6:9.0f}"


def issuing(keeper: DayKeeper, waiting: str) -> Iterator[str]:
    for size in (1, 8, 32):
        name = f"groups of {size}, {waiting} waiting"
        yield line(name, median_of(lambda size=size: in_groups(keeper, size)))
    writer = WriterThread(keeper)
    writer.start()
    try:
        name = f"writer thread, 32 senders, {waiting} waiting"
        yield line(name, median_of(lambda: by_thread(writer, 32)))
    finally:
        writer.stop()


def filled(folder: Path) -> Iterator[str]:
    """The same with many waiting, and what many cost at start and in `verify`."""
    path = folder / "full" / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = DayKeeper(store, SteadyClock(), small_office())
        while len(keeper.day.tickets) < WAITING:
            keeper.work_off(requests(500))
        loading = median_of(lambda: store.load_day)[0]
        yield from issuing(keeper, f"{WAITING:,}")
    opening = median_of(lambda: lambda: SqliteStore(path).close())[0]
    began = time.perf_counter()
    verdict = verify_file(path)
    verifying = time.perf_counter() - began
    assert verdict.ok, verdict.fault
    yield f"{f'the day of {WAITING:,} tickets loaded, s (≤ 1)':<44}{loading:9.2f}"
    yield f"{'a store opened, nothing to migrate, ms':<44}{opening * 1e3:9.1f}"
    yield f"{f'verify, {verdict.events:,} events, s':<44}{verifying:9.2f}"


def figures(folder: Path) -> Iterator[str]:
    yield f"{f'durable tickets, median of {RUNS}':<44}{'/s':>9}{'µs':>9}{'µs CPU':>9}"
    with closing(SqliteStore(folder / "empty" / "office.db")) as store:
        yield from issuing(DayKeeper(store, SteadyClock(), small_office()), "none")
    yield from filled(folder)
    yield f"{'probe: 4 KiB and fdatasync, ms':<44}{fsync_probe(folder) * 1e3:9.2f}"


def report(folder: Path) -> None:
    for text in figures(folder):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def test_the_store_in_figures(tmp_path: Path) -> None:
    report(tmp_path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure")
    with tempfile.TemporaryDirectory(dir=parser.parse_args().folder) as folder:
        report(Path(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
