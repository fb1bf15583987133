"""Somebody who changes the file of a store behind the program's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from queue_server.use_cases.event_chain import GENESIS, Link

COLUMNS = "seq, day, at, kind, ticket, counter, body, prev, hash"


class Meddler:
    """Somebody with the file in the hands and no respect for triggers."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def run(self, *statements: str) -> None:
        with closing(sqlite3.connect(self._path, isolation_level=None)) as raw:
            triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)

    def forge_chain(self) -> None:
        """Give every event the hash that fits what it says now."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as raw:
            prev = GENESIS
            for row in raw.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq").fetchall():
                own = Link(*row[:7], prev, b"").own_hash()
                raw.execute(
                    "UPDATE event SET prev = ?, hash = ? WHERE seq = ?", (prev, own, row[0])
                )
                prev = own
