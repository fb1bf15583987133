"""Reads the event table beside the writer; every look has a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.adapters.table_rows import APPOINTMENTS, DOSSIERS, PEOPLE, event_of
from queue_server.domain.appointment import Appointment
from queue_server.domain.dossier import Dossier
from queue_server.domain.events import TicketRated
from queue_server.domain.office_record_events import LogoChanged
from queue_server.domain.people import Person
from queue_server.use_cases.ports import ForecastScore, StoredEvent


class SqliteReader:
    """May be asked from any thread; what it gives was committed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of_ticket(self, ticket: str) -> Sequence[StoredEvent]:
        """Everything that happened to a ticket, in order; empty when it is unknown."""
        return list(self._read(sql.EVENTS_OF_TICKET, ticket))

    def of_day(self, day: date) -> Iterator[StoredEvent]:
        """Everything that happened on a day, in order."""
        return self._read(sql.EVENTS_OF_DAY, day.isoformat())

    def appointments(self, day: date) -> Sequence[Appointment]:
        """The appointments that a working day knew, as it left them."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.APPOINTMENTS_OF_DAY, (day.isoformat(),))
            return [APPOINTMENTS.value(row) for row in rows]

    def people(self) -> Sequence[Person]:
        """Everybody who signs in by name, by name."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return [PEOPLE.value(row) for row in connection.execute(sql.ALL_PEOPLE)]

    def contact(self, visit: str) -> bytes | None:
        """How to find the citizen of a home visit, sealed; None when it was forgotten."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            row = connection.execute(sql.CONTACT, (visit,)).fetchone()
        return None if row is None else bytes(row[0])

    def dossier(self, code: str) -> Dossier | None:
        """The dossier with this id, official code or holder's code; also one that has ended."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            row = connection.execute(sql.DOSSIER, (code, code, code)).fetchone()
        return None if row is None else DOSSIERS.value(row)

    def dossiers_filed(self, start: date, end: date) -> Sequence[Dossier]:
        """The dossiers filed from `start` to before `end`, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.DOSSIERS_FILED, (start.isoformat(), end.isoformat()))
            return [DOSSIERS.value(row) for row in rows]

    def dossiers_of_person(self, person: str, since: date) -> Sequence[Dossier]:
        """The newest dossiers of the citizen with this keyed hash, filed since a day."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.DOSSIERS_OF_PERSON, (person, since.isoformat()))
            return [DOSSIERS.value(row) for row in rows]

    def parts(self, dossier: str) -> Mapping[str, bytes]:
        """What is kept sealed of a dossier, by name; empty when it was forgotten."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return {
                name: bytes(sealed) for name, sealed in connection.execute(sql.PARTS, (dossier,))
            }

    def part(self, dossier: str, name: str) -> bytes | None:
        """One sealed part; None where there is none."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            row = connection.execute(sql.PART, (dossier, name)).fetchone()
        return None if row is None else bytes(row[0])

    def part_names(self, dossier: str) -> Sequence[str]:
        """The names of what is kept sealed, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return [name for (name,) in connection.execute(sql.PART_NAMES, (dossier,))]

    def dossier_events(self, after: int, most: int) -> Sequence[StoredEvent]:
        """The next events of dossiers after a number, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.DOSSIER_EVENTS, (after, most)).fetchall()
        return [StoredEvent(seq, event_of(tuple(row))) for seq, *row in rows]

    def filing_steps(self, day: date) -> Sequence[StoredEvent]:
        """The saves and filings of dossiers on a day, in order."""
        return list(self._read(sql.FILING_STEPS, day.isoformat()))

    def count_dossier_events(self, after: int) -> tuple[int, int]:
        """How many events of dossiers follow a number, and how many dossiers were filed at all."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            (waiting,) = connection.execute(sql.COUNT_DOSSIER_EVENTS, (after,)).fetchone()
            (filed,) = connection.execute(sql.COUNT_FILED).fetchone()
        return int(waiting), int(filed)

    def of_dossier(self, dossier: str) -> Sequence[StoredEvent]:
        """Everything that happened to a dossier, in order."""
        return list(self._read(sql.EVENTS_OF_DOSSIER, dossier))

    def days(self) -> Sequence[date]:
        """Every day on which anything happened, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return [date.fromisoformat(row[0]) for row in connection.execute(sql.ALL_DAYS)]

    def forecast_scores(self, latest: int) -> Sequence[ForecastScore]:
        """The scores of the latest scored days, newest day first."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.LATEST_SCORES, (latest,))
            return [ForecastScore(date.fromisoformat(day), *rest) for day, *rest in rows]

    def complaint_events(self) -> Sequence[StoredEvent]:
        """Everything that ever happened to complaints, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.COMPLAINT_EVENTS)
            return [StoredEvent(seq, event_of(tuple(row))) for seq, *row in rows]

    def appeal_events(self) -> Sequence[StoredEvent]:
        """Everything that ever happened to appeals against the staff sheet, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.APPEAL_EVENTS)
            return [StoredEvent(seq, event_of(tuple(row))) for seq, *row in rows]

    def ratings(self, day: date) -> Sequence[TicketRated]:
        """Every verdict of a day, in order."""
        found = self._read(sql.RATINGS_OF_DAY, day.isoformat())
        return [stored.event for stored in found if isinstance(stored.event, TicketRated)]

    def records(self, latest: int) -> Sequence[StoredEvent]:
        """The latest decisions about the office, newest first."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.RECORDS, (latest,))
            return [StoredEvent(seq, event_of(tuple(row))) for seq, *row in rows]

    def logo(self) -> LogoChanged | None:
        """The newest picture of the office, or that it has none."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            row = connection.execute(sql.NEWEST_LOGO).fetchone()
        event = None if row is None else event_of(tuple(row[1:]))
        return event if isinstance(event, LogoChanged) else None

    def report_steps(self) -> Sequence[StoredEvent]:
        """Every step of a report towards publication, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.REPORT_STEPS)
            return [StoredEvent(seq, event_of(tuple(row))) for seq, *row in rows]

    def head_before(self, day: date) -> tuple[str, int, str] | None:
        """Day, number and hash (hex) of the newest event before this day."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            row = connection.execute(sql.HEAD_BEFORE, (day.isoformat(),)).fetchone()
        return None if row is None else (row[0], row[1], row[2].hex())

    def newest(self) -> int:
        """Number of the newest event; 0 without one."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            return int(connection.execute(sql.LAST_SEQ).fetchone()[0])

    def events_before(self, seq: int, most: int) -> Sequence[StoredEvent]:
        """The events before this one, newest first."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.EVENTS_BEFORE, (seq, most)).fetchall()
            return [StoredEvent(number, event_of(tuple(row))) for number, *row in rows]

    def _read(self, statement: str, about: str) -> Iterator[StoredEvent]:
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            for seq, *row in connection.execute(statement, (about,)):
                yield StoredEvent(seq, event_of(tuple(row)))
