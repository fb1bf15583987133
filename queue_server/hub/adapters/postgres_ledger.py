"""Dossiers and complaints of a month in PostgreSQL, and what each month leaves open to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from queue_server.adapters.json_codec import from_json
from queue_server.domain.office import Office
from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.use_cases.month_ledger import FILED, KINDS, LedgerEvent

BEGINS = "SELECT min(day) FROM event"
LEDGERS = """
SELECT office, seq, day, at, kind, about, due_at, in_time, step FROM (
    SELECT office, seq, day, at, kind, about, due_at, in_time, step
    FROM month_open WHERE month = %(before)s
    UNION ALL
    SELECT office, seq, day, at, kind, coalesce(body ->> 'dossier', body ->> 'complaint'),
        (body ->> 'due_at')::timestamptz, (body ->> 'in_time')::boolean, body ->> 'step'
    FROM event WHERE day >= %(first)s AND day < %(end)s AND kind = ANY(%(kinds)s)
) AS every ORDER BY office, seq
"""
OFFICES = """
SELECT DISTINCT ON (office) office, body -> 'office' FROM event
WHERE day >= %(first)s AND day < %(end)s AND kind = 'OfficeConfigured' AND office IN (
    SELECT office FROM event WHERE day >= %(first)s AND day < %(end)s AND kind = %(filed)s
    UNION SELECT office FROM month_open WHERE kind = %(filed)s
) ORDER BY office, day DESC, seq DESC
"""
CARRIED = """
SELECT EXISTS (SELECT FROM month_carried WHERE month = %(month)s) AND NOT EXISTS (
    SELECT FROM sending s LEFT JOIN month_carried c ON c.office = s.office AND c.month = %(month)s
    WHERE c.office IS NULL OR c.redo <> s.redo OR NOT (c.settled OR c.newest = s.newest)
)
"""
FORGET = "DELETE FROM {} WHERE month >= %s"
CARRY = """
COPY month_open (month, office, seq, day, at, kind, about, due_at, in_time, step) FROM STDIN
"""
HOW_FAR = """
INSERT INTO month_carried (month, office, newest, redo, settled)
SELECT %(month)s, s.office, s.newest, s.redo, s.gaps = '{}' AND EXISTS (
    SELECT FROM event e WHERE e.office = s.office AND e.day >= %(end)s
) FROM sending s
"""
AT_ONCE = 20_000
TOLD = ("id", "name_vi", "name_en", "hours", "appointments", "dossiers", "training")


class PostgresLedger(PostgresMonths):
    """A connection for each question."""

    async def begins(self) -> date | None:
        """The day of the first event; None without one."""
        ((day,),) = await self._ask(BEGINS, {})
        found: date | None = day
        return found

    async def carried(self, month: date) -> bool:
        """Whether what was open at the end of that month is known, and nothing came since."""
        ((known,),) = await self._ask(CARRIED, {"month": month})
        return bool(known)

    async def ledgers(
        self, first: date, end: date, before: date
    ) -> AsyncIterator[tuple[str, Sequence[LedgerEvent]]]:
        """Office by office, read piece by piece: a month of a nation does not fit in memory."""
        asked = {"first": first, "end": end, "before": before, "kinds": list(KINDS)}
        office, some = "", list[LedgerEvent]()
        with faults_named():
            async with await self._connected() as connection:
                cursor = connection.cursor(name="ledger", binary=True)
                async with cursor:
                    await cursor.execute(LEDGERS.encode(), asked)
                    while rows := await cursor.fetchmany(AT_ONCE):
                        for name, group in groupby(rows, key=_office):
                            if name != office:
                                if some:
                                    yield office, some
                                office, some = name, []
                            some += [LedgerEvent(*row[1:]) for row in group]
        if some:
            yield office, some

    async def offices(self, first: date, end: date) -> Mapping[str, Office]:
        """The hours and days off of offices that had complaints."""
        rows = await self._ask(OFFICES, {"first": first, "end": end, "filed": FILED})
        return {office: _told(body) for office, body in rows}

    async def carry(self, month: date, open_: Mapping[str, Collection[LedgerEvent]]) -> None:
        """Keep what was open at the end of a month; what later months knew is forgotten."""
        end = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        with faults_named():
            async with await self._connected() as connection, connection.cursor() as cursor:
                for table in ("month_open", "month_carried"):
                    await cursor.execute(FORGET.format(table).encode(), (month,))
                async with cursor.copy(CARRY) as copy:
                    for office, events in open_.items():
                        for e in events:
                            row = (e.seq, e.day, e.at, e.kind, e.about, e.due_at, e.in_time, e.step)
                            await copy.write_row((month, office, *row))
                await cursor.execute(HOW_FAR.encode(), {"month": month, "end": end})

    async def _ask(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with faults_named():
            async with await self._connected() as connection:
                return await (await connection.execute(statement.encode(), values)).fetchall()


def _office(row: tuple[Any, ...]) -> str:
    name: str = row[0]
    return name


def _told(body: dict[str, Any]) -> Office:
    """What an office says of itself, without services and counters."""
    told = {name: body[name] for name in TOLD if name in body}
    return from_json(Office, told | {"services": {}, "counters": {}})
