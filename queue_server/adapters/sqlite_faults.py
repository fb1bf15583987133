"""How a connection to the store is made, and which of its faults mean that the disk fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_server.use_cases.ports import StoreUnavailable

OUR_MISTAKES = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.DataError,
    sqlite3.NotSupportedError,
)


PASSING = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_passing(error: sqlite3.Error) -> bool:
    """Whether the connection stays good and only the disk or another program is in the way."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING


DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
DAMAGED = (
    ": the store is damaged. Stop the server, put the newest backup back with "
    "`motcua restore FROM DIR` (the damaged store is kept aside), and start again"
)


def is_damaged(error: BaseException) -> bool:
    """Whether the file itself is not what SQLite wrote; no waiting and no space helps then."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE


@contextmanager
def faults_named() -> Iterator[None]:
    """Say `StoreUnavailable` for faults of disk and file; a broken rule of a table stays itself.

    Raises:
        StoreUnavailable: locked, full, unreadable or damaged.
    """
    try:
        yield
    except OUR_MISTAKES:
        raise
    except (sqlite3.DatabaseError, OSError) as error:
        hint = DAMAGED if is_damaged(error) else ""
        raise StoreUnavailable(f"{error}{hint}") from error


def connect(path: Path, *, busy_s: float = 0.25) -> sqlite3.Connection:
    """The connection that writes; used by one thread at a time.

    Raises:
        sqlite3.OperationalError: the file cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_s,
        isolation_level=None,
        check_same_thread=False,
    )
    # A restored copy has no write-ahead log yet.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # A page that changes often is copied back once: measured, a sixth less time per ticket.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def connect_to_read(path: Path, *, busy_s: float = 0.25) -> sqlite3.Connection:
    """A connection that cannot write; readers see the last commit and never stop the writer.

    Raises:
        sqlite3.OperationalError: the file cannot be opened.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=busy_s,
        isolation_level=None,
        check_same_thread=False,
    )
