"""Counts a month of all offices in one pass over the partitions of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import psycopg

from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.use_cases.office_months import Counted
from queue_server.use_cases.reports.dossier_facts import ONLINE
from queue_server.use_cases.reports.other_facts import OF_A_RATING
from queue_server.use_cases.reports.selection import GOOD_S, HAPPY_SCORE, LIMIT_S, LOW_SCORE

COUNT = """
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
), facts AS (
    SELECT office, count(DISTINCT day) AS days,
        count(*) FILTER (WHERE kind = 'TicketConfirmed') AS tickets,
        count(*) FILTER (WHERE kind = 'TicketNoShow') AS no_shows,
        count(*) FILTER (WHERE kind = 'TicketRated') AS ratings,
        count(*) FILTER (WHERE kind = 'TicketRated' AND (body ->> 'score')::int >= %(happy)s)
            AS good,
        count(*) FILTER (WHERE kind = 'DossierFiled') AS filed,
        count(*) FILTER (WHERE kind = 'DossierFiled' AND (body ->> 'reused')::int > 0) AS reusing,
        count(*) FILTER (WHERE kind = 'DossierFiled' AND body ->> 'channel' = %(online)s) AS online,
        count(*) FILTER (WHERE kind = 'DossierSupplementAsked') AS supplements,
        count(*) FILTER (WHERE kind = 'DossierFinished') AS finished,
        count(*) FILTER (WHERE kind = 'DossierFinished' AND (body ->> 'in_time')::bool) AS in_time,
        count(*) FILTER (WHERE kind = 'TicketFinished') AS visits_finished,
        count(*) FILTER (WHERE kind = 'TicketRated' AND (body ->> 'score')::int <= %(low)s)
            AS disliked,
        count(*) FILTER (WHERE kind = 'ComplaintFiled' AND body ->> 'source' <> %(rating)s)
            AS complaints
    FROM event WHERE day >= %(first)s AND day < %(end)s GROUP BY office
)
SELECT office, days, tickets, coalesce(called, 0), coalesce(waited, 0), coalesce(over_15, 0),
    coalesce(over_30, 0), no_shows, ratings, good, filed, reusing, online, supplements, finished,
    in_time, visits_finished, disliked, complaints
FROM facts LEFT JOIN waits USING (office)
"""
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
            async with await psycopg.AsyncConnection.connect(
                self._dsn, connect_timeout=5
            ) as connection:
                found = await connection.execute(COUNT, {"first": first, "end": end} | RULES)
                return [Counted(*row) for row in await found.fetchall()]
