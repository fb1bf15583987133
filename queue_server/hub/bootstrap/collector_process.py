"""The process of `motcua hub collect`: from the cluster into the database until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from queue_server.hub.adapters.nats_collector import forget_inbox, open_inbox
from queue_server.hub.adapters.nats_link import Cluster, connected, ensure_stream
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.bootstrap.relay_process import AGAIN_S, rest, utc_now
from queue_server.hub.use_cases.collect import Collector, Taken
from queue_server.hub.use_cases.ports import CityStoreAway, StreamAway

log = logging.getLogger(__name__)

ASK_EVERY_S = 5.0
"""Gaps mostly close by themselves: another collector was a moment behind."""


async def collect(
    cluster: Cluster,
    dsn: str,
    stop: asyncio.Event,
    told: Callable[[Taken], None] = lambda _taken: None,
    ask_every_s: float = ASK_EVERY_S,
) -> None:
    """Collect until told to stop; `told` hears what became of each batch."""
    store = PostgresCity(dsn)
    while not stop.is_set():
        try:
            async with connected(cluster, "collector") as client:
                await ensure_stream(client, cluster)
                work = Collector(await open_inbox(client), store, utc_now)
                await _work_on(work, stop, told, ask_every_s)
        except (StreamAway, CityStoreAway) as fault:
            log.info("the collector waits: %s", fault)
            await rest(stop, AGAIN_S)
        finally:
            await store.close()


async def rebuild(cluster: Cluster) -> None:
    """Let the collectors begin again with the first event that the stream has.

    What the database has already is harmlessly repeated; an empty one is filled.

    Raises:
        StreamAway: the cluster does not answer.
    """
    async with connected(cluster, "rebuild") as client:
        await forget_inbox(client)


async def _work_on(
    work: Collector, stop: asyncio.Event, told: Callable[[Taken], None], ask_every_s: float
) -> None:
    ask_at = time.monotonic() + ask_every_s
    while not stop.is_set():
        taken = await work.step()
        if taken is not None:
            told(taken)
        if time.monotonic() >= ask_at:
            await work.ask_for_gaps()
            ask_at = time.monotonic() + ask_every_s
