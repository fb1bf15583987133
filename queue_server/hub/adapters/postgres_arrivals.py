"""Counts who came, by area, day and half hour, over the last months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg

from queue_server.hub.adapters.postgres_city import faults_named

Came = Sequence[tuple[date, int, int]]
"""Day, half hour of the day, and how many."""
HISTORY = timedelta(days=120)
ARRIVALS = """
SELECT o.area, o.province, e.day, extract(epoch FROM (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time)
    ::int / 1800 AS slot, count(*)
FROM event e JOIN office o ON o.id = e.office
WHERE e.day >= %(first)s AND e.day < %(today)s AND e.kind = 'TicketConfirmed'
GROUP BY 1, 2, 3, 4 ORDER BY 2, 1, 3, 4
"""
OFFICES = "SELECT area, province, count(*) FROM office GROUP BY 1, 2 ORDER BY 2, 1"


@dataclass(frozen=True, slots=True)
class AreaArrivals:
    """An area's offices, and how many numbers were given by day and half hour of the day."""

    area: str | None
    province: str
    offices: int
    came: Came


async def arrivals(dsn: str, today: date) -> list[AreaArrivals]:
    """Every area of the list, with the days before today.

    Raises:
        CityStoreAway: the database does not answer.
    """
    asked = {"first": today - HISTORY, "today": today}
    with faults_named():
        async with await psycopg.AsyncConnection.connect(dsn, connect_timeout=5) as connection:
            areas = await (await connection.execute(OFFICES)).fetchall()
            rows = await (await connection.execute(ARRIVALS, asked)).fetchall()
    came: dict[tuple[str, str | None], list[tuple[date, int, int]]] = {}
    for area, province, day, slot, number in rows:
        came.setdefault((province, area), []).append((day, slot, number))
    return [
        AreaArrivals(area, province, offices, came.get((province, area), ()))
        for area, province, offices in areas
    ]
