"""One connection to the hub's database that is opened again whenever it broke."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg

from queue_server.hub.adapters.postgres_city import faults_named

Rows = list[tuple[Any, ...]]


async def connect(dsn: str) -> psycopg.AsyncConnection[Any]:
    """A connection on which each statement holds at once.

    Raises:
        psycopg.OperationalError: the database does not answer.
    """
    return await psycopg.AsyncConnection.connect(dsn, autocommit=True, connect_timeout=5)


async def rows(connection: psycopg.AsyncConnection[Any], statement: str, values: Any) -> Rows:
    """All rows of a statement."""
    return list(await (await connection.execute(statement.encode(), values)).fetchall())


class PostgresLine:
    """Any task of one loop may ask; every method may raise `CityStoreAway`."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._connecting = asyncio.Lock()

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def ask(self, statement: str, values: Any) -> Rows:
        """The rows of a statement."""
        with faults_named():
            return await rows(await self.connected(), statement, values)

    async def tell(self, statement: str, values: Any) -> None:
        """A statement without rows."""
        with faults_named():
            await (await self.connected()).execute(statement.encode(), values)

    async def connected(self) -> psycopg.AsyncConnection[Any]:
        """The connection, for more than one statement.

        Raises:
            psycopg.OperationalError: the database does not answer.
        """
        async with self._connecting:
            if self._connection is None or self._connection.closed or self._connection.broken:
                self._connection = await connect(self._dsn)
            return self._connection
