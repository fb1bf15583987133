"""Reads one working day from its tables into memory."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TypeVar

from queue_server.adapters import office_sql as sql
from queue_server.adapters.json_codec import from_json, instant
from queue_server.adapters.table_rows import (
    APPOINTMENTS,
    BLOCKS,
    COUNTERS,
    DOSSIERS,
    SERIES,
    TICKETS,
    VISITS,
    RowPlan,
)
from queue_server.domain.book import BookChanges
from queue_server.domain.dossier import Dossier
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay

T = TypeVar("T")
DayRow = tuple[str, int, int, str]


def read_day(connection: sqlite3.Connection, row: DayRow) -> OfficeDay:
    """The day of a row of `working_day`, as it was after its last commit."""
    iso, opened, closed, office = row
    day = OfficeDay(from_json(Office, json.loads(office)), date.fromisoformat(iso))
    day.opened, day.closed = bool(opened), bool(closed)
    last = connection.execute(sql.LAST_AT, (iso,)).fetchone()
    day.last_at = instant(last[0]) if last else None
    day.restore(
        tickets=_rows(connection, sql.TICKETS_OF_DAY, iso, TICKETS),
        counters=_rows(connection, sql.COUNTERS_OF_DAY, iso, COUNTERS),
        series=_rows(connection, sql.SERIES_OF_DAY, iso, SERIES),
        blocks=_rows(connection, sql.BLOCKS_OF_DAY, iso, BLOCKS),
    )
    appointments = _rows(connection, sql.APPOINTMENTS_OF_DAY, iso, APPOINTMENTS)
    visits = _rows(connection, sql.VISITS_OF_DAY, iso, VISITS)
    day.book.restore(
        BookChanges(
            appointments={one.id: one for one in appointments},
            visits={visit.id: visit for visit in visits},
            cards=dict(connection.execute(sql.CARDS).fetchall()),
            persons=dict(connection.execute(sql.PERSONS, (iso,)).fetchall()),
        )
    )
    return day


def read_shelf(connection: sqlite3.Connection, day: date) -> list[Dossier]:
    """The dossiers that a working day holds in memory: open, or filed or ended on it."""
    iso = day.isoformat()
    return [DOSSIERS.value(row) for row in connection.execute(sql.SHELF, (iso, iso))]


def _rows(connection: sqlite3.Connection, statement: str, day: str, plan: RowPlan[T]) -> list[T]:
    return [plan.value(row) for row in connection.execute(statement, (day,))]
