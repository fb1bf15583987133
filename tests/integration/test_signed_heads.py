"""Each day that is over is signed, here and elsewhere; a chain made anew no longer agrees."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from queue_server.adapters.anchor_file import LINES, PUBLIC, AnchorError, AnchorFile, read_anchors
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.use_cases.anchors import Anchor, AnchorDaily
from tests.fakes.busy_office import MORNING
from tests.integration.test_verify_store import Meddler, path

__all__ = ["path"]

FIRST = MORNING.date()


class Night:
    """Signs after each day, with a second place."""

    def __init__(self, store: Path) -> None:
        self.data = store.parent / "office"
        self.second = store.parent / "usb"
        for folder in (self.data, self.second):
            folder.mkdir(exist_ok=True)
        self.book = AnchorFile(self.data, self.second, lambda: MORNING)
        self.daily = AnchorDaily("ward", SqliteReader(store), self.book)

    def after(self, days: int) -> Anchor | None:
        return self.daily.look(FIRST + timedelta(days=days))

    def from_elsewhere(self) -> list[Anchor]:
        return read_anchors(
            self.second / LINES.name, (self.second / PUBLIC.name).read_text("ascii")
        )


def test_each_day_that_is_over_is_signed_once(path: Path) -> None:
    night = Night(path)
    assert night.after(0) is None
    first = night.after(1)
    assert first is not None
    assert date.fromisoformat(first.head.day) == FIRST
    assert night.after(1) is None
    second = night.after(2)
    assert second is not None
    assert second.head.seq > first.head.seq
    assert night.from_elsewhere() == [first, second] == night.book.anchors()
    verdict = verify_file(path, night.from_elsewhere())
    assert verdict.ok, verdict.fault


def test_a_chain_made_anew_is_found_and_placed(path: Path) -> None:
    night = Night(path)
    first, second = night.after(1), night.after(2)
    assert first
    assert second
    meddler = Meddler(path)
    meddler.run(f"UPDATE event SET counter = 9 WHERE seq = {first.head.seq + 3}")
    meddler.forge_chain()
    found = verify_file(path, night.from_elsewhere()).fault or ""
    assert f"event {second.head.seq} is not the one signed for {second.head.day}" in found
    assert f"between events {first.head.seq + 1} and {second.head.seq}" in found


def test_days_cut_off_with_all_their_tables_are_missed(path: Path) -> None:
    night = Night(path)
    night.after(1)
    second = night.after(2)
    assert second
    Meddler(path).run(f"DELETE FROM event WHERE seq > {second.head.seq - 5}")
    found = verify_file(path, night.from_elsewhere()).fault or ""
    assert f"event {second.head.seq} was signed on {second.head.day}" in found
    assert "cut off" in found


def test_a_forged_line_or_another_key_is_refused(path: Path, tmp_path: Path) -> None:
    night = Night(path)
    night.after(2)
    there = night.second / LINES.name
    body = json.loads(there.read_text("utf-8"))
    there.write_text(json.dumps(body | {"seq": body["seq"] - 1}) + "\n", "utf-8")
    with pytest.raises(AnchorError, match="line 1: not signed"):
        night.from_elsewhere()
    other = AnchorFile(tmp_path / "other", None, lambda: MORNING)
    with pytest.raises(AnchorError, match="line 1: not signed"):
        read_anchors(night.data / LINES, other.public)
    assert "other anchors" in (night.book.export() or "")


def test_a_second_place_that_was_away_catches_up(path: Path) -> None:
    night = Night(path)
    away = night.second.with_name("away")
    night.second.rename(away)
    night.after(1)
    assert "usb" in (night.daily.fault or "")
    away.rename(night.second)
    night.after(2)
    assert night.daily.fault is None
    assert len(night.from_elsewhere()) == 2


def test_the_command_compares_with_what_stands_elsewhere(path: Path, tmp_path: Path) -> None:
    night = Night(path)
    night.after(2)
    office = tmp_path / "whole"
    (office / "store").mkdir(parents=True)
    path.rename(office / "store" / "office.db")
    command = [sys.executable, "-m", "queue_server", "verify", str(office)]
    elsewhere = ["--anchors", str(night.second / LINES.name), "--key", night.book.public]
    done = subprocess.run(
        [*command, *elsewhere], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert (said["ok"], said["anchors"]) == (True, 1)
