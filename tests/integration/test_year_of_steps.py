"""Every step of the tables, down and up again, on a copy of a year of working days."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from queue_server.adapters import migrate
from queue_server.adapters.backup import STORE, backup
from queue_server.adapters.migrate import FOLDER, downgrade, newest_revision, revision_of, upgrade
from queue_server.adapters.migrations.filled import note_columns
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap.settings import settle
from tests.fakes.lived_office import live, working_days
from tests.fakes.offices import LOOPBACK, new_ward

pytestmark = pytest.mark.timeout(600)
DAYS, PEOPLE = 250, 8


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = new_ward(tmp_path_factory.mktemp("year") / "ward")
    office = settle(data, LOOPBACK, "embedded").file.to_office()
    live(data, office, working_days(DAYS), PEOPLE)
    return data


def kept(store: Path) -> tuple[object, ...]:
    """What no step may touch: the chain to its last hash, every ticket's number and state."""
    with closing(sqlite3.connect(store)) as raw:
        events = raw.execute("SELECT count(*), max(seq) FROM event").fetchone()
        (head,) = raw.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        bodies = raw.execute("SELECT total(length(body)) FROM event").fetchone()
        tickets = raw.execute("SELECT day, id, label, state FROM ticket ORDER BY 1, 2").fetchall()
    return events, head, bodies, tickets


def test_down_to_the_first_step_and_up_again_loses_nothing_of_the_year(
    year: Path, tmp_path: Path
) -> None:
    copied = backup(year, tmp_path / "copy")
    assert copied.verdict.days == DAYS
    assert copied.verdict.tickets == DAYS * PEOPLE
    store = copied.to / STORE
    before = kept(store)
    steps = sorted(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py"))
    for step in reversed(steps[:-1]):
        downgrade(store, step)
        assert revision_of(store) == step
        assert kept(store) == before, f"step back to {step}"
    upgrade(store)
    assert revision_of(store) == newest_revision()
    assert kept(store) == before
    verdict = verify_file(store)
    assert verdict.ok, verdict.fault
    assert verdict.head == copied.verdict.head
    assert revision_of(year / STORE) == newest_revision(), "only the copy was touched"


def test_a_cut_before_new_columns_are_filled_is_made_good_and_hides_nothing(
    year: Path, tmp_path: Path
) -> None:
    store = backup(year, tmp_path / "copy").to / STORE
    downgrade(store, "0007")
    note_columns(store)
    migrate._run(store, "upgrade", "head")
    assert not verify_file(store).ok, "what the power cut left"
    upgrade(store)
    assert verify_file(store).ok
    with closing(sqlite3.connect(store)) as raw, raw:
        raw.execute("UPDATE ticket SET state = 'void' WHERE day = (SELECT max(day) FROM ticket)")
    downgrade(store, "0007")
    upgrade(store)
    assert "state is void" in str(verify_file(store).fault)
