"""The server at work while it is killed, its disk fails, its clock is set, its memory ends."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil

from tests.campaign.found import Cannot, Found, found
from tests.fault.busy_crowd import BusyCrowd
from tests.fault.test_server_without_broker import broker_of
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.fault.unruly import COMPILER, NO_COMPILER, UnrulyDisk
from tests.integration.office_brokers import wait_for_port
from tests.office_process import OfficeProcess

HOUR_S, DAY_S = 3600, 86400
A_FEW = 40
MEMORY = Path("/sys/fs/cgroup/memory")
SPARE_BYTES = 64 * 1024
STARVED_WITHIN_S = 20


@contextmanager
def crowded(server: OfficeProcess, citizens: int = 4, counters: int = 3) -> Iterator[BusyCrowd]:
    """A crowd at work at a running server, at home again at the end."""
    server.start()
    crowd = BusyCrowd(server, citizens, counters)
    crowd.start()
    crowd.up.set()
    try:
        crowd.wait_for_answers(A_FEW)
        yield crowd
        crowd.wait_for_answers(A_FEW)
    finally:
        crowd.go_home()
        server.stop()


def kill_and_start(server: OfficeProcess, crowd: BusyCrowd, dice: random.Random) -> float:
    """At a moment that no answer announces; seconds until it is ready again."""
    crowd.wait_for_answers(dice.randrange(1, 120))
    moment = threading.Timer(dice.random() * 0.02, server.kill)
    crowd.up.clear()
    moment.start()
    moment.join()
    back_s = server.start()
    crowd.up.set()
    return back_s


def killed(folder: Path, rounds: int) -> Found:
    """`kill -9` of the server at random moments."""
    dice, server, back = random.Random(1), OfficeProcess(folder / "office"), []
    with crowded(server) as crowd:
        back = [kill_and_start(server, crowd, dice) for _ in range(rounds)]
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    note = f"back after {statistics.median(back):.2f} s (median), {max(back):.2f} s at most"
    return found(rounds, crowd.notebook, truth, note)


def broker_killed(folder: Path, rounds: int) -> Found:
    """`kill -9` of the embedded broker; tickets and calls go on over HTTP."""
    server = OfficeProcess(folder / "office")
    with crowded(server) as crowd:
        port = int(server.first_line().rpartition(":")[2])
        for _ in range(rounds):
            broker = broker_of(server)
            broker.kill()
            broker.wait(10)
            crowd.wait_for_answers(A_FEW)
            wait_for_port(port)
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    return found(rounds, crowd.notebook, truth)


def _bad_disk(folder: Path, rounds: int, spoil: Callable[[UnrulyDisk], None], why: str) -> Found:
    """The disk refuses every write for a while, then works again; nobody touches the server."""
    disk, server = _on_unruly_disk(folder)
    with crowded(server) as crowd, server.client() as client:
        for _ in range(rounds):
            spoil(disk)
            while client.get("/readyz").status_code != 503:
                client.post("/tickets", json={"service": "DN"}, headers={"Idempotency-Key": why})
            disk.be()
            crowd.wait_for_answers(A_FEW)
        others = 1 if _has_ticket(server.folder, "DN") else 0
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook, others)
    return found(rounds, crowd.notebook, truth)


def _has_ticket(folder: Path, service: str) -> bool:
    with closing(sqlite3.connect(folder / "store" / "office.db")) as raw:
        row = raw.execute("SELECT 1 FROM ticket WHERE service = ?", (service,)).fetchone()
    return row is not None


def _on_unruly_disk(folder: Path) -> tuple[UnrulyDisk, OfficeProcess]:
    if COMPILER is None:
        raise Cannot(NO_COMPILER)
    OfficeProcess(folder / "office")
    disk = UnrulyDisk(folder / "office" / "store")
    return disk, OfficeProcess(folder / "office", environment=disk.environment)


def disk_full(folder: Path, rounds: int) -> Found:
    """Every write fails with ENOSPC for a while."""
    return _bad_disk(folder, rounds, UnrulyDisk.full, "disk-full")


def disk_read_only(folder: Path, rounds: int) -> Found:
    """Every write fails with EROFS for a while."""
    return _bad_disk(folder, rounds, UnrulyDisk.read_only, "disk-read-only")


def disk_slow(folder: Path, rounds: int) -> Found:
    """An fsync takes 300 ms, as on a worn card, with kills in between."""
    disk, server = _on_unruly_disk(folder)
    dice = random.Random(2)
    with crowded(server) as crowd:
        for _ in range(rounds):
            disk.be(sync_ms=300)
            crowd.wait_for_answers(A_FEW // 4)
            moment = threading.Timer(dice.random() * 0.3, server.kill)
            crowd.up.clear()
            moment.start()
            moment.join()
            disk.be()
            server.start()
            crowd.up.set()
            crowd.wait_for_answers(A_FEW)
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    return found(rounds, crowd.notebook, truth)


def clock_set(folder: Path, rounds: int) -> Found:
    """The clock is set by ±1 h and ±1 day while people come, and the server killed after it."""
    disk, server = _on_unruly_disk(folder)
    dice, ahead_s = random.Random(3), 0
    with crowded(server, counters=0) as crowd:
        for number in range(rounds):
            ahead_s += (HOUR_S, -HOUR_S, DAY_S, -DAY_S)[number % 4]
            disk.be(ahead_s=ahead_s)
            crowd.wait_for_answers(A_FEW)
            kill_and_start(server, crowd, dice)
            crowd.wait_for_answers(A_FEW)
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    with closing(sqlite3.connect(server.folder / "store" / "office.db")) as raw:
        days = [day for (day,) in raw.execute("SELECT DISTINCT day FROM event ORDER BY seq")]
    assert days == sorted(days), "a day that was over began again"
    return found(rounds, crowd.notebook, truth, f"{len(days)} working days")


def memory_ends(folder: Path, rounds: int) -> Found:
    """The kernel kills the server at whatever allocation goes over its limit."""
    group = MEMORY / f"motcua-campaign-{os.getpid()}"
    try:
        group.mkdir()
    except OSError as error:
        raise Cannot("only root with a memory cgroup (v1) can limit the memory here") from error
    server, ended = OfficeProcess(folder / "office"), 0
    try:
        with crowded(server) as crowd:
            for _ in range(rounds):
                ended += _starve(server, group)
                crowd.up.clear()
                server.start()
                crowd.up.set()
                crowd.wait_for_answers(A_FEW)
    finally:
        with suppress(OSError):
            group.rmdir()
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    return found(ended, crowd.notebook, truth)


def _limited(group: Path) -> bool:
    """Spare what is used and hardly a page more; False where that was overtaken."""
    used = int((group / "memory.usage_in_bytes").read_text())
    try:
        (group / "memory.limit_in_bytes").write_text(str(used + SPARE_BYTES))
    except OSError as fault:
        if fault.errno != errno.EBUSY:
            raise
        return False
    return True


def _starve(server: OfficeProcess, group: Path) -> bool:
    """Leave the working server hardly a page more; whether the kernel ended it."""
    process = psutil.Process(server.pid)
    (group / "memory.limit_in_bytes").write_text("-1")
    (group / "cgroup.procs").write_text(str(server.pid))
    while not _limited(group):
        pass  # it took more meanwhile than was spared
    try:
        process.wait(STARVED_WITHIN_S)
    except psutil.TimeoutExpired:
        server.kill()
        return False
    server.wait()
    return True
