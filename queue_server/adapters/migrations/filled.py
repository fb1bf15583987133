"""Columns that a step of the tables added are filled from the events, which said it all along.

Nothing else of a row is touched: what somebody changed in the tables stays to be found by `verify`.
Which columns there were is noted before the first step, so a power cut in between loses nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from queue_server.adapters.sqlite_history import SqliteHistory
from queue_server.adapters.table_rows import COUNTERS, DOSSIERS, TICKETS, RowPlan
from queue_server.domain.shelf import Shelf
from queue_server.use_cases.verify_store import replayed

NOTE = "step_begun"
PLANS: dict[str, RowPlan[Any]] = {"ticket": TICKETS, "counter": COUNTERS, "dossier": DOSSIERS}
KEYS = {"ticket": ("day", "id"), "counter": ("day", "number"), "dossier": ("id",)}
Columns = dict[str, list[str]]


def note_columns(path: Path) -> None:
    """Write down which columns there are, unless that was done before a power cut."""
    with closing(_open(path)) as connection:
        if _note(connection) is None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"CREATE TABLE {NOTE} (columns TEXT NOT NULL)")
            row = (json.dumps(_columns(connection)),)
            connection.execute(f"INSERT INTO {NOTE} VALUES (?)", row)  # noqa: S608 - our own name
            connection.execute("COMMIT")


def fill_columns(path: Path) -> None:
    """Fill what was added since the note, in one commit that removes it."""
    with closing(_open(path)) as connection:
        before = _note(connection) or {}
        now = _columns(connection)
        added = {
            table: [name for name in PLANS[table].columns if name in set(now[table]) - set(had)]
            for table, had in before.items()
            if had
        }
        connection.execute("BEGIN IMMEDIATE")
        if any(added.values()):
            _fill(connection, added)
        connection.execute(f"DROP TABLE IF EXISTS {NOTE}")
        connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection, added: Columns) -> None:
    history, shelf = SqliteHistory(connection), Shelf()
    links = list(history.links())
    for iso, of_day in groupby(links, key=lambda link: link.day):
        made = replayed(date.fromisoformat(iso), map(history.event_of, of_day), shelf)
        _put(connection, "ticket", added, made.tickets.values(), iso)
        _put(connection, "counter", added, made.counters.values(), iso)
    _put(connection, "dossier", added, shelf.dossiers.values())


def _put(
    connection: sqlite3.Connection, table: str, added: Columns, values: Iterable[Any], *day: str
) -> None:
    names, plan = added.get(table, []), PLANS[table]
    if not names:
        return
    sets = ", ".join(f'"{name}" = ?' for name in names)
    where = " AND ".join(f"{key} = ?" for key in KEYS[table])
    rows = (dict(zip(plan.columns, plan.row(value), strict=True)) for value in values)
    connection.executemany(
        f"UPDATE {table} SET {sets} WHERE {where}",  # noqa: S608 - names of our own columns
        [(*(row[name] for name in names), *day, row[KEYS[table][-1]]) for row in rows],
    )


def _columns(connection: sqlite3.Connection) -> Columns:
    return {
        table: [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
        for table in PLANS
    }


def _note(connection: sqlite3.Connection) -> Columns | None:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (NOTE,)).fetchone()
    if there is None:
        return None
    row = connection.execute(f"SELECT columns FROM {NOTE}").fetchone()  # noqa: S608 - our own name
    found: Columns = json.loads(row[0])
    return found


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)
