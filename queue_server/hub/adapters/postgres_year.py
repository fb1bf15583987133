"""Copies the events of some months out of the hub's database, as text that a column store reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg

from queue_server.hub.adapters.postgres_city import faults_named

KINDS = (
    *("TicketReserved", "TicketConfirmed", "TicketCalled", "ServingStarted", "TicketFinished"),
    *("TicketHeld", "TicketNoShow", "DossierFiled", "DossierReceived", "DossierSupplementAsked"),
    *("DossierSupplementGiven", "DossierExtended", "DossierRefused", "DossierStopped"),
    *("DossierFinished", "OfficeConfigured", "CounterOpened"),
)
COPY = """
COPY (
    SELECT office, province, day, seq, at AT TIME ZONE 'Asia/Ho_Chi_Minh', kind, ticket, counter,
        body::text
    FROM event WHERE day >= {first} AND day < {end} AND kind = ANY({kinds})
) TO STDOUT (FORMAT csv)
"""


def months(first: date, end: date) -> list[tuple[date, date]]:
    """The span in pieces of a month."""
    found, start = [], first
    while start < end:
        after = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        found.append((start, min(after, end)))
        start = after
    return found


async def copy_out(
    dsn: str, span: tuple[date, date], folder: Path, told: Callable[[int, int], None]
) -> list[Path]:
    """A file of comma separated lines for each month that has events.

    Args:
        dsn: The hub's database.
        span: First day, and the day after the last.
        folder: Where the files go.
        told: Hears how many months of how many are done.

    Raises:
        CityStoreAway: the database does not answer.
        OSError: the folder takes no file.
    """
    files = []
    pieces = months(*span)
    with faults_named():
        async with await psycopg.AsyncConnection.connect(dsn, connect_timeout=5) as connection:
            for number, (first, end) in enumerate(pieces):
                told(number, len(pieces))
                path = folder / f"{first:%Y-%m}.csv"
                await _copy(connection, (first, end), path)
                files += [path] if path.stat().st_size else []
    told(len(pieces), len(pieces))
    return files


async def _copy(
    connection: psycopg.AsyncConnection[tuple[object, ...]], span: tuple[date, date], path: Path
) -> None:
    first, end = span
    statement = psycopg.sql.SQL(COPY).format(
        first=psycopg.sql.Literal(first),
        end=psycopg.sql.Literal(end),
        kinds=psycopg.sql.Literal(list(KINDS)),
    )
    with path.open("wb") as file:
        async with connection.cursor() as cursor, cursor.copy(statement) as copy:
            async for piece in copy:
                file.write(piece)
