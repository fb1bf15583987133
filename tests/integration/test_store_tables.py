"""The tables: made and taken back by steps, one column per field, events only ever added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from queue_server.adapters import migrate
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.table_rows import BLOCKS, COUNTERS, SERIES, TICKETS, RowPlan
from queue_server.use_cases.ports import StoreUnavailable
from tests.fakes.busy_office import issue, keeper_on, one


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "office.db"


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that knows nothing of our manners, on a store with one ticket."""
    with closing(SqliteStore(path)) as store:
        one(keeper_on(store), issue("t1", key="k"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            yield connection


def test_steps_up_down_and_up_again(path: Path) -> None:
    migrate.upgrade(path)
    assert migrate.revision_of(path) == migrate.newest_revision()
    migrate.downgrade(path, "base")
    assert migrate.revision_of(path) is None
    with closing(sqlite3.connect(path)) as connection:
        left = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert not {name for name in left if "alembic_version" not in name}
    with closing(SqliteStore(path)) as store:
        assert one(keeper_on(store), issue("t1")).body == {"ticket": "t1", "label": "A001"}


def test_our_newest_step_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.newest_revision()]


def test_a_store_of_a_newer_program_is_left_alone(path: Path) -> None:
    migrate.upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrate.StoreTooNew, match="newer version"):
        SqliteStore(path)


@pytest.mark.parametrize(
    ("table", "plan"),
    [
        ("ticket", TICKETS),
        ("counter", COUNTERS),
        ("number_series", SERIES),
        ("leased_block", BLOCKS),
    ],
)
def test_each_field_has_its_column(
    raw: sqlite3.Connection, table: str, plan: RowPlan[object]
) -> None:
    columns = {row[1] for row in raw.execute(f"PRAGMA table_info({table})")}
    assert columns == {"day", *plan.columns}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET at = at WHERE seq = 1",
        "DELETE FROM event WHERE seq = 4",
        (
            "INSERT INTO event SELECT seq + 2, day, at, kind, ticket, counter, body, prev, hash "
            "FROM event WHERE seq = 4"
        ),
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
    ],
)
def test_events_are_only_added(raw: sqlite3.Connection, statement: str) -> None:
    before = raw.execute("SELECT * FROM event").fetchall()
    assert len(before) == 4
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert raw.execute("SELECT * FROM event").fetchall() == before


def test_a_number_stands_once_in_a_day(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"ticket\.label"):
        raw.execute(
            "INSERT INTO ticket SELECT day, 2, 'other', service, number, label, state, priority, "
            "channel, language, follow_code, issued_at, line_since, moved_at, kiosk, procedures, "
            "appointment_at, counter, to_counter, called_first_at, called_last_at, recalls, "
            "started_at, serving_since, served_s, held_until, finished_at, outcome, accurate, "
            'version, "before", delayed_s, score, dossiers, visit, papers FROM ticket'
        )


def test_commits_are_durable(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        pragma = store._connection.execute
        assert pragma("PRAGMA journal_mode").fetchone() == ("wal",)
        assert pragma("PRAGMA synchronous").fetchone() == (2,)


def test_a_damaged_newest_event_is_seen_at_start(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        one(keeper_on(store), issue("t1"))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER event_stays_as_it_is")
        raw.execute("UPDATE event SET ticket = 't9' WHERE seq = 4")
    with pytest.raises(StoreUnavailable, match="event 4 is not as it was written"):
        SqliteStore(path)
