"""Relays and collectors of a test, each a task, and what the database has of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from queue_server.hub.adapters.nats_link import AWAY, Cluster, connected, ensure_stream
from queue_server.hub.adapters.nats_relay import NatsOut
from queue_server.hub.adapters.postgres_contacts import PostgresContacts
from queue_server.hub.bootstrap.collector_process import collect
from queue_server.hub.bootstrap.hand_down_process import hand_down
from queue_server.hub.bootstrap.relay_process import RelaySettings, relay, utc_now
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.event_message import EventMessage
from queue_server.hub.use_cases.collect import Taken
from queue_server.hub.use_cases.ports import StreamAway
from queue_server.hub.use_cases.relay import Home
from tests.hub.cluster import NatsCluster
from tests.hub.written_office import WrittenOffice

PROVINCE = "92"
PATIENCE_S = 100
ONE_MACHINE = "0123456789abcdef0123456789abcdef"


async def new_stream(cluster: NatsCluster) -> None:
    """Wait until the cluster has a leader; an empty stream instead of what an earlier test left."""
    async with asyncio.timeout(PATIENCE_S), connected(cluster.address(), "tidy") as client:
        context = client.jetstream(timeout=5)
        while True:
            try:
                names = [one.config.name for one in await context.streams_info()]
                if subjects.STREAM in names:
                    await context.delete_stream(subjects.STREAM)
                await ensure_stream(client, cluster.address())
            except (*AWAY, StreamAway):
                await asyncio.sleep(0.2)
            else:
                return


class Scene:
    """Everything it started ends with it."""

    def __init__(self, cluster: Cluster, dsn: str, folder: Path) -> None:
        self.cluster, self.dsn, self.folder = cluster, dsn, folder
        self.taken: list[Taken] = []
        self._tasks: dict[asyncio.Event, asyncio.Task[None]] = {}

    def office(self, name: str = "phuong-mau", **more: Any) -> WrittenOffice:
        return WrittenOffice(self.folder / name, name, **more)

    def relay(
        self,
        office: WrittenOffice,
        machine: str = ONE_MACHINE,
        now: Callable[[], datetime] = utc_now,
        most_per_s: float = 5000,
    ) -> asyncio.Event:
        """Start an office's relay; set the event to stop it."""
        home = Home(office.id, PROVINCE)
        return self.relay_of(
            RelaySettings(office.data, home, self.cluster, most_per_s, machine), now
        )

    def relay_of(
        self, settings: RelaySettings, now: Callable[[], datetime] = utc_now
    ) -> asyncio.Event:
        """Start a relay as it is told."""
        stop = asyncio.Event()
        self._tasks[stop] = asyncio.create_task(relay(settings, stop, now))
        return stop

    def hand_down(self, contacts: PostgresContacts | None = None) -> asyncio.Event:
        """Start to hand down what people ask."""
        stop = asyncio.Event()
        work = hand_down(self.cluster, self.dsn, stop, contacts=contacts)
        self._tasks[stop] = asyncio.create_task(work)
        return stop

    def collector(self, ask_every_s: float = 0.5) -> asyncio.Event:
        """Start a collector."""
        stop = asyncio.Event()
        work = collect(self.cluster, self.dsn, stop, self.taken.append, ask_every_s)
        self._tasks[stop] = asyncio.create_task(work)
        return stop

    async def collected(self, visits: int) -> WrittenOffice:
        """A new office whose relay works, and so many visits of which a collector has put down."""
        office = self.office()
        self.relay(office)
        self.collector()
        office.visits(visits)
        await self.until_has(office)
        return office

    async def end(self, stop: asyncio.Event) -> None:
        """Stop one and wait for it."""
        stop.set()
        await self._tasks.pop(stop)

    async def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        async with await psycopg.AsyncConnection.connect(self.dsn) as connection:
            return await (await connection.execute(statement.encode(), values)).fetchall()

    async def ask_admin(self, statement: str) -> None:
        """Say something about the database, and end everybody's connection to it."""
        address, _, name = self.dsn.rpartition("/")
        async with await psycopg.AsyncConnection.connect(
            f"{address}/postgres", autocommit=True
        ) as connection:
            await connection.execute(statement.format(name).encode())
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            await connection.execute(ended, (name,))

    async def seqs(self, office: str) -> list[int]:
        """The numbers of the events that the database has of an office."""
        rows = await self.ask("SELECT seq FROM event WHERE office = %s ORDER BY seq", office)
        return [seq for (seq,) in rows]

    async def until(self, statement: str, *values: object) -> tuple[Any, ...]:
        """Wait until a statement gives a row; the row."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with suppress(psycopg.OperationalError):
                    if rows := await self.ask(statement, *values):
                        return rows[0]
                for task in self._tasks.values():
                    if task.done():
                        task.result()
                await asyncio.sleep(0.05)

    async def until_has(self, office: WrittenOffice) -> None:
        """Wait until the database has everything of an office, once each."""
        newest = office.newest()
        await self.until(
            "SELECT 1 FROM sending WHERE office = %s AND newest >= %s AND gaps = '{}'",
            office.id,
            newest,
        )
        assert await self.seqs(office.id) == list(range(1, newest + 1))

    async def until_sent(self, office: WrittenOffice) -> None:
        """Wait until the stream has everything of an office, whoever reads it."""
        async with asyncio.timeout(PATIENCE_S), connected(self.cluster, "scene") as client:
            out = NatsOut(client)
            while True:
                with suppress(StreamAway):
                    last = await out.last(PROVINCE, office.id)
                    if last is not None and last.seq == office.newest():
                        return
                await asyncio.sleep(0.05)

    async def last_of(self, office: WrittenOffice) -> bytes:
        """The newest message of an office, as it travelled."""
        async with connected(self.cluster, "scene") as client:
            last = await NatsOut(client).last(PROVINCE, office.id)
            assert last is not None
            return last.model_dump_json().encode()

    async def lose(self, office: WrittenOffice, seqs: range) -> None:
        """Take messages out of the stream, as a disk that was lost might."""
        async with connected(self.cluster, "scene") as client:
            context = client.jetstream(timeout=10)
            info = await context.stream_info(subjects.STREAM)
            for number in range(info.state.first_seq, info.state.last_seq + 1):
                raw = await context.get_msg(subjects.STREAM, number)
                said = EventMessage.model_validate_json(raw.data or b"")
                if said.office == office.id and said.seq in seqs:
                    await context.delete_msg(subjects.STREAM, number)

    async def shout(self, office: WrittenOffice, words: bytes) -> None:
        """Put anything under an office's subject."""
        async with connected(self.cluster, "scene") as client:
            await client.jetstream(timeout=10).publish(subjects.events(PROVINCE, office.id), words)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for stop in self._tasks:
            stop.set()
        await asyncio.gather(*self._tasks.values())
