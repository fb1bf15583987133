"""The writer thread: commits in groups, tells in order, outlives every fault of a request."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.writer_thread import WriterThread
from queue_server.domain import commands as c
from queue_server.domain.faults import IllegalMove
from queue_server.use_cases.keep_day import Commit, DayKeeper, Request
from queue_server.use_cases.ports import Store, StoreUnavailable
from queue_server.use_cases.verify_store import first_difference
from tests.fakes.busy_office import MORNING, ask, issue, keeper_on
from tests.fakes.memory_store import MemoryStore, MemoryTransaction

SOON_S = 40


class SlowStore(MemoryStore):
    """The first commit waits until it is let through."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.through = Event(), Event()
        self.groups: list[int] = []

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        with super().transaction() as transaction:
            yield transaction
            self.begun.set()
            assert self.through.wait(SOON_S)
            self.groups.append(len(transaction.events))


@contextmanager
def writing(
    keeper: DayKeeper, *, tick_s: float = 3600.0, group: int = 128
) -> Iterator[WriterThread]:
    writer = WriterThread(keeper, tick_s=tick_s, group=group)
    yield writer
    writer.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path / "office.db")) as made:
        yield made


def equal_to_disk(keeper: DayKeeper, store: Store) -> bool:
    stored = store.load_day()
    return stored is not None and first_difference(keeper.day, stored) is None


def test_who_is_answered_finds_it_committed(store: SqliteStore, tmp_path: Path) -> None:
    reader = SqliteReader(tmp_path / "office.db")
    seen: list[int] = []
    with writing(keeper_on(store)) as writer:
        futures = [writer.submit(issue(f"t{n}")) for n in range(50)]
        futures[-1].add_done_callback(lambda _: seen.append(len(reader.of_ticket("t49"))))
        writer.start()
        labels = [future.result(SOON_S).body["label"] for future in futures]
    assert labels == [f"A{n:03d}" for n in range(1, 51)]
    assert seen == [2]


def test_listeners_hear_of_it_before_the_sender() -> None:
    order: list[str] = []
    with writing(keeper_on(MemoryStore())) as writer:
        writer.listen(lambda commit: order.append(f"commit {commit.seq}"))
        future = writer.submit(issue("t1"))
        future.add_done_callback(lambda _: order.append("answer"))
        writer.start()
        future.result(SOON_S)
    assert order == ["commit 4", "answer"]


def test_what_waits_while_a_commit_runs_shares_the_next() -> None:
    store = SlowStore()
    with writing(keeper_on(store), group=32) as writer:
        writer.start()
        first = writer.submit(issue("t0"))
        assert store.begun.wait(SOON_S)
        others = [writer.submit(issue(f"t{n}")) for n in range(1, 41)]
        store.through.set()
        assert first.result(SOON_S).body
        assert all(other.result(SOON_S).body for other in others)
    # Two events a ticket, 32 tickets a group; the first commit may be the tick before t0.
    assert [size for size in store.groups if size > 4] in ([64, 16], [64, 18])


def test_one_bad_request_harms_no_other(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    def bad(*_: object) -> dict[str, object]:
        raise ZeroDivisionError

    keeper = keeper_on(store)
    with writing(keeper) as writer:
        poison = Request(c.IssueTicket(ticket="bad", follow_code="f", service="civil"), bad)
        requests = [issue("t1"), poison, issue("t2"), ask(c.Recall(counter=1))]
        futures = [writer.submit(request) for request in requests]
        writer.start()
        t1, bad_one, t2, recall = [future.result(SOON_S) for future in futures]
    assert t1.body == {"ticket": "t1", "label": "A001"}
    assert t2.body == {"ticket": "t2", "label": "A002"}
    assert isinstance(bad_one.fault, ZeroDivisionError)
    assert isinstance(recall.fault, IllegalMove)
    assert [r.message for r in caplog.records] == ["a request of kind IssueTicket failed"]
    assert equal_to_disk(keeper, store)


def test_a_failing_listener_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Commit) -> None:
        raise ZeroDivisionError

    heard: list[Commit] = []
    with writing(keeper_on(MemoryStore())) as writer:
        writer.listen(failing)
        writer.listen(heard.append)
        future = writer.submit(issue("t1"))
        writer.start()
        assert future.result(SOON_S).body
    assert len(heard) == 1
    assert "a listener failed" in caplog.text


def test_stopping_finishes_what_was_handed_in() -> None:
    store = SlowStore()
    store.through.set()
    writer = WriterThread(keeper_on(store))
    futures = [writer.submit(issue(f"t{n}")) for n in range(300)]
    writer.start()
    writer.stop()
    assert all(future.done() and future.result().body for future in futures)
    late = writer.submit(issue("late")).result(0)
    assert isinstance(late.fault, StoreUnavailable)
    writer.stop()


def test_a_cancelled_request_is_not_worked_off() -> None:
    keeper = keeper_on(MemoryStore())
    with writing(keeper) as writer:
        gone, stays = writer.submit(issue("t1")), writer.submit(issue("t2"))
        assert gone.cancel()
        writer.start()
        assert stays.result(SOON_S).body == {"ticket": "t2", "label": "A001"}
    assert list(keeper.day.tickets) == ["t2"]


def test_a_broken_store_is_said_once_and_used_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    store = MemoryStore()
    keeper = keeper_on(store)
    with writing(keeper) as writer:
        writer.start()
        assert writer.submit(issue("t1")).result(SOON_S).body
        store.broken = True
        for n in range(3):
            answer = writer.submit(issue(f"lost{n}", key=f"k{n}")).result(SOON_S)
            assert isinstance(answer.fault, StoreUnavailable)
        assert not writer.store_works
        store.broken = False
        again = writer.submit(issue("t2", key="k0")).result(SOON_S)
    assert again.body == {"ticket": "t2", "label": "A002"}
    assert writer.store_works
    assert equal_to_disk(keeper, store)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_time_passes_by_itself() -> None:
    clock = SetClock(MORNING)
    heard: Queue[Commit] = Queue()
    with writing(keeper_on(MemoryStore(), clock), tick_s=0.01) as writer:
        writer.listen(heard.put)
        writer.start()
        reserve = c.IssueTicket(ticket="t1", follow_code="f", service="civil", confirm=False)
        assert writer.submit(ask(reserve)).result(SOON_S).body
        clock.advance_to(MORNING + timedelta(seconds=61))
        kinds: list[str] = []
        while "TicketConfirmed" not in kinds:
            kinds += [type(e).__name__ for e in heard.get(timeout=SOON_S).changes.events]


def test_old_answers_go_when_a_day_begins() -> None:
    clock, store = SetClock(MORNING), MemoryStore()
    with writing(keeper_on(store, clock)) as writer:
        writer.start()
        for day in range(4):
            clock.advance_to(MORNING + timedelta(days=day))
            assert writer.submit(issue(f"t{day}", key=f"k{day}")).result(SOON_S).body
    assert sorted(store.answers) == ["k1", "k2", "k3"]
