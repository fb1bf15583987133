"""One cluster and one PostgreSQL for all tests of the hub; a stream and a database for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.nats_link import connected
from queue_server.hub.contracts import subjects
from tests.hub.cluster import NatsCluster
from tests.hub.database import Postgres
from tests.hub.scene import Scene


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsCluster]:
    with NatsCluster(tmp_path_factory.mktemp("nats")) as running:
        yield running


@pytest.fixture
def dsn(postgres: Postgres) -> str:
    """An empty database with the hub's tables."""
    address = postgres.new_database()
    upgrade(address)
    return address


@pytest.fixture
async def scene(cluster: NatsCluster, dsn: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A hub at work; the cluster has all its nodes and no stream of an earlier test."""
    cluster.start_all()
    await forget_stream(cluster)
    async with Scene(cluster.address(), dsn, tmp_path) as running:
        yield running


async def forget_stream(cluster: NatsCluster) -> None:
    """Wait until the cluster has a leader, and take away what an earlier test left."""
    async with connected(cluster.address(), "tidy") as client:
        context = client.jetstream(timeout=5)
        async with asyncio.timeout(100):
            while True:
                try:
                    names = [one.config.name for one in await context.streams_info()]
                    if subjects.STREAM in names:
                        await context.delete_stream(subjects.STREAM)
                except Exception:  # noqa: BLE001 - no leader yet: asked again until there is one
                    await asyncio.sleep(0.2)
                else:
                    return
