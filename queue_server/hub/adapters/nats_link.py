"""The connection to the JetStream cluster and the stream that all offices publish into."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import api
from nats.js.errors import BadRequestError
from nats.js.errors import Error as JetStreamError

from queue_server.hub.contracts import subjects
from queue_server.hub.use_cases.ports import StreamAway

log = logging.getLogger(__name__)

WITHIN_S = 5.0
CONNECT_WITHIN_S = 8.0
"""After that whoever asked is told why; a client that was in once comes back for ever."""
SWALLOWED_S = 0.5
DAY_S = 24 * 3600
DUPLICATES_S = 120.0
"""How long the stream knows a repeat; after a longer outage the database knows it alone."""
AWAY = (NatsError, JetStreamError, OSError, TimeoutError, asyncio.TimeoutError)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the nodes answer, and how this side shows who it is."""

    servers: tuple[str, ...]
    user: str | None = None
    password: str | None = None
    ca: Path | None = None
    replicas: int = 3
    keep_days: int = 30
    repeats_known_s: float = DUPLICATES_S

    def tls(self) -> ssl.SSLContext | None:
        """The context that trusts the cluster's root; None where it speaks plainly."""
        return None if self.ca is None else ssl.create_default_context(cafile=str(self.ca))


@contextmanager
def faults_named() -> Iterator[None]:
    """Say `StreamAway` for whatever the other side or the way to it does.

    Raises:
        StreamAway: with the words of the client.
    """
    try:
        yield
    except AWAY as error:
        raise StreamAway(f"{type(error).__name__}: {error}".strip(": ")) from error


@asynccontextmanager
async def connected(cluster: Cluster, name: str, inbox: str = "_INBOX") -> AsyncIterator[Client]:
    """A client that comes back by itself whenever any node answers.

    Raises:
        StreamAway: no node answers now.
    """
    client, said = Client(), dict[str, None]()

    async def told(error: Exception) -> None:
        words = " ".join(str(error).split()) or type(error).__name__
        if not client.is_connected:
            said[words] = None
        log.info("%s: %s", name, words)

    try:
        with faults_named():
            joining = client.connect(**_options(cluster, name, inbox), error_cb=told)
            if not await ended_within(CONNECT_WITHIN_S, asyncio.ensure_future(joining)):
                raise StreamAway(f"no node lets us in: {'; '.join(said) or 'no answer'}")
        yield client
    finally:
        with suppress(*AWAY):
            await client.close()


async def ended_within(seconds: float, work: asyncio.Future[None]) -> bool:
    """Whether it came to its end by itself; else it is cancelled until it has.

    Once is not enough: before Python 3.12 a cancellation that comes just when what `wait_for` waits
    for is there gets lost, and the client, which tries for ever, would never end.
    """
    try:
        await asyncio.wait({work}, timeout=seconds)
        if work.done():
            work.result()
            return True
        return False
    finally:
        while not work.done():
            work.cancel()
            await asyncio.wait({work}, timeout=SWALLOWED_S)


def _options(cluster: Cluster, name: str, inbox: str) -> dict[str, Any]:
    return {
        "servers": list(cluster.servers),
        "name": name,
        "inbox_prefix": inbox.encode(),
        "user": cluster.user,
        "password": cluster.password,
        "connect_timeout": 2,
        "reconnect_time_wait": 0.25,
        "max_reconnect_attempts": -1,
        "ping_interval": 5,
        "max_outstanding_pings": 2,
        **({"tls": cluster.tls()} if cluster.ca else {}),
    }


async def ensure_stream(client: Client, cluster: Cluster) -> None:
    """Make the stream, or bring it to these settings.

    Raises:
        StreamAway: the cluster has no leader, or too few nodes.
    """
    config = api.StreamConfig(
        name=subjects.STREAM,
        subjects=[subjects.ALL_EVENTS],
        retention=api.RetentionPolicy.LIMITS,
        storage=api.StorageType.FILE,
        num_replicas=cluster.replicas,
        max_age=cluster.keep_days * DAY_S,
        duplicate_window=cluster.repeats_known_s,
        allow_direct=True,
    )
    context = client.jetstream(timeout=WITHIN_S)
    with faults_named():
        try:
            await context.add_stream(config)
        except BadRequestError:
            await context.update_stream(config)


def confirmed_before(results: Sequence[object]) -> int:
    """How many answers, from the first on, are confirmations."""
    return next(
        (i for i, one in enumerate(results) if isinstance(one, BaseException)), len(results)
    )
