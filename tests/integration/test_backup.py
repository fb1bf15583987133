"""Backup copies a running office at one moment; restore puts it back and loses nothing."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from queue_server.adapters.backup import STORE, CopyRefused, backup, restore
from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.store_lock import StoreInUse
from queue_server.adapters.writer_thread import WriterThread
from tests.fakes.busy_office import MORNING, issue, keeper_on, one

CONFIGURED = '[office]\nid = "ward"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "office"
    (data / "credentials").mkdir(parents=True)
    (data / "credentials" / "admin.json").write_text("{}", encoding="utf-8")
    (data / "motcua.toml").write_text(CONFIGURED, encoding="utf-8")
    return data


@pytest.fixture
def store(data: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(data / STORE)) as store:
        one(keeper_on(store), issue("t1"))
        yield store


def tickets(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / STORE)) as raw:
        return [row[0] for row in raw.execute("SELECT id FROM ticket ORDER BY serial")]


def test_a_copy_is_whole_and_without_secrets(
    data: Path, store: SqliteStore, tmp_path: Path
) -> None:
    copied = backup(data, tmp_path / "copy")
    assert copied.verdict.ok
    assert copied.verdict.tickets == 1
    assert store.last_seq() == copied.verdict.events
    names = {str(p.relative_to(copied.to)) for p in copied.to.rglob("*") if p.is_file()}
    assert names == {"store/office.db", "motcua.toml"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "office"]


def test_a_copy_is_one_moment_of_an_office_under_load(
    data: Path, store: SqliteStore, tmp_path: Path
) -> None:
    writer = WriterThread(keeper_on(store, SetClock(MORNING)))
    answered: Queue[int] = Queue()
    enough = Event()

    def again(number: int) -> None:
        answered.put(number)
        if not enough.is_set():
            future = writer.submit(issue(f"load{number}"))
            future.add_done_callback(lambda _: again(number + 1))

    writer.start()
    again(0)
    copies = []
    try:
        for n in range(3):
            for _ in range(20):
                answered.get(timeout=10)
            copies.append(backup(data, tmp_path / f"copy{n}").verdict)
    finally:
        enough.set()
        writer.stop()
    assert all(copy.ok for copy in copies)
    assert copies[0].events < copies[1].events < copies[2].events <= store.last_seq()
    assert verify_file(data / STORE).ok


@pytest.mark.usefixtures("store")
def test_an_unsound_store_gives_no_copy(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / STORE)) as raw, raw:
        raw.execute("UPDATE ticket SET state = 'finished'")
    with pytest.raises(CopyRefused, match="state is finished"):
        backup(data, tmp_path / "copy")
    assert [p.name for p in tmp_path.iterdir()] == ["office"]


@pytest.mark.usefixtures("store")
def test_a_copy_overwrites_nothing(data: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(CopyRefused, match="exists already"):
        backup(data, tmp_path / "copy")
    with pytest.raises(CopyRefused, match="no store"):
        backup(tmp_path / "copy", tmp_path / "other")


def test_restored_and_what_was_replaced_is_kept(data: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(data / STORE)) as store:
        keeper = keeper_on(store)
        one(keeper, issue("t1"))
        backup(data, tmp_path / "copy")
        one(keeper, issue("t2"))
    (data / "motcua.toml").write_text("changed", encoding="utf-8")
    restored = restore(tmp_path / "copy", data)
    assert tickets(data) == ["t1"]
    assert (data / "motcua.toml").read_text(encoding="utf-8") == CONFIGURED
    assert restored.aside is not None
    with closing(sqlite3.connect(restored.aside / "office.db")) as raw:
        assert raw.execute("SELECT count(*) FROM ticket").fetchone() == (2,)
    assert (restored.aside / "motcua.toml").read_text(encoding="utf-8") == "changed"
    with closing(SqliteStore(data / STORE)) as store:
        answer = one(keeper_on(store), issue("t3"))
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert answer.body == {"ticket": "t3", "label": "A002"}
    assert verify_file(data / STORE).ok


@pytest.mark.usefixtures("store")
def test_restored_into_an_empty_folder(data: Path, tmp_path: Path) -> None:
    backup(data, tmp_path / "copy")
    restored = restore(tmp_path / "copy", tmp_path / "new")
    assert restored.aside is None
    assert tickets(tmp_path / "new") == ["t1"]


def test_a_log_left_by_a_crash_is_not_played_into_another_store(data: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(data / STORE)) as store:
        one(keeper_on(store), issue("t1"))
        backup(data, tmp_path / "copy")
        one(keeper_on(store), issue("t2"))
        crashed = {p.name: p.read_bytes() for p in (data / "store").iterdir()}
    assert crashed["office.db-wal"]
    for name, content in crashed.items():
        (data / "store" / name).write_bytes(content)
    restored = restore(tmp_path / "copy", data)
    assert tickets(data) == ["t1"]
    assert restored.aside is not None
    with closing(sqlite3.connect(restored.aside / "office.db")) as raw:
        assert raw.execute("SELECT count(*) FROM ticket").fetchone() == (2,)


def test_a_running_server_is_not_replaced(data: Path, store: SqliteStore, tmp_path: Path) -> None:
    backup(data, tmp_path / "copy")
    with pytest.raises(StoreInUse, match="in use by a running server"):
        restore(tmp_path / "copy", data)
    with pytest.raises(StoreInUse):
        SqliteStore(data / STORE)
    one(keeper_on(store), issue("t2"))
    assert tickets(data) == ["t1", "t2"]


def test_an_unsound_copy_replaces_nothing(data: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(data / STORE)) as store:
        one(keeper_on(store), issue("t1"))
    copy = backup(data, tmp_path / "copy").to
    (copy / STORE).chmod(stat.S_IRUSR | stat.S_IWUSR)
    with closing(sqlite3.connect(copy / STORE)) as raw, raw:
        raw.execute("DELETE FROM ticket")
    with pytest.raises(CopyRefused, match="in the events only"):
        restore(copy, data)
    assert tickets(data) == ["t1"]


def test_the_offices_own_catalogue_goes_along_and_comes_back(data: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(data / STORE)) as store:
        one(keeper_on(store), issue("t1"))
    version = data / "catalogue" / "2026-05.json"
    version.parent.mkdir()
    version.write_text("[1]", encoding="utf-8")
    copied = backup(data, tmp_path / "copy").to
    assert (copied / "catalogue" / version.name).read_text("utf-8") == "[1]"
    version.write_text("[2]", encoding="utf-8")
    (version.parent / "2026-06.json").write_text("[3]", encoding="utf-8")
    restored = restore(copied, data)
    assert [(p.name, p.read_text("utf-8")) for p in version.parent.iterdir()] == [
        (version.name, "[1]")
    ]
    assert restored.aside is not None
    kept = restored.aside / "catalogue"
    assert sorted(p.name for p in kept.iterdir()) == ["2026-05.json", "2026-06.json"]
