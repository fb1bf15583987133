"""The part of `motcua hub collect` that hands down what people ask of offices."""

from __future__ import annotations

import asyncio
import logging

from queue_server.hub.adapters.nats_down import NatsDown
from queue_server.hub.adapters.nats_link import Cluster, connected
from queue_server.hub.adapters.postgres_wishes import PostgresWishes
from queue_server.hub.bootstrap.relay_process import AGAIN_S, LOOK_S, rest, utc_now
from queue_server.hub.use_cases.hand_down import HandDown
from queue_server.hub.use_cases.ports import CityStoreAway, StreamAway

log = logging.getLogger(__name__)

AT_ONCE = 50


async def hand_down(
    cluster: Cluster, dsn: str, stop: asyncio.Event, province: str | None = None
) -> None:
    """Hand down until told to stop; wishes of all provinces, or of one. Any number may work."""
    wishes = PostgresWishes(dsn, province)
    while not stop.is_set():
        try:
            async with connected(cluster, "hand down") as client:
                await wishes.forget(utc_now())
                await _work_on(HandDown(wishes, NatsDown(client), utc_now), stop)
        except (StreamAway, CityStoreAway) as fault:
            log.info("nothing is handed down now: %s", fault)
            await rest(stop, AGAIN_S)
        finally:
            await wishes.close()


async def _work_on(work: HandDown, stop: asyncio.Event) -> None:
    """Ask for many at once: an office that is silent holds nobody else up."""
    asking: set[asyncio.Task[None]] = set()
    try:
        while not stop.is_set():
            for task in [one for one in asking if one.done()]:
                asking.discard(task)
                task.result()
            due = await work.due(AT_ONCE - len(asking))
            asking |= {asyncio.create_task(work.one(wish)) for wish in due}
            await rest(stop, 0 if due else LOOK_S)
    finally:
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
