"""The power goes at any write: what was promised is there, exactly once, and the chain is whole."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from queue_server.adapters.sqlite_store import SqliteStore
from tests.campaign.power import journal_cut, log_of, store_cut
from tests.fault.power_cut import SYNCED, Disk, records
from tests.fault.unruly import COMPILER, NO_COMPILER

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(300),
    pytest.mark.skipif(COMPILER is None, reason=NO_COMPILER),
]

CUTS = 40


def test_the_power_goes_at_any_write_of_the_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = store_cut(tmp_path, CUTS)
    assert found.promised > CUTS * 100
    with capsys.disabled():
        print(f"\n{CUTS} power cuts of the store: {found.promised} promises kept")  # noqa: T201 - the figure of the run


def test_the_power_goes_at_any_write_of_the_kiosk_s_journal(tmp_path: Path) -> None:
    assert journal_cut(tmp_path, CUTS).promised > CUTS * 10


def test_a_store_that_does_not_sync_would_be_caught(tmp_path: Path) -> None:
    """The check can fail: without its syncs the same store loses what it promised."""
    store = tmp_path / "office" / "office.db"
    disk = log_of("tests.fault.issuing_process", tmp_path / "office", str(store), "0")
    everything = [r for r in records(disk.log) if r.what != SYNCED]
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
