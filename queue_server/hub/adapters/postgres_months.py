"""Months of offices in PostgreSQL, folded from the partitions of their days.

Before days are read, the office is told to be folded up to there (`announce`); a collector that
adds an event to such a day counts it in `day_late` within its own commit. A month is kept with
that count, so it holds for exactly as long as the count is the same, whoever works at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import psycopg
from pydantic import TypeAdapter

from queue_server.adapters.json_codec import from_json
from queue_server.domain.office import Office
from queue_server.hub.adapters import month_sql as sql
from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.adapters.postgres_sql import PAST
from queue_server.hub.use_cases.fold_months import Found, Span
from queue_server.hub.use_cases.month_ledger import KINDS, LedgerEvent, MonthSoFar, News
from queue_server.hub.use_cases.office_months import Counted
from queue_server.use_cases.reports.dossier_facts import ONLINE
from queue_server.use_cases.reports.other_facts import OF_A_RATING
from queue_server.use_cases.reports.period import Kind, Period, period_on
from queue_server.use_cases.reports.selection import GOOD_S, HAPPY_SCORE, LIMIT_S, LOW_SCORE

RULES = {
    "happy": HAPPY_SCORE,
    "low": LOW_SCORE,
    "online": ONLINE,
    "rating": OF_A_RATING,
    "good": GOOD_S / 60,
    "limit": LIMIT_S / 60,
}
"""What the offices' own reports count by."""
AT_ONCE, MONTHS_AT_ONCE = 20_000, 100
UNKNOWN = Office("", "", "", services={}, counters={})
"""Whose hours nobody told: works Monday to Friday, 07–11 and 13–17."""
TOLD = ("id", "name_vi", "name_en", "hours", "appointments", "dossiers", "training")
MONTH = TypeAdapter(MonthSoFar)

Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class PostgresMonths:
    """A connection for each question."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    async def months(self, today: date) -> Sequence[date]:
        """The first day of each month from the first with an event to the one of today."""
        period = period_on(Kind.MONTH, today - PAST)
        found = list[date]()
        with faults_named():
            async with await self._connected() as connection:
                while period.first <= today:
                    end = period.last.toordinal() + 1
                    asked = {"first": period.first, "end": date.fromordinal(end)}
                    if found or (await _rows(connection, sql.ANY_EVENT, asked))[0][0]:
                        found.append(period.first)
                    period = period_on(Kind.MONTH, date.fromordinal(end))
        return found

    async def behind(self, period: Period, upto: date) -> Mapping[str, Mapping[str, date]]:
        """By province and office: after which day something is missing or changed late."""
        rows = await self._ask(sql.BEHIND, {"first": period.first, "upto": upto})
        return {
            province: {office: after for _, office, after in some}
            for province, some in groupby(rows, key=_first)
        }

    async def announce(self, offices: Collection[str], upto: date) -> None:
        """From now on an event of these days counts as late."""
        asked = {"offices": list(offices), "upto": upto}
        with faults_named():
            async with await self._connected() as connection:
                await connection.execute(sql.LOCK, asked)
                await connection.execute(sql.ANNOUNCE, asked)

    async def news(self, span: Span) -> AsyncIterator[Found]:
        """What these offices' months are made from, in one snapshot."""
        asked = _asked(span)
        with faults_named():
            async with await self._connected() as connection:
                await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
                bases, late, told = [
                    dict(await _rows(connection, one, asked))
                    for one in (sql.BASES, sql.LATE_UNTIL, sql.TOLD)
                ]
                counted = {
                    row[0]: Counted(*row) for row in await _rows(connection, sql.COUNT, asked)
                }
                async for office, events in _steps(connection, asked):
                    body = bases.get(office)
                    base = None if body is None else MONTH.validate_json(body)
                    news = News(counted.get(office), events, told.get(office))
                    yield Found(office, base, news, late.get(office, 0))

    async def keep(self, period: Period, months: Sequence[tuple[MonthSoFar, int]]) -> None:
        """Keep months with how often their days had changed late."""
        rows = [
            (
                *(period.first, one.counted.office, one.through, late),
                MONTH.dump_json(one, exclude_defaults=True).decode(),
            )
            for one, late in months
        ]
        with faults_named():
            async with await self._connected() as connection, connection.cursor() as cursor:
                await cursor.executemany(sql.KEEP, rows)

    async def so_far(self, period: Period) -> AsyncIterator[MonthSoFar]:
        """What is kept of a month, office by office: a nation does not fit in memory."""
        with faults_named():
            async with (
                await self._connected() as connection,
                connection.cursor(name="months", binary=True) as cursor,
            ):
                await cursor.execute(sql.SO_FAR.encode(), {"month": period.first})
                while rows := await cursor.fetchmany(MONTHS_AT_ONCE):
                    for (body,) in rows:
                        yield MONTH.validate_json(body)

    def office(self, told: Mapping[str, Any] | None) -> Office:
        """Hours and days off as an office told them, without services and counters."""
        if told is None:
            return UNKNOWN
        known = {name: told[name] for name in TOLD if name in told}
        return from_json(Office, known | {"services": {}, "counters": {}})

    async def _connected(self) -> Connection:
        connection = await psycopg.AsyncConnection.connect(self._dsn, connect_timeout=5)
        await connection.execute(sql.ROOM)
        await connection.commit()
        return connection

    async def _ask(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with faults_named():
            async with await self._connected() as connection:
                return await _rows(connection, statement, values)


async def _rows(
    connection: Connection, statement: str, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    return await (await connection.execute(statement.encode(), values)).fetchall()


async def _steps(
    connection: Connection, asked: Mapping[str, Any]
) -> AsyncIterator[tuple[str, Sequence[LedgerEvent]]]:
    """Each office that is asked for, with its events, read piece by piece."""
    silent, office, some = set(asked["offices"]), "", list[LedgerEvent]()
    async with connection.cursor(name="steps", binary=True) as cursor:
        await cursor.execute(sql.STEPS.encode(), asked)
        while rows := await cursor.fetchmany(AT_ONCE):
            for name, group in groupby(rows, key=_first):
                if name != office:
                    if some:
                        yield office, some
                    office, some = name, []
                    silent.discard(name)
                some += [LedgerEvent(*row[1:]) for row in group]
    if some:
        yield office, some
    for one in sorted(silent):
        yield one, ()


def _asked(span: Span) -> dict[str, Any]:
    after = span.after.values()
    return RULES | {
        "offices": list(span.after),
        "afters": list(after),
        "province": span.province,
        "first": date.fromordinal(min(after).toordinal() + 1),
        "upto": span.upto,
        "month": span.period.first,
        "before": span.period.before().first,
        "kinds": list(KINDS),
    }


def _first(row: tuple[Any, ...]) -> str:
    name: str = row[0]
    return name
