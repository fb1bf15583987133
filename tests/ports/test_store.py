"""One suite for every store: what was committed is there, what was not never is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import commands as c
from queue_server.domain.decide import carry_out
from queue_server.domain.events import TicketConfirmed, TicketReserved
from queue_server.domain.office_day import OfficeDay
from queue_server.use_cases.keep_day import KeyReused
from queue_server.use_cases.ports import EventReader, KeptAnswer, Store
from queue_server.use_cases.verify_store import first_difference
from tests.fakes.busy_office import (
    MORNING,
    Bustle,
    ask,
    issue,
    keeper_on,
    one,
    small_office,
)
from tests.fakes.memory_store import MemoryStore


class Kept(Protocol):
    """A store, its reader, and the store as another process would find it."""

    store: Store
    reader: EventReader

    def reopened(self) -> Store: ...


class InMemory:
    def __init__(self, _path: Path) -> None:
        self.store = self.reader = MemoryStore()

    def reopened(self) -> Store:
        return self.store

    def close(self) -> None: ...


class OnDisk:
    def __init__(self, path: Path) -> None:
        self._path = path / "store" / "office.db"
        self.store = SqliteStore(self._path)
        self.reader = SqliteReader(self._path)

    def reopened(self) -> Store:
        self.store.close()
        self.store = SqliteStore(self._path)
        return self.store

    def close(self) -> None:
        self.store.close()


@pytest.fixture(params=[InMemory, OnDisk])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    made: Callable[[Path], InMemory | OnDisk] = request.param
    store = made(tmp_path)
    yield store
    store.close()


def same(one_day: OfficeDay | None, other: OfficeDay | None) -> None:
    assert one_day is not None
    assert other is not None
    assert one_day.day == other.day
    assert first_difference(one_day, other) is None


def test_a_new_store_is_empty(kept: Kept) -> None:
    assert kept.store.load_day() is None
    assert kept.store.last_seq() == 0
    assert kept.reader.of_ticket("t1") == []
    assert list(kept.reader.of_day(MORNING.date())) == []
    assert list(kept.reader.days()) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_busy_day_is_found_as_it_was_left(kept: Kept, seed: int) -> None:
    clock = SetClock(MORNING)
    keeper = keeper_on(kept.store, clock)
    bustle = Bustle(seed)
    for size in (1, 2, 8, 40, 3, 60, 1, 40):
        clock.advance_to(clock.now() + timedelta(seconds=4))
        keeper.work_off(bustle.group(size))
    assert len(keeper.day.tickets) > 20
    store = kept.reopened()
    same(keeper.day, store.load_day())
    assert store.last_seq() == keeper.seq > 60


def test_work_goes_on_in_a_reopened_store(kept: Kept) -> None:
    one(keeper_on(kept.store), issue("t1"))
    again = keeper_on(kept.reopened())
    answer = one(again, issue("t2"))
    assert answer.body == {"ticket": "t2", "label": "A002"}
    assert [t.label for t in again.day.tickets.values()] == ["A001", "A002"]


def test_nothing_of_a_left_transaction_stays(kept: Kept) -> None:
    day = OfficeDay(small_office(), MORNING.date())
    carry_out(day, c.OpenDay(), MORNING)

    def interrupted() -> None:
        with kept.store.transaction() as transaction:
            transaction.write(day, day.take_changes())
            transaction.keep_answer("k", KeptAnswer("f", "{}"), MORNING)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    assert kept.store.load_day() is None
    assert kept.store.last_seq() == 0
    with kept.store.transaction() as transaction:
        assert transaction.find_answer("k") is None


def test_a_retry_gets_the_same_answer_in_its_commit_and_later(kept: Kept) -> None:
    keeper = keeper_on(kept.store)
    first, same_group = keeper.work_off([issue("t1", key="k"), issue("t2", key="k")]).answers
    later = one(keeper, issue("t3", key="k"))
    restarted = one(keeper_on(kept.reopened()), issue("t4", key="k"))
    assert first.body == same_group.body == later.body == restarted.body
    assert [first.replayed, same_group.replayed, later.replayed, restarted.replayed] == [
        False,
        True,
        True,
        True,
    ]
    assert list(keeper.day.tickets) == ["t1"]


def test_a_key_of_another_request_is_refused(kept: Kept) -> None:
    keeper = keeper_on(kept.store)
    one(keeper, ask(c.PassTime(), key="k", fingerprint="one"))
    answer = one(keeper, ask(c.PassTime(), key="k", fingerprint="other"))
    assert isinstance(answer.fault, KeyReused)


def test_old_answers_are_forgotten(kept: Kept) -> None:
    clock = SetClock(MORNING)
    keeper = keeper_on(kept.store, clock)
    one(keeper, issue("t1", key="old"))
    clock.advance_to(MORNING + timedelta(days=1))
    one(keeper, issue("t2", key="young"))
    clock.advance_to(MORNING + timedelta(days=2, minutes=1))
    assert keeper.forget_old_answers() == 1
    assert one(keeper, issue("t3", key="old")).body == {"ticket": "t3", "label": "A001"}
    assert one(keeper, issue("t4", key="young")).replayed


def test_history_of_a_ticket_and_of_a_day(kept: Kept) -> None:
    keeper = keeper_on(kept.store)
    keeper.work_off([issue("t1"), issue("t2"), ask(c.CallNext(counter=1))])
    story = kept.reader.of_ticket("t1")
    assert [type(s.event).__name__ for s in story] == [
        "TicketReserved",
        "TicketConfirmed",
        "TicketCalled",
    ]
    assert isinstance(story[0].event, TicketReserved)
    assert story[0].event.label == "A001"
    assert story[0].event.at == MORNING
    everything = list(kept.reader.of_day(MORNING.date()))
    assert [s.seq for s in everything] == list(range(1, kept.store.last_seq() + 1))
    assert isinstance(everything[3].event, TicketConfirmed)


def test_midnight_begins_a_new_day_and_keeps_the_old_one(kept: Kept) -> None:
    late = MORNING.replace(hour=23, minute=59, second=58)
    clock = SetClock(late)
    keeper = keeper_on(kept.store, clock)
    one(keeper, issue("t1"))
    clock.advance_to(late + timedelta(seconds=3))
    answer = one(keeper, issue("t2"))
    assert answer.body == {"ticket": "t2", "label": "A001"}
    assert keeper.day.day == date(2026, 11, 24)
    same(keeper.day, kept.reopened().load_day())
    yesterday = [type(s.event).__name__ for s in kept.reader.of_day(date(2026, 11, 23))]
    assert yesterday[-2:] == ["TicketExpired", "DayClosed"]
    assert list(kept.reader.days()) == [date(2026, 11, 23), date(2026, 11, 24)]
    assert [s.seq for s in kept.reader.of_day(date(2026, 11, 24))] == [7, 8, 9, 10]
    assert len(kept.reader.of_ticket("t1")) == 3


def test_another_configuration_is_kept_with_the_day(kept: Kept) -> None:
    one(keeper_on(kept.store), issue("t1"))
    other = small_office(counters=(1, 2, 7), last=500)
    keeper = keeper_on(kept.reopened(), office=other)
    one(keeper, ask(c.OpenCounter(counter=7)))
    found = kept.reopened().load_day()
    same(keeper.day, found)
    assert found is not None
    assert found.office == other
    assert found.series["civil"].last == 500
    assert found.series["civil"].next_number == 2
