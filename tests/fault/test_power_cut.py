"""The power goes at any write: what was promised is there, exactly once, and the chain is whole."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.own_numbers import Given
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from tests.fault.power_cut import Disk, records
from tests.fault.unruly import COMPILER, NO_COMPILER, UnrulyDisk

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(300),
    pytest.mark.skipif(COMPILER is None, reason=NO_COMPILER),
]

ROOT = Path(__file__).parents[2]
CUTS = 40
LINES = {"tests.fault.issuing_process": 2600, "tests.fault.journal_process": 900}


@dataclass
class Tally:
    """What the cuts showed."""

    cuts: int = 0
    promised: int = 0
    kept: int = 0


def log_of(module: str, folder: Path, *more: str) -> UnrulyDisk:
    """Let a program work and promise so many lines, then kill it."""
    folder.mkdir()
    disk = UnrulyDisk(folder, keep_log=True)
    with subprocess.Popen(
        [sys.executable, "-m", module, *more],
        cwd=ROOT,
        env=disk.environment,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        for _ in range(LINES[module]):
            assert child.stdout.readline(), "it ended by itself"
        child.kill()
    return disk


def cuts_of(
    disk: UnrulyDisk, to: Path, count: int, dice: random.Random
) -> Iterator[tuple[Path, list[str]]]:
    """The folder after each of `count` cuts at random operations, and all lines said before it."""
    everything = list(records(disk.log))
    moments = sorted(dice.sample(range(len(everything)), count))
    seen = Disk(disk.folder)
    done = 0
    for number, moment in enumerate(moments):
        for record in everything[done:moment]:
            seen.follow(record)
        done = moment
        found = to / str(number)
        seen.after_a_cut(found, dice)
        # The last line may have been cut off in the middle of being said.
        yield found, seen.said.decode().split("\n")[:-1]


def cut_the_store(tmp: Path, cuts: int, seed: int) -> Tally:
    """The office's store."""
    store = tmp / "office" / "office.db"
    disk = log_of("tests.fault.issuing_process", tmp / "office", str(store), "0")
    tally = Tally()
    for found, said in cuts_of(disk, tmp / "after", cuts, random.Random(seed)):
        promised = dict(line.split()[:2] for line in said)
        path = found / "office.db"
        with closing(SqliteStore(path)) as again:
            day = again.load_day()
        tickets = {} if day is None else {t.id: t.label for t in day.tickets.values()}
        given = {f"ticket-{key}": label for key, label in promised.items()}
        assert given.items() <= tickets.items(), "a promised ticket is lost or has another number"
        assert len(set(tickets.values())) == len(tickets), "a number twice"
        verdict = verify_file(path)
        assert verdict.ok, verdict.fault
        tally.cuts += 1
        tally.promised += len(promised)
        tally.kept += len(tickets)
        path.unlink()
    return tally


def cut_the_journal(tmp: Path, cuts: int, seed: int) -> Tally:
    """The kiosk's journal of its own numbers."""
    file = tmp / "kiosk" / "own.journal"
    disk = log_of("tests.fault.journal_process", tmp / "kiosk", str(file))
    tally = Tally()
    for found, said in cuts_of(disk, tmp / "after", cuts, random.Random(seed)):
        with JournalFile(found / "own.journal") as again:
            kept = [e.ticket.number for e in again.read() if isinstance(e, Given)]
        assert [int(line) for line in said] == kept[: len(said)], "a promised number is lost"
        assert len(set(kept)) == len(kept), "a number twice"
        tally.cuts += 1
        tally.promised += len(said)
        tally.kept += len(kept)
    return tally


def test_the_power_goes_at_any_write_of_the_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = cut_the_store(tmp_path, CUTS, 7)
    assert tally.promised > CUTS * 100
    with capsys.disabled():
        print(f"\n{tally.cuts} power cuts of the store: {tally.promised} promises kept")  # noqa: T201 - the figure of the run


def test_the_power_goes_at_any_write_of_the_kiosk_s_journal(tmp_path: Path) -> None:
    tally = cut_the_journal(tmp_path, CUTS, 8)
    assert tally.promised > CUTS * 10


def test_a_store_that_does_not_sync_would_be_caught(tmp_path: Path) -> None:
    """The check can fail: without its syncs the same store loses what it promised."""
    store = tmp_path / "office" / "office.db"
    disk = log_of("tests.fault.issuing_process", tmp_path / "office", str(store), "0")
    everything = [r for r in records(disk.log) if r.what != 4]
    seen = Disk(disk.folder)
    for record in everything:
        seen.follow(record)
    found = tmp_path / "after"
    found.mkdir()
    seen.after_a_cut(found, random.Random(1))
    promised = {f"ticket-{line.split()[0]}" for line in seen.said.decode().split("\n")[:-1]}
    try:
        with closing(SqliteStore(found / "office.db")) as again:
            day = again.load_day()
        kept = set(day.tickets) if day is not None else set()
    except Exception:  # noqa: BLE001 - whatever a store without a sync is like now
        kept = set()
    assert not promised <= kept
