"""A commit that fails answers an error and leaves memory equal to disk; then all works again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.writer_thread import WriterThread
from queue_server.use_cases.keep_day import Answer, DayKeeper
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.verify_store import first_difference
from tests.fakes.busy_office import issue, keeper_on
from tests.fault.conftest import SmallDisk

pytestmark = pytest.mark.fault
SOON_S = 40


@contextmanager
def writing(keeper: DayKeeper) -> Iterator[WriterThread]:
    writer = WriterThread(keeper, tick_s=3600)
    writer.start()
    try:
        yield writer
    finally:
        writer.stop()


def give(writer: WriterThread, *names: str) -> list[Answer]:
    futures = [writer.submit(issue(name, key=f"key-{name}")) for name in names]
    return [future.result(SOON_S) for future in futures]


def refused(answers: list[Answer]) -> bool:
    return all(isinstance(answer.fault, StoreUnavailable) for answer in answers)


def assert_equal_and_whole(keeper: DayKeeper, path: Path, given: list[str]) -> None:
    with closing(SqliteStore(path)) as store:
        stored = store.load_day()
    assert stored is not None
    assert first_difference(keeper.day, stored) is None
    assert list(stored.tickets) == given
    assert verify_file(path).ok


def test_a_full_disk(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "store" / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store)
        with writing(keeper) as writer:
            before = [answer.body["label"] for answer in give(writer, "t1", "t2")]
            small_disk.fill()
            names = [f"t{n}" for n in range(3, 400)]
            answers = give(writer, *names)
            lost = [name for name, a in zip(names, answers, strict=True) if a.fault]
            kept = [name for name, a in zip(names, answers, strict=True) if a.body]
            assert len(lost) > 100
            assert refused(give(writer, "again"))
            assert not writer.store_works
            # Who only looks still sees what was committed.
            assert len(SqliteReader(path).of_ticket("t1")) == 2
            small_disk.empty()
            answer, repeated = give(writer, "t-after", lost[0])
            assert answer.body["label"] == f"A{len(kept) + 3:03d}"
            assert not repeated.replayed
            assert writer.store_works
    assert before == ["A001", "A002"]
    assert_equal_and_whole(keeper, path, ["t1", "t2", *kept, "t-after", lost[0]])


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store)
        with writing(keeper) as writer:
            assert give(writer, "t1")[0].body
            store._connection.execute("PRAGMA max_page_count = 1")
            assert refused(give(writer, *(f"lost{n}" for n in range(200))))
            store._connection.execute("PRAGMA max_page_count = 1000000")
            assert give(writer, "t2")[0].body == {"ticket": "t2", "label": "A002"}
    assert_equal_and_whole(keeper, path, ["t1", "t2"])


def test_somebody_else_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store)
        with writing(keeper) as writer:
            assert give(writer, "t1")[0].body
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                began = time.monotonic()
                for n in range(3):
                    assert refused(give(writer, f"lost{n}a", f"lost{n}b"))
                assert time.monotonic() - began < SOON_S
                other.execute("ROLLBACK")
            assert give(writer, "t2")[0].body == {"ticket": "t2", "label": "A002"}
    assert_equal_and_whole(keeper, path, ["t1", "t2"])


def test_the_connection_itself_breaks(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store)
        with writing(keeper) as writer:
            assert give(writer, "t1")[0].body
            good, store._connection = (
                store._connection,
                sqlite3.connect(":memory:", check_same_thread=False),
            )
            assert refused(give(writer, "lost"))
            good.close()
            assert give(writer, "t2")[0].body == {"ticket": "t2", "label": "A002"}
    assert_equal_and_whole(keeper, path, ["t1", "t2"])
