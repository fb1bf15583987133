"""The steps of months to the public in PostgreSQL: added one at a time, never changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import psycopg

from queue_server.domain.office import ZONE
from queue_server.domain.office_record_events import ReportStepTaken
from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.period import Kind, period_on

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7706607)"
STEPS = """
SELECT number, at, step, month, digest, by_whom, note, content
FROM publication_step ORDER BY number
"""
KEEP = """
INSERT INTO publication_step (at, step, month, digest, by_whom, note, content)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


class PostgresPublications:
    """A connection for each question."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    async def steps(self) -> Sequence[StoredEvent]:
        """All that were taken, in order."""
        with faults_named():
            async with await self._connected() as connection:
                return await _steps(connection)

    async def keep(
        self, step: ReportStepTaken, check: Callable[[Sequence[StoredEvent]], None]
    ) -> None:
        """Keep a step if `check`, on all that were taken, lets it; one at a time."""
        row = (step.at, step.step, step.first, step.digest, step.by, step.note, step.content)
        with faults_named():
            async with await self._connected() as connection:
                await connection.execute(ONE_AT_A_TIME)
                check(await _steps(connection))
                await connection.execute(KEEP, row)

    async def _connected(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        return await psycopg.AsyncConnection.connect(self._dsn, connect_timeout=5)


async def _steps(connection: psycopg.AsyncConnection[tuple[Any, ...]]) -> list[StoredEvent]:
    return [_step(row) for row in await (await connection.execute(STEPS)).fetchall()]


def _step(row: tuple[Any, ...]) -> StoredEvent:
    number, at, step, month, digest, by, note, content = row
    period = period_on(Kind.MONTH, month)
    local: datetime = at.astimezone(ZONE)
    event = ReportStepTaken(
        at=local,
        by=by,
        changes=(),
        step=step,
        first=period.first,
        last=period.last,
        digest=digest,
        note=note,
        content=content,
    )
    return StoredEvent(number, event)
