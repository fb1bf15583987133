"""One cluster and one PostgreSQL for all tests of the hub; a stream and a database for each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from queue_server.hub.adapters.city_tables import upgrade
from tests.hub.cluster import NatsCluster
from tests.hub.database import Postgres
from tests.hub.scene import Scene, new_stream


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as running:
        yield running


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsCluster]:
    with NatsCluster(tmp_path_factory.mktemp("nats")) as running:
        yield running


@pytest.fixture(scope="session")
def database(postgres: Postgres) -> str:
    return postgres.new_database()


@pytest.fixture
def dsn(postgres: Postgres, database: str) -> str:
    """The database, empty, with the hub's tables."""
    upgrade(postgres.emptied(database))
    return database


@pytest.fixture
async def scene(cluster: NatsCluster, dsn: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A hub at work; the cluster has all its nodes and no stream of an earlier test."""
    cluster.start_all()
    await new_stream(cluster)
    async with Scene(cluster.address(), dsn, tmp_path) as running:
        yield running
