"""The hub's events in PostgreSQL: a commit a batch, offices locked while theirs are sorted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime

import psycopg
from psycopg.types.json import Jsonb

from queue_server.hub.adapters import postgres_sql as sql
from queue_server.hub.domain.chain import Gap, Head, Link
from queue_server.hub.domain.fork import Fork, words_en, words_vi
from queue_server.hub.use_cases.ports import CityStoreAway, OfficeState, Received

Connection = psycopg.AsyncConnection[tuple[object, ...]]


@contextmanager
def faults_named() -> Iterator[None]:
    """Say `CityStoreAway` where the database is away; a broken rule of a table stays itself.

    Raises:
        CityStoreAway: with the words of the client.
    """
    try:
        yield
    except psycopg.OperationalError as error:
        raise CityStoreAway(" ".join(str(error).split()) or type(error).__name__) from error


async def open_connection(dsn: str) -> Connection:
    """A connection that can take events.

    Raises:
        psycopg.OperationalError: the database does not answer.
    """
    connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True, connect_timeout=5)
    await connection.execute(sql.ARRIVED)
    return connection


class PostgresCity:
    """One connection, made when it is needed and again after a fault; used by one task."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: Connection | None = None
        self._rooms: set[tuple[date, str]] = set()

    async def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    @asynccontextmanager
    async def taking(self, days: Collection[tuple[date, str]]) -> AsyncIterator[PostgresTaking]:
        """Begin, with room for these days and provinces; durable on leaving.

        Raises:
            CityStoreAway: nothing was kept.
        """
        with faults_named():
            connection = await self._connected()
            await self._make_rooms(connection, days)
            async with connection.transaction():
                yield PostgresTaking(connection)

    async def gaps(self, most: int) -> Sequence[tuple[str, str, Gap]]:
        """The first gap of each office that misses events."""
        with faults_named():
            connection = await self._connected()
            rows = await (await connection.execute(sql.GAPS, (most,))).fetchall()
        return [(str(o), str(p), (int(str(a)), int(str(b)))) for o, p, a, b in rows]

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed or self._connection.broken:
            self._connection = await open_connection(self._dsn)
        return self._connection

    async def _make_rooms(self, connection: Connection, days: Collection[tuple[date, str]]) -> None:
        today = datetime.now(UTC).date()
        for day, province in sorted(set(days) - self._rooms):
            if today - sql.PAST <= day <= today + sql.FUTURE:
                async with connection.transaction():
                    await connection.execute(sql.PARTITIONS_LOCK)
                    for statement in sql.make_rooms(day, province):
                        await connection.execute(statement.encode())
            self._rooms.add((day, province))


class PostgresTaking:
    """One commit in the making."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def states(self, offices: Mapping[str, str]) -> dict[str, OfficeState]:
        """Lock these offices, in their order, and give what is known of each."""
        names = sorted(offices)
        await self._connection.execute(sql.KNOW, (names, [offices[name] for name in names]))
        rows = await (await self._connection.execute(sql.LOCK, (names,))).fetchall()
        return {str(row[0]): _state(row) for row in rows}

    async def links(self, office: str, province: str, seqs: Collection[int]) -> dict[int, Link]:
        """The links of these events of an office; looks into every day of its province."""
        found = await self._connection.execute(sql.LINKS, (office, province, list(seqs)))
        links = [
            Link(int(str(seq)), str(mark), str(prev)) for seq, mark, prev in await found.fetchall()
        ]
        return {link.seq: link for link in links}

    async def strange(self, office: str, seqs: Collection[int]) -> set[tuple[int, str]]:
        """Number and mark of what was set aside under these numbers."""
        found = await self._connection.execute(sql.STRANGE, (office, list(seqs)))
        return {(int(str(seq)), str(mark)) for seq, mark in await found.fetchall()}

    async def append(self, received: Sequence[Received]) -> None:
        """Add events by COPY; what is there already stays as it is."""
        if not received:
            return
        async with self._connection.cursor() as cursor:
            async with cursor.copy(sql.COPY) as copy:
                for one in received:
                    await copy.write_row(_row(one))
            await cursor.execute(sql.APPEND)
            await cursor.execute(sql.LATE)

    async def set_aside(self, received: Sequence[Received]) -> int:
        """Keep them whole, beside everything; how many were not there yet."""
        new = 0
        for one in received:
            event = one.said
            message = Jsonb(event.model_dump(mode="json"))
            row = (event.office, event.seq, event.mark, event.prev, event.machine)
            done = await self._connection.execute(sql.SET_ASIDE, (*row, one.stored_at, message))
            new += done.rowcount
        return new

    async def explain(self, office: str, fork: Fork) -> None:
        """Keep why."""
        row = (office, fork.at, fork.kind.value, fork.seq, fork.newest, fork.machine)
        words = (words_vi(fork, office), words_en(fork, office))
        await self._connection.execute(sql.EXPLAIN, (*row, *words))

    async def put(self, states: Sequence[OfficeState], *, late: Collection[str]) -> None:
        """Write what is known of these offices now."""
        columns = (
            [one.office for one in states],
            [one.head.newest for one in states],
            [one.head.mark for one in states],
            [_gaps_text(one.head.gaps) for one in states],
            [one.machine for one in states],
            [one.heard_at for one in states],
            [one.clock_off_s for one in states],
            [one.set_aside for one in states],
            [int(one.office in late) for one in states],
        )
        await self._connection.execute(sql.PUT, columns)


def _state(row: tuple[object, ...]) -> OfficeState:
    office, province, newest, mark, gaps, machine, heard_at, off, aside = row
    flat = [int(n) for n in gaps] if isinstance(gaps, list) else []
    return OfficeState(
        office=str(office),
        province=str(province),
        head=Head(int(str(newest)), str(mark), tuple(zip(flat[::2], flat[1::2], strict=True))),
        machine=str(machine),
        heard_at=heard_at if isinstance(heard_at, datetime) else None,
        clock_off_s=float(str(off)),
        set_aside=int(str(aside)),
    )


def _gaps_text(gaps: Sequence[Gap]) -> str:
    return "{" + ",".join(f"{first},{last}" for first, last in gaps) + "}"


def _row(one: Received) -> tuple[object, ...]:
    event = one.said
    return (
        *(event.province, event.day, event.office, event.seq, event.at, one.stored_at),
        *(event.kind, event.ticket, event.counter, Jsonb(event.body), event.mark, event.prev),
    )
