"""Killed at any moment, the store loses no acknowledged ticket and gives no number twice."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

KILLS = 20
ROOT = Path(__file__).parents[2]
STEP = 100_000


class Ledger:
    """What the citizens hold in their hands."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.replays = 0

    def read(self, line: str) -> None:
        key, label, replayed = line.split()
        if key in self.labels:
            assert self.labels[key] == label, "a retry got another number"
            assert replayed == "True"
        self.replays += replayed == "True"
        self.labels[key] = label


def run_and_kill(path: Path, ledger: Ledger, round_: int, dice: random.Random) -> None:
    """Let it issue some tickets, then kill it in the middle of whatever it does."""
    known = dice.sample(sorted(ledger.labels), min(3, len(ledger.labels)))
    unsure = [f"k{(round_ - 1) * STEP + n}" for n in range(len(ledger.labels) % 50 + 8)]
    retried = [*known, *(key for key in unsure if round_ and key not in ledger.labels)]
    command = [sys.executable, "-m", "tests.fault.issuing_process", path, str(round_ * STEP)]
    with subprocess.Popen(
        [*command, *retried], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for _ in range(dice.randrange(1, 150)):
            ledger.read(child.stdout.readline())
        # A moment that no acknowledgement announces.
        killer = Timer(dice.random() * 0.02, child.kill)
        killer.start()
        for line in child.stdout:
            ledger.read(line)
        killer.join()
    assert child.returncode == -9


def test_kill_9_twenty_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "store" / "office.db"
    dice = random.Random(20)
    ledger = Ledger()
    slowest_s = 0.0
    for round_ in range(KILLS):
        run_and_kill(path, ledger, round_, dice)
        began = time.perf_counter()
        with closing(SqliteStore(path)) as store:
            assert store.load_day() is not None
        slowest_s = max(slowest_s, time.perf_counter() - began)
    with closing(sqlite3.connect(path)) as raw:
        stored = raw.execute("SELECT id, label FROM ticket").fetchall()
        first, last, count = raw.execute(
            "SELECT min(seq), max(seq), count(*) FROM event"
        ).fetchone()
        reserved = raw.execute(
            "SELECT count(*) FROM event WHERE kind = 'TicketReserved'"
        ).fetchone()
    given = {f"ticket-{key}": label for key, label in ledger.labels.items()}
    assert given.items() <= dict(stored).items(), "an acknowledged ticket is lost"
    assert len({label for _, label in stored}) == len(stored) == reserved[0]
    assert (first, last) == (1, count)
    verdict = verify_file(path)
    assert verdict.ok, verdict.fault
    assert verdict.tickets == len(stored)
    assert len(ledger.labels) > KILLS * 10
    assert ledger.replays > KILLS
    with capsys.disabled():
        print(  # noqa: T201 - the figure of the run
            f"\n{KILLS} kills, {len(ledger.labels)} tickets acknowledged, {len(stored)} stored, "
            f"slowest recovery {slowest_s * 1000:.0f} ms"
        )
