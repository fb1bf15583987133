"""Reads an office's event table beside its writer, row by row as it stands there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.use_cases.event_chain import Link as ChainedEvent

AFTER = (
    "SELECT seq, day, at, kind, ticket, counter, body, prev, hash FROM event "
    "WHERE seq > ? ORDER BY seq LIMIT ?"
)
NEWEST = "SELECT coalesce(max(seq), 0) FROM event"


class OfficeLog:
    """The store may be written to meanwhile; what is read was committed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def after(self, seq: int, most: int) -> Sequence[ChainedEvent]:
        """The next events, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(AFTER, (seq, most)).fetchall()
        return [ChainedEvent(*row) for row in rows]

    def newest(self) -> int:
        """The number of the newest event; 0 without one."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return int(connection.execute(NEWEST).fetchone()[0])
