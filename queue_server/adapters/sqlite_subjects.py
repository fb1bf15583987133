"""Reads what leads to people in the store, for whoever must hand it out or erase it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from queue_server.adapters import office_sql as sql
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.adapters.table_rows import APPOINTMENTS, DOSSIERS, VISITS, event_of
from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.dossier import Dossier
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.retention import KeptKind


class SqliteSubjects:
    """May be asked from any thread; what it gives was committed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def declarations(self) -> Iterator[tuple[Dossier, bytes]]:
        """Every dossier whose answers are still kept, with them, sealed."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            for sealed, *row in connection.execute(sql.DECLARATIONS):
                yield DOSSIERS.value(tuple(row)), bytes(sealed)

    def contacts(self) -> Sequence[tuple[str, bytes]]:
        """Every home visit whose contact is still kept, by id, with it, sealed."""
        return [(visit, bytes(sealed)) for visit, sealed in self._rows(sql.ALL_CONTACTS)]

    def carded(self, card: str) -> Sequence[str]:
        """The appointments that are kept under this keyed hash, by id."""
        return [name for (name,) in self._rows(sql.CARDED, card)]

    def numbers_of(self, card: str) -> Sequence[str]:
        """The numbers of tickets that are kept under this keyed hash."""
        return [label for (label,) in self._rows(sql.NUMBERS_OF_CARD, card)]

    def has_card(self, appointment: str) -> bool:
        """Whether an appointment is kept under any keyed hash."""
        return bool(self._rows(sql.HAS_CARD, appointment))

    def appointment(self, name: str) -> Appointment | None:
        """An appointment by id or code, in its newest form."""
        row = self._rows(sql.ANY_APPOINTMENT, name, name)
        return APPOINTMENTS.value(row[0]) if row else None

    def visit(self, name: str) -> HomeVisit | None:
        """A home visit by id or code, in its newest form."""
        row = self._rows(sql.ANY_VISIT, name, name)
        return VISITS.value(row[0]) if row else None

    def kept(self) -> Sequence[KeptKind]:
        """How much of each kind is kept now, and since when the oldest."""
        return [
            KeptKind(kind, int(count), oldest)
            for kind, statement in sql.KEPT_KINDS.items()
            for count, oldest in self._rows(statement)
        ]

    def forgotten(self, most: int) -> Sequence[StoredEvent]:
        """The newest events of something forgotten, newest first."""
        rows = self._rows(sql.FORGOTTEN, most)
        return [StoredEvent(int(seq), event_of(tuple(row))) for seq, *row in rows]

    def _rows(self, statement: str, *about: str | int) -> list[tuple[Any, ...]]:
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return connection.execute(statement, about).fetchall()
