"""One suite for the stream and one for the store, on the fake and on the real one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from random import Random
from typing import Protocol

import pytest

from queue_server.hub.adapters.nats_collector import open_inbox
from queue_server.hub.adapters.nats_link import connected
from queue_server.hub.adapters.nats_relay import NatsOut
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.contracts.event_message import EventMessage
from queue_server.hub.domain.chain import Head, Link
from queue_server.hub.domain.fork import Fork
from queue_server.hub.use_cases.ports import CityStore, InStream, OutStream, Received
from tests.fakes.memory_hub import NOW, MemoryCity, MemoryStream
from tests.hub import made_up_city
from tests.hub.cluster import NatsCluster
from tests.hub.scene import PATIENCE_S, new_stream

pytestmark = pytest.mark.hub

(LISTED,) = made_up_city.listed(1)
EVENTS = made_up_city.received(LISTED, Random(3))


class Sides(Protocol):
    """A stream from both sides."""

    out: OutStream
    inbox: InStream


class Both:
    def __init__(self, out: OutStream, inbox: InStream) -> None:
        self.out, self.inbox = out, inbox


@pytest.fixture(params=["memory", "nats"])
async def stream(request: pytest.FixtureRequest) -> AsyncIterator[Sides]:
    if request.param == "memory":
        memory = MemoryStream()
        yield Both(memory, memory)
        return
    cluster: NatsCluster = request.getfixturevalue("cluster")
    cluster.start_all()
    await new_stream(cluster)
    async with connected(cluster.address(), "ports") as client:
        yield Both(NatsOut(client), await open_inbox(client, "ports"))


@pytest.fixture(params=["memory", "postgres"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[CityStore]:
    if request.param == "memory":
        yield MemoryCity()
        return
    real = PostgresCity(request.getfixturevalue("dsn"))
    yield real
    await real.close()


async def heard(inbox: InStream, number: int) -> list[Received]:
    """What comes, until it is so many."""
    found: list[Received] = []
    async with asyncio.timeout(PATIENCE_S):
        while len(found) < number:
            found += await inbox.fetch(100)
    return found


async def until_last(out: OutStream, event: EventMessage) -> None:
    """Wait until every node that may be asked knows the newest."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await out.last(LISTED.province, LISTED.id) == event:
                return
            await asyncio.sleep(0.05)


def said(received: Sequence[Received]) -> list[EventMessage]:
    return [one.said for one in received]


async def test_what_is_published_comes_in_order_and_once(stream: Sides) -> None:
    events = said(EVENTS)
    assert await stream.out.last(LISTED.province, LISTED.id) is None
    assert await stream.out.publish(events) == len(events)
    assert await stream.out.publish(events[:3]) == 3
    came = await heard(stream.inbox, len(events))
    assert said(came) == events
    await stream.inbox.done(came)
    assert await stream.inbox.fetch(10) == []
    await until_last(stream.out, events[-1])


async def test_what_is_handed_back_or_asked_for_again_comes_again(stream: Sides) -> None:
    events = said(EVENTS[:4])
    await stream.out.publish(events)
    came = await heard(stream.inbox, 4)
    await stream.inbox.done(came[:2])
    await stream.inbox.back(came[2:])
    again = await heard(stream.inbox, 2)
    assert said(again) == events[2:]
    await stream.inbox.done(again)
    await stream.out.publish(events[:1], again="1")
    assert said(await heard(stream.inbox, 1)) == events[:1]


async def test_an_event_with_a_taken_number_of_another_past_is_no_repeat(stream: Sides) -> None:
    event = EVENTS[0].said
    other = event.model_copy(update={"mark": "f" * 32})
    await stream.out.publish([event, other])
    assert said(await heard(stream.inbox, 2)) == [event, other]


async def test_a_commit_keeps_all_of_it(store: CityStore) -> None:
    rooms = {(one.said.day, one.said.province) for one in EVENTS}
    async with store.taking(rooms) as taking:
        (state,) = (await taking.states({LISTED.id: LISTED.province})).values()
        assert (state.head, state.set_aside) == (Head(), 0)
        await taking.append([EVENTS[0], EVENTS[3]])
        await taking.append([EVENTS[0]])
        known = replace(state, head=Head(4, EVENTS[3].said.mark, ((2, 3),)), heard_at=NOW)
        await taking.put([known], late=[])
    async with store.taking(rooms) as taking:
        (again,) = (await taking.states({LISTED.id: LISTED.province})).values()
        assert again == known
        links = await taking.links(LISTED.id, LISTED.province, {1, 2, 4})
        assert links == {
            one.said.seq: Link(one.said.seq, one.said.mark, one.said.prev)
            for one in (EVENTS[0], EVENTS[3])
        }
    assert await store.gaps(10) == [(LISTED.id, LISTED.province, (2, 3))]


async def test_a_commit_that_fails_keeps_nothing(store: CityStore) -> None:
    rooms = {(one.said.day, one.said.province) for one in EVENTS}

    async def fail() -> None:
        async with store.taking(rooms) as taking:
            await taking.states({LISTED.id: LISTED.province})
            await taking.append(EVENTS)
            await taking.set_aside(EVENTS[:1])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.taking(rooms) as taking:
        assert await taking.links(LISTED.id, LISTED.province, {1}) == {}
        assert await taking.strange(LISTED.id, {1}) == set()


async def test_what_is_set_aside_is_counted_once_and_found(store: CityStore) -> None:
    event = EVENTS[0].said
    fork = Fork(event.seq, 9, common=True, machine="a", known_machine="b", heard_at=None, at=NOW)
    async with store.taking(set()) as taking:
        await taking.states({LISTED.id: LISTED.province})
        assert await taking.set_aside(EVENTS[:2]) == 2
        assert await taking.set_aside(EVENTS[:2]) == 0
        await taking.explain(LISTED.id, fork)
        assert await taking.strange(LISTED.id, {1, 7}) == {(1, event.mark)}
