"""Bytes of the store change by themselves: it is noticed, said in one line, and a backup helps."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from queue_server.adapters.backup import STORE
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain.office_day import OfficeDay
from tests.campaign.found import Found, found
from tests.campaign.unruly_server import A_FEW, crowded
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.office_process import OfficeProcess

ROOT = Path(__file__).parents[2]
SPOILT_BYTES = 64


def motcua(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A sub-command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "queue_server", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def day_of(folder: Path) -> OfficeDay:
    """The newest day of a store."""
    with closing(SqliteStore(folder / STORE)) as store:
        day = store.load_day()
    assert day is not None
    return day


def store_damaged(folder: Path, rounds: int) -> Found:
    """64 bytes anywhere in the file turn into others; what nobody notices changed nothing."""
    server, dice, noticed = OfficeProcess(folder / "office"), random.Random(6), 0
    with crowded(server) as crowd:
        crowd.wait_for_answers(A_FEW * 4)
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    backup = folder / "backup"
    assert motcua("backup", server.folder, backup).returncode == 0
    tickets = day_of(server.folder).tickets
    path = server.folder / STORE
    for _ in range(rounds):
        _spoil(path, dice)
        verdict = motcua("verify", server.folder)
        assert "Traceback" not in verdict.stderr
        if verdict.returncode == 0:
            assert day_of(server.folder).tickets == tickets, "a change that verify did not see"
        else:
            noticed += 1
            started = motcua("server", "--data", server.folder, "--check")
            assert "Traceback" not in started.stderr
        restored = motcua("restore", backup, server.folder)
        assert restored.returncode == 0, restored.stderr
        shutil.rmtree(json.loads(restored.stdout)["aside"], ignore_errors=True)
        assert day_of(server.folder).tickets == tickets
    note = f"{noticed} noticed by `motcua verify`, the others changed nothing that is read"
    return found(rounds, crowd.notebook, truth, note)


def _spoil(path: Path, dice: random.Random) -> None:
    with path.open("r+b") as file:
        file.seek(dice.randrange(path.stat().st_size - SPOILT_BYTES))
        file.write(dice.randbytes(SPOILT_BYTES))
