"""Verify finds every kind of meddling with a store, and says where."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import commands as c
from queue_server.use_cases.event_chain import GENESIS
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.verify_store import Verdict
from tests.fakes.busy_office import MORNING, Bustle, ask, issue, keeper_on, one
from tests.fakes.meddler import Meddler

NUMBER = re.compile(r"\d+")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two busy days and the beginning of a third."""
    path = tmp_path / "office.db"
    clock = SetClock(MORNING)
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store, clock)
        for day in range(2):
            clock.advance_to(MORNING + timedelta(days=day))
            bustle = Bustle(day)
            keeper.work_off([ask(c.LeaseBlock(kiosk="kiosk-1", service="civil", size=5))])
            for _ in range(10):
                clock.advance_to(clock.now() + timedelta(seconds=5))
                keeper.work_off(bustle.group(8))
        clock.advance_to(MORNING + timedelta(days=2))
        one(keeper, issue("last"))
    return path


def fault(path: Path) -> str:
    verdict = verify_file(path)
    assert not verdict.ok
    said, vietnamese = verdict.fault or "", verdict.fault_vi or ""
    assert sorted(NUMBER.findall(said)) == sorted(NUMBER.findall(vietnamese)), "the same places"
    assert said != vietnamese
    return said


def test_a_store_left_alone_is_whole(path: Path) -> None:
    verdict = verify_file(path)
    assert verdict == Verdict(verdict.events, 3, verdict.tickets, verdict.head)
    assert verdict.ok
    assert verdict.events > 150
    assert verdict.tickets > 40
    assert len(verdict.head) == 64


def test_a_new_store_is_whole(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "office.db").close()
    assert verify_file(tmp_path / "office.db") == Verdict(0, 0, 0, GENESIS.hex())


def test_it_can_be_asked_while_the_server_runs(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        keeper = keeper_on(store, SetClock(MORNING + timedelta(days=2)))
        before = verify_file(path)
        one(keeper, issue("while"))
        after = verify_file(path)
    assert before.ok
    assert after.ok
    assert after.events == before.events + 2


@pytest.mark.parametrize(
    "change",
    [
        "body = replace(body, 'kiosk', 'kiosK')",
        "at = replace(at, ':', ';')",
        "day = '2027-01-01'",
        "kind = 'TicketVoided'",
        "ticket = 'somebody'",
        "counter = 9",
    ],
)
def test_a_changed_event_is_named(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT min(seq) FROM event WHERE kind = 'TicketReserved' AND seq > 9")
        (seq,) = found.fetchone()
    Meddler(path).run(f"UPDATE event SET {change} WHERE seq = {seq}")
    assert fault(path).startswith(f"event {seq} (")
    assert "was changed" in fault(path)


def test_a_removed_event_is_missed(path: Path) -> None:
    Meddler(path).run("DELETE FROM event WHERE seq = 23")
    assert fault(path) == "event 23 is missing"


def test_a_removed_event_is_missed_though_the_others_moved_up(path: Path) -> None:
    moved = [f"UPDATE event SET seq = {n - 1} WHERE seq = {n}" for n in range(24, 400)]
    Meddler(path).run("DELETE FROM event WHERE seq = 23", *moved)
    assert fault(path).startswith("event 23 does not follow event 22")


def test_an_inserted_event_is_noticed(path: Path) -> None:
    moved = [f"UPDATE event SET seq = {n + 1} WHERE seq = {n}" for n in range(400, 29, -1)]
    Meddler(path).run(
        *moved,
        "INSERT INTO event SELECT 30, day, at, kind, ticket, counter, body, hash, hash "
        "FROM event WHERE seq = 29",
    )
    assert fault(path).startswith("event 30 (")


def test_exchanged_events_are_noticed(path: Path) -> None:
    Meddler(path).run(
        "UPDATE event SET seq = -1 WHERE seq = 40",
        "UPDATE event SET seq = 40 WHERE seq = 41",
        "UPDATE event SET seq = 41 WHERE seq = -1",
    )
    assert fault(path).startswith("event 40 does not follow event 39")


def test_events_cut_off_at_the_end_are_missed_by_the_tables(path: Path) -> None:
    Meddler(path).run("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    assert fault(path).startswith("2026-11-25: tickets A001: state is waiting in the tables")


def test_a_forged_chain_does_not_hide_another_history(path: Path) -> None:
    meddler = Meddler(path)
    meddler.run(
        "UPDATE event SET body = replace(body, 'normal', 'age_80') "
        "WHERE ticket = 'last' AND kind = 'TicketReserved'"
    )
    assert "was changed" in fault(path)
    meddler.forge_chain()
    assert "A001: priority is normal in the tables, age_80 by the events" in fault(path)


def test_an_impossible_history_is_named(path: Path) -> None:
    meddler = Meddler(path)
    meddler.run("UPDATE event SET kind = 'MoveUndone', counter = 1 WHERE ticket = 'last'")
    meddler.forge_chain()
    assert "could not happen" in fault(path)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ticket SET state = 'finished' WHERE id = 'last'", "A001: state is finished"),
        ("UPDATE ticket SET state = 'gone' WHERE id = 'last'", "the tables cannot be read"),
        ("DELETE FROM ticket WHERE id = 'last'", "tickets A001: in the events only"),
        ("UPDATE counter SET version = version + 1", "counters 1: version"),
        ("DELETE FROM counter WHERE number = 2", "2026-11-23: counters 2"),
        ("UPDATE number_series SET next_number = 1", "next_number is 1 in the tables"),
        ("UPDATE leased_block SET used = '[1,2,3,4,5]'", "blocks ('civil', "),
        ("UPDATE working_day SET closed = 0", "2026-11-23: closed"),
        ("UPDATE working_day SET office = replace(office, 'Thử', 'Khác')", "office"),
        ("DELETE FROM working_day WHERE day = '2026-11-24'", "has events but no tables"),
        (
            (
                "INSERT INTO working_day "
                "SELECT '2026-12-01', opened, closed, office FROM working_day LIMIT 1"
            ),
            "2026-12-01: has tables but no events",
        ),
    ],
)
def test_a_changed_table_is_named(path: Path, statement: str, found: str) -> None:
    Meddler(path).run(statement)
    assert found in fault(path)


def test_damaged_pages_are_named(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(6, 40, 3):
            file.seek(page * 4096 + 8)
            file.write(b"\xff" * 64)
    assert "damaged" in fault(path)


def test_no_store_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        verify_file(tmp_path / "nothing.db")
