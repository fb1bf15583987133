"""Counts a month of all offices in one pass over the partitions of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg

from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.use_cases.office_months import Counted
from queue_server.use_cases.reports.dossier_facts import ONLINE
from queue_server.use_cases.reports.other_facts import OF_A_RATING
from queue_server.use_cases.reports.selection import GOOD_S, HAPPY_SCORE, LIMIT_S, LOW_SCORE

FACTS = {
    "tickets": "kind = 'TicketConfirmed'",
    "no_shows": "kind = 'TicketNoShow'",
    "ratings": "kind = 'TicketRated'",
    "good": "kind = 'TicketRated' AND (body ->> 'score')::int >= %(happy)s",
    "filed": "kind = 'DossierFiled'",
    "reusing": "kind = 'DossierFiled' AND (body ->> 'reused')::int > 0",
    "online": "kind = 'DossierFiled' AND body ->> 'channel' = %(online)s",
    "supplements": "kind = 'DossierSupplementAsked'",
    "finished": "kind = 'DossierFinished'",
    "in_time": "kind = 'DossierFinished' AND (body ->> 'in_time')::bool",
    "visits_finished": "kind = 'TicketFinished'",
    "disliked": "kind = 'TicketRated' AND (body ->> 'score')::int <= %(low)s",
    "complaints": "kind = 'ComplaintFiled' AND body ->> 'source' <> %(rating)s",
}
"""What is counted of an office's events, in the order of `Counted`."""
# By day first: an office's events need not be sorted to know on how many days there were any.
COUNT = f"""
WITH first_calls AS (
    SELECT DISTINCT ON (office, day, ticket)
        office, (body -> 'reason' ->> 'waited_s')::float8 / 60 AS waited
    FROM event WHERE day >= %(first)s AND day < %(end)s AND kind = 'TicketCalled'
    ORDER BY office, day, ticket, seq
), waits AS (
    SELECT office, count(*) AS called, sum(waited) AS waited,
        count(*) FILTER (WHERE waited > %(good)s) AS over_15,
        count(*) FILTER (WHERE waited > %(limit)s) AS over_30
    FROM first_calls GROUP BY office
), of_day AS (
    SELECT office, {", ".join(f"count(*) FILTER (WHERE {r}) AS {n}" for n, r in FACTS.items())}
    FROM event WHERE day >= %(first)s AND day < %(end)s GROUP BY office, day
), facts AS (
    SELECT office, count(*) AS days, {", ".join(f"sum({n})::bigint AS {n}" for n in FACTS)}
    FROM of_day GROUP BY office
)
SELECT office, days, tickets, coalesce(called, 0), coalesce(waited, 0), coalesce(over_15, 0),
    coalesce(over_30, 0), {", ".join(list(FACTS)[1:])}
FROM facts LEFT JOIN waits USING (office)
"""  # noqa: S608 - names and rules of this file
ROOM = "SET work_mem = '128MB'"
"""A month of a nation is sorted in memory."""
RULES = {
    "happy": HAPPY_SCORE,
    "low": LOW_SCORE,
    "online": ONLINE,
    "rating": OF_A_RATING,
    "good": GOOD_S / 60,
    "limit": LIMIT_S / 60,
}
"""What the offices' own reports count by."""


class PostgresMonths:
    """A connection for each question."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    async def counted(self, first: date, end: date) -> Sequence[Counted]:
        """What happened from `first` to before `end`, for each office that said anything."""
        with faults_named():
            async with await self._connected() as connection:
                found = await connection.execute(
                    COUNT.encode(), {"first": first, "end": end} | RULES
                )
                return [Counted(*row) for row in await found.fetchall()]

    async def _connected(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        connection = await psycopg.AsyncConnection.connect(self._dsn, connect_timeout=5)
        await connection.execute(ROOM)
        return connection
