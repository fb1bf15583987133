"""Weeks of made-up arrivals at the offices of two areas, as collectors would have put them down."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg

from queue_server.contracts.views import Words
from queue_server.hub.adapters import postgres_sql
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.use_cases.city_board import Listed

TODAY = date(2026, 5, 20)
WEEKS = 6
# A third come in the hour from nine on, the rest from seven to eleven evenly.
CAME = """
INSERT INTO event (province, day, office, seq, at, stored_at, kind, ticket, counter, body, mark,
    prev)
SELECT '92', %(day)s, %(office)s, %(seq)s + n, (%(day)s::date + time '07:00'
    + make_interval(mins => CASE WHEN n %% 3 = 0 THEN 120 + n %% 60 ELSE n * 7 %% 240 END))
    AT TIME ZONE 'Asia/Ho_Chi_Minh', now(), 'TicketConfirmed', 't' || n, NULL, '{}', 'm', 'p'
FROM generate_series(1, %(number)s) AS n
"""


async def settle(dsn: str, today: date = TODAY) -> None:
    """Two offices in the north, one that is in no area; on Mondays twice as many come."""
    board = PostgresBoard(dsn)
    areas = (("a", "Bắc"), ("b", "Bắc"), ("c", None))
    named = [Listed(name, "92", Words(vi=name, en=name), area=area) for name, area in areas]
    await board.list_offices(named)
    await board.close()
    with psycopg.connect(dsn) as connection:
        for ago in range(7 * WEEKS, 0, -1):
            day = today - timedelta(days=ago)
            for statement in postgres_sql.make_rooms(day, "92"):
                connection.execute(statement.encode())
            for place, name in enumerate("abc" if day.weekday() < 5 else ""):
                number = (60 if day.weekday() == 0 else 30) * (place + 1)
                row = {"day": day, "office": name, "seq": ago * 1000, "number": number}
                connection.execute(CAME, row)
