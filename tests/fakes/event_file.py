"""Writes played events straight into a store's chain, as many days of them as a test wants."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.adapters.table_rows import event_row
from queue_server.domain.events import Event
from queue_server.use_cases.event_chain import GENESIS, link_hash

ADD = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def write_events(path: Path, days: Iterable[tuple[date, Iterable[Event]]]) -> Path:
    """A store with these events and no other tables filled; adds to one that is there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        last = connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        seq, head = last.fetchone() or (0, GENESIS)
        for day, events in days:
            for event in events:
                seq += 1
                said = event_row(event)
                made = link_hash(head, seq, day.isoformat(), said)
                connection.execute(ADD, (seq, day.isoformat(), *said, head, made))
                head = made
    return path


def moved(events: Iterable[Event], days: int) -> list[Event]:
    """The same day, so many days later, with tickets of its own."""
    return [_later(event, days) for event in events]


def _later(event: Event, days: int) -> Event:
    changed: dict[str, Any] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            changed[field.name] = value + timedelta(days=days)
        elif field.name == "ticket":
            changed[field.name] = f"{value}-{days}"
        elif field.name == "day":
            changed[field.name] = (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    return replace(event, **changed)
