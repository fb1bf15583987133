"""Reads called tickets and camera shares of past days, for the trend of satisfaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.json_codec import from_json
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.adapters.table_rows import TICKETS, event_of
from queue_server.contracts.views import Words
from queue_server.domain.events import Event
from queue_server.domain.office import Office
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.satisfaction_trend import VisitFact


class SqliteVisits:
    """May be asked from any thread; each look has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def visits(self, first: date, last: date) -> Sequence[VisitFact]:
        """Every called ticket with accurate times from `first` to `last`, both included."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            days = connection.execute(
                sql.DAYS_BETWEEN, (first.isoformat(), last.isoformat())
            ).fetchall()
            return [fact for day, office in days for fact in _of_day(connection, day, office)]

    def smile_events(self, first: date, last: date) -> Sequence[Event]:
        """What cameras counted and how they were calibrated on these days, in order."""
        with faults_named(), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(sql.SMILE_EVENTS, (first.isoformat(), last.isoformat()))
            return [event_of(tuple(row)) for row in rows]


def _of_day(connection: sqlite3.Connection, day: str, office_text: str) -> Iterator[VisitFact]:
    office = from_json(Office, json.loads(office_text))
    names = {
        service.id: Words(vi=service.name_vi, en=service.name_en)
        for service in office.services.values()
    }
    for row in connection.execute(sql.TICKETS_OF_DAY, (day,)):
        ticket = TICKETS.value(row)
        waited = wait_s(office, ticket)
        if ticket.called_first_at is None or waited is None or not ticket.accurate:
            continue
        yield VisitFact(
            service=ticket.service,
            service_name=names.get(ticket.service, Words(vi=ticket.service, en=ticket.service)),
            called_at=ticket.called_first_at,
            wait_min=waited / 60,
            score=ticket.score,
        )
