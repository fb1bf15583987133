"""Reads the hub's database for the city board, over a connection of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from queue_server.contracts.views import Words
from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.adapters.postgres_line import PostgresLine
from queue_server.hub.domain.office_today import Happened
from queue_server.hub.use_cases.city_board import Changes, Listed, Sending

LISTED = """
SELECT id, province, name_vi, name_en, latitude, longitude, url, agency, area
FROM office WHERE changed >= %s::text::xid8 ORDER BY id
"""
SENDING = """
SELECT office, newest, redo, clock_off_s, set_aside FROM sending WHERE changed >= %s::text::xid8
"""
MARK = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
"""Every commit below it is over: whatever comes later carries this number or a higher one."""
SINCE = """
WITH asked AS (
    SELECT * FROM unnest(%s::text[], %s::bigint[]) AS a (office, after)
), last_day AS (
    SELECT a.office, a.after, (
        SELECT max(day) FROM event e WHERE e.office = a.office AND e.seq = s.newest
    ) AS day
    FROM asked a JOIN sending s USING (office)
)
SELECT e.office, e.seq, e.day::text, e.at, e.kind, e.ticket, e.counter, e.body
FROM last_day l JOIN event e ON e.office = l.office AND e.day = l.day AND e.seq > l.after
ORDER BY e.office, e.seq
"""
WHY = (
    "SELECT DISTINCT ON (office) office, words_vi, words_en FROM fork WHERE ended_at IS NULL "
    "ORDER BY office, found_at DESC"
)
LIST = """
INSERT INTO office (id, province, name_vi, name_en, latitude, longitude, url, agency, area)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET
    province = excluded.province, name_vi = excluded.name_vi, name_en = excluded.name_en,
    latitude = excluded.latitude, longitude = excluded.longitude, url = excluded.url,
    agency = excluded.agency, area = excluded.area, changed = pg_current_xact_id()
"""


class PostgresBoard:
    """Used by one task."""

    def __init__(self, dsn: str) -> None:
        self._line = PostgresLine(dsn)

    async def close(self) -> None:
        """Give the connection back."""
        await self._line.close()

    async def listed(self, after: int = 0) -> Sequence[Listed]:
        """The offices that are registered, or what changed of them since a mark."""
        rows = await self._line.ask(LISTED, (after,))
        return [Listed(i, p, Words(vi=vi, en=en), *rest) for i, p, vi, en, *rest in rows]

    async def changes(self, after: int) -> Changes:
        """What was committed since the mark that the last answer gave; 0: everything."""
        ((mark,),) = await self._line.ask(MARK, ())
        since = after if after <= mark else 0  # A database that was restored counts anew.
        sending = [Sending(*row) for row in await self._line.ask(SENDING, (since,))]
        return Changes(mark, await self.listed(since), sending)

    async def since(self, after: Mapping[str, int]) -> Mapping[str, Sequence[Happened]]:
        """The events of these offices after these numbers, of each office's own newest day."""
        rows = await self._line.ask(SINCE, (list(after), list(after.values())))
        return {
            office: [Happened(*row) for _, *row in some]
            for office, some in groupby(rows, key=lambda row: row[0])
        }

    async def why_set_aside(self) -> Mapping[str, Words]:
        """The open explanations by office."""
        return {o: Words(vi=vi, en=en) for o, vi, en in await self._line.ask(WHY, ())}

    async def list_offices(self, offices: Sequence[Listed]) -> None:
        """Register offices, or say anew where and what they are."""
        with faults_named():
            connection = await self._line.connected()
            async with connection.transaction(), connection.cursor() as cursor:
                rows = [
                    (
                        *(o.id, o.province, o.name.vi, o.name.en),
                        *(o.latitude, o.longitude, o.url, o.agency, o.area),
                    )
                    for o in offices
                ]
                await cursor.executemany(LIST, rows)
