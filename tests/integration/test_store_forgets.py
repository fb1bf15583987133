"""What is forgotten is gone from the files too, sealed as it was: also for whoever has the key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, filed, move
from tests.integration.server.test_scans_over_http import begun, kept

TRIES = 20
PIECE = 64
"""Bytes from the middle of something sealed: enough to know it by."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ward"


@pytest.fixture
def signed(folder: Path) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as stack:
        office = stack.enter_context(running(folder, SetClock(WEDNESDAY)))
        yield {n: stack.enter_context(signed_in(office, n)) for n in ("admin", "kiosk-1")}


def sealed(folder: Path) -> set[bytes]:
    """A piece of everything that is kept sealed now."""
    with closing(sqlite3.connect(folder / "store" / "office.db")) as store:
        rows = [bytes(part) for (part,) in store.execute("SELECT sealed FROM dossier_part")]
    return {row[len(row) // 2 :][:PIECE] for row in rows}


def in_files(folder: Path, pieces: set[bytes]) -> int:
    """How many of the pieces stand anywhere in the store's files."""
    whole = b"".join(path.read_bytes() for path in (folder / "store").glob("office.db*"))
    return sum(piece in whole for piece in pieces)


def gone(folder: Path, pieces: set[bytes], kiosk: httpx.Client) -> bool:
    """Whether they go; somebody who was reading delays it to the next thing that is forgotten."""
    for _ in range(TRIES):
        if not in_files(folder, pieces):
            return True
        kiosk.post(f"/dossiers/drafts/{begun(kiosk)}/drop")
    return False


def test_an_erased_dossier_leaves_nothing_in_the_files(
    folder: Path, signed: dict[str, httpx.Client]
) -> None:
    admin = signed["admin"]
    code = filed(signed["kiosk-1"])["code"]
    move(admin, code, "refuse", reason="Không thuộc thẩm quyền")
    before = sealed(folder)
    assert in_files(folder, before) == len(before) == 1
    assert admin.post(f"/dossiers/{code}/erase", json={"reason": "Theo yêu cầu"}).json()["erased"]
    assert gone(folder, before, signed["kiosk-1"])


def test_pages_taken_back_and_a_dropped_draft_leave_nothing_in_the_files(
    folder: Path, signed: dict[str, httpx.Client]
) -> None:
    kiosk, page = signed["kiosk-1"], paper_file()
    code = begun(kiosk)
    for place in ((1, 1), (1, 2), (2, 1)):
        assert kept(kiosk, code, page, place).status_code == 200
    everything = sealed(folder)
    assert in_files(folder, everything) == len(everything) == 4
    kiosk.delete(f"/dossiers/drafts/{code}/papers/1/pages")
    left = sealed(folder)
    assert gone(folder, everything - left, kiosk)
    assert in_files(folder, left) == len(left) == 2
    kiosk.post(f"/dossiers/drafts/{code}/drop")
    assert gone(folder, everything, kiosk)
