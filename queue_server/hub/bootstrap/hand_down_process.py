"""The part of `motcua hub collect` that hands down: wishes, catalogue, targets; who is there."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from datetime import timedelta

from queue_server.hub.adapters.nats_down import NatsDown
from queue_server.hub.adapters.nats_link import Cluster, connected
from queue_server.hub.adapters.postgres_contacts import PostgresContacts
from queue_server.hub.adapters.postgres_versions import PostgresVersions
from queue_server.hub.adapters.postgres_wishes import PostgresWishes
from queue_server.hub.bootstrap.relay_process import AGAIN_S, LOOK_S, rest, utc_now
from queue_server.hub.use_cases.hand_down import HandDown
from queue_server.hub.use_cases.ports import CityStoreAway, StreamAway
from queue_server.hub.use_cases.presence import Presence

log = logging.getLogger(__name__)

AT_ONCE = 50
LONGEST_PAUSE = timedelta(minutes=1)
PRESENCE_AT_ONCE, PRESENCE_S = 200, 1.0
SPREAD_S = 60.0
"""How soon an office that was listed lately is given what the others have."""


async def hand_down(
    cluster: Cluster,
    dsn: str,
    stop: asyncio.Event,
    province: str | None = None,
    contacts: PostgresContacts | None = None,
) -> None:
    """Hand down until told to stop, to all provinces or to one. Any number may work."""
    wishes = PostgresWishes(dsn, province)
    versions = PostgresVersions(dsn, province)
    contacts = contacts or PostgresContacts(dsn, province)
    while not stop.is_set():
        try:
            async with connected(cluster, "hand down") as client:
                await wishes.forget(utc_now())
                line = NatsDown(client)
                await _all_or_none(
                    _work_on(HandDown(wishes, line, utc_now), stop),
                    _work_on(HandDown(versions, line, utc_now, LONGEST_PAUSE), stop),
                    _spread(versions, stop),
                    _look_after(Presence(contacts, line, new_key), contacts, stop),
                )
        except (StreamAway, CityStoreAway) as fault:
            log.info("nothing is handed down now: %s", fault)
            await rest(stop, AGAIN_S)
        finally:
            await wishes.close()
            await versions.close()
            await contacts.close()


def new_key() -> str:
    """Names a question that no answer has to be kept for."""
    return secrets.token_hex(16)


async def _all_or_none(*works: Coroutine[None, None, None]) -> None:
    """Side by side; the first that fails ends the others before its fault goes on."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _spread(versions: PostgresVersions, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await versions.spread(utc_now())
        await rest(stop, SPREAD_S)


async def _look_after(presence: Presence, contacts: PostgresContacts, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await contacts.list_all()
        while due := await presence.due(PRESENCE_AT_ONCE):
            there = await asyncio.gather(*(presence.there(*one) for one in due))
            await presence.note(
                {office: told for (office, _), told in zip(due, there, strict=True)}
            )
        await rest(stop, PRESENCE_S)


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
