"""The power goes at any write of a working program; what it had promised before must be there."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.own_numbers import Given
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from tests.campaign.found import Cannot, Found
from tests.fault.power_cut import NAMED, REMOVED, RENAMED, Disk, records
from tests.fault.unruly import COMPILER, NO_COMPILER, UnrulyDisk

ROOT = Path(__file__).parents[2]
LINES = {
    "tests.fault.issuing_process": 2600,
    "tests.fault.journal_process": 900,
    "tests.fault.filing_process": 150,
}
SUMMED = "promises and tickets summed over the cuts"


def log_of(module: str, folder: Path, *more: str) -> UnrulyDisk:
    """Let a program work and promise so many lines, then kill it."""
    if COMPILER is None:
        raise Cannot(NO_COMPILER)
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
    disk: UnrulyDisk, to: Path, count: int, dice: random.Random, *, aimed: bytes = b""
) -> Iterator[tuple[Path, list[str]]]:
    """The folder after each of `count` cuts at random operations, and all lines said before it.

    Half of the cuts fall right after an operation on a name that holds `aimed`, where one is given.
    With more cuts than operations some fall at one again, and lose other unsynced writes.
    """
    everything = list(records(disk.log))
    whenever = range(len(everything))
    enough = count <= len(everything)
    chosen = dice.sample(whenever, count) if enough else dice.choices(whenever, k=count)
    if aimed:
        # Names in records of other kinds would be content that only looks like one.
        named = {NAMED, REMOVED, RENAMED}
        near = [n for n, one in enumerate(everything) if one.what in named and aimed in one.data]
        chosen[: count // 2] = [
            min(n + dice.randint(1, 3), len(everything) - 1)
            for n in dice.choices(near, k=count // 2)
        ]
    moments = sorted(chosen)
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


def store_cut(tmp: Path, cuts: int) -> Found:
    """The office's store."""
    store = tmp / "office" / "office.db"
    disk = log_of("tests.fault.issuing_process", tmp / "office", str(store), "0")
    promises = tickets_kept = 0
    for found, said in cuts_of(disk, tmp / "after", cuts, random.Random(cuts)):
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
        promises += len(promised)
        tickets_kept += len(tickets)
        path.unlink()
    return Found(cuts, promises, 0, tickets_kept, note=SUMMED)


def journal_cut(tmp: Path, cuts: int) -> Found:
    """The kiosk's journal of its own numbers."""
    file = tmp / "kiosk" / "own.journal"
    disk = log_of("tests.fault.journal_process", tmp / "kiosk", str(file))
    promises = tickets_kept = 0
    for found, said in cuts_of(disk, tmp / "after", cuts, random.Random(cuts)):
        with JournalFile(found / "own.journal") as again:
            kept = [e.ticket.number for e in again.read() if isinstance(e, Given)]
        assert [int(line) for line in said] == kept[: len(said)], "a promised number is lost"
        assert len(set(kept)) == len(kept), "a number twice"
        promises += len(said)
        tickets_kept += len(kept)
    return Found(cuts, promises, 0, tickets_kept, note=SUMMED)
