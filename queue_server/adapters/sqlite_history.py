"""Shows the whole store at one moment to whoever checks it, while the writer goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.sqlite_day import read_day
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.adapters.table_rows import DOSSIERS, event_of
from queue_server.domain.dossier import Dossier
from queue_server.domain.events import Event
from queue_server.domain.office_day import OfficeDay
from queue_server.use_cases.anchors import Anchor
from queue_server.use_cases.event_chain import Link
from queue_server.use_cases.verify_store import Verdict, verify_store

BACKUP_HELPS = "`motcua restore FROM DIR` puts a backup back and keeps this file aside"


@contextmanager
def open_history(path: Path) -> Iterator[SqliteHistory]:
    """The store as of now; later commits are not seen.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    with faults_named(), closing(connect_to_read(path)) as connection:
        connection.execute("BEGIN")
        yield SqliteHistory(connection)


def verify_file(path: Path, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Check a store file: pages, chain, signed heads, days. The server may go on writing.

    Raises:
        StoreUnavailable: there is no store that can be read at all.
    """
    with open_history(path) as history:
        damage = history.damage()
        if damage is not None:
            return Verdict(
                0,
                0,
                0,
                "",
                f"the file is damaged: {damage}; `motcua restore FROM DIR` puts a backup back",
                f"tệp bị hỏng: {damage}; `motcua restore FROM DIR` đưa bản sao lưu trở lại",
            )
        return verify_store(history, anchors)


class SqliteHistory:
    """One read transaction over everything."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def damage(self) -> str | None:
        """What SQLite finds wrong with its pages and indexes; None when nothing is."""
        try:
            (found,) = self._connection.execute(sql.DAMAGE).fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
        return None if found == "ok" else str(found)

    def days(self) -> Sequence[date]:
        """Every day that has tables or events, in order."""
        return [date.fromisoformat(row[0]) for row in self._connection.execute(sql.ALL_DAYS)]

    def load(self, day: date) -> OfficeDay | None:
        """A day as its tables say; None when it has none."""
        row = self._connection.execute(sql.ONE_DAY, (day.isoformat(),)).fetchone()
        return None if row is None else read_day(self._connection, row)

    def dossiers(self) -> Sequence[Dossier]:
        """Every dossier as its table says."""
        return [DOSSIERS.value(row) for row in self._connection.execute(sql.ALL_DOSSIERS)]

    def links(self) -> Iterator[Link]:
        """Every event as it stands there, by sequence number."""
        return (Link(*row) for row in self._connection.execute(sql.ALL_LINKS))

    def event_of(self, link: Link) -> Event:
        """The event of a link."""
        return event_of((link.at, link.kind, link.ticket, link.counter, link.body))
