"""An office's events reach the database: all, once, in spite of stops, without a person in them."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.bootstrap.collector_process import rebuild
from tests.hub.database import Postgres
from tests.hub.scene import PATIENCE_S, PROVINCE, Scene
from tests.hub.written_office import VISIT

pytestmark = pytest.mark.hub


async def test_every_event_arrives_once(scene: Scene) -> None:
    office = scene.office()
    office.visits(30)
    scene.collector()
    scene.relay(office)
    await scene.until_has(office)
    office.visits(5)
    await scene.until_has(office)
    kinds = await scene.ask("SELECT kind FROM event ORDER BY seq DESC LIMIT 5")
    assert [kind for (kind,) in reversed(kinds)] == list(VISIT)
    rows = await scene.ask("SELECT DISTINCT province, tableoid::regclass::text FROM event")
    assert rows == [(PROVINCE, f"event_{office.at:%Y%m%d}_{PROVINCE}")]


async def test_a_relay_goes_on_behind_what_was_confirmed(scene: Scene) -> None:
    office = scene.office()
    scene.collector()
    scene.collector()
    office.visits(10)
    stop = scene.relay(office)
    await scene.until_has(office)
    await scene.end(stop)
    office.visits(60)
    stop = scene.relay(office)
    await scene.until_has(office)
    await scene.end(stop)
    # Without its own mark it asks the stream, which may be a moment behind: no start from 1.
    (office.data / "hub" / "confirmed.json").unlink()
    office.visits(1)
    scene.relay(office)
    await scene.until_has(office)
    assert sum(taken.repeats for taken in scene.taken) < office.newest() / 4


async def test_several_relays_of_one_office_only_repeat_each_other(scene: Scene) -> None:
    office = scene.office()
    office.visits(20)
    scene.relay(office)
    scene.relay(office)
    scene.collector()
    scene.collector()
    await scene.until_has(office)
    assert await scene.ask("SELECT 1 FROM fork") == []


async def test_nothing_that_leads_to_a_person_leaves(scene: Scene) -> None:
    office = scene.office()
    office.visits(2, words="-SECRET")
    office.note("SECRET words of a clerk")
    scene.collector()
    scene.relay(office)
    await scene.until_has(office)
    rows = await scene.ask("SELECT kind, ticket, body FROM event ORDER BY seq")
    assert "NoteAdded" in {kind for kind, _, _ in rows}
    assert "SECRET" not in json.dumps(rows)
    (reserved, *_) = [body for kind, _, body in rows if kind == "TicketReserved"]
    assert set(reserved) >= {"service", "number", "issued_at"}
    assert "follow_code" not in reserved


async def test_a_gap_is_found_and_asked_for(scene: Scene) -> None:
    office = scene.office()
    office.visits(10)
    stop = scene.relay(office)
    await scene.until_sent(office)
    await scene.lose(office, range(7, 19))
    scene.collector()
    await scene.until("SELECT 1 FROM sending WHERE gaps <> '{}'")
    assert stop.is_set() is False
    await scene.until_has(office)


async def test_what_is_no_event_of_ours_is_let_go(scene: Scene) -> None:
    office = scene.office()
    await scene.shout(office, b"not an event")
    other = scene.office("khac")
    scene.relay(office)
    scene.collector()
    await scene.until_has(office)
    # An event under another office's subject is not believed: the subject proves the sender.
    await scene.shout(other, await scene.last_of(office))
    # What no database text can hold would hold up everybody else's events.
    last = await scene.last_of(office)
    poisoned = last.replace(b'"ticket":null', rb'"ticket":"\u0000"')
    assert poisoned != last
    await scene.shout(office, poisoned)
    office.visits(1)
    await scene.until_has(office)
    assert sum(taken.unreadable for taken in scene.taken) == 3
    assert await scene.seqs(other.id) == []


async def test_what_no_table_holds_stops_nobody(scene: Scene) -> None:
    office = await scene.collected(1)
    last = await scene.last_of(office)
    seq, counter = re.compile(rb'"seq":\d+'), re.compile(rb'"counter":(null|\d+)')
    new = seq.sub(b'"seq":1000', last)
    poisoned = [
        *(
            re.sub(rb'"body":\{', b'"body":{"x":%s,' % number, new, count=1).replace(b",}", b"}")
            for number in (b"NaN", b"-Infinity", b"1e999", b"9" * 400 + b".0")
        ),
        *(seq.sub(b'"seq":%d' % number, last) for number in (0, 2**63, 10**30)),
        *(counter.sub(b'"counter":%d' % number, last) for number in (2**31, -(2**31) - 1, 10**30)),
    ]
    assert last not in poisoned
    for words in poisoned:
        await scene.shout(office, words)
    office.visits(1)
    await scene.until_has(office)
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if sum(taken.unreadable for taken in scene.taken) == len(poisoned):
                break
            await asyncio.sleep(0.05)
    assert await scene.ask("SELECT 1 FROM event_set_aside") == []


async def test_an_empty_database_is_filled_from_the_stream(
    scene: Scene, postgres: Postgres
) -> None:
    office = scene.office()
    office.visits(20)
    stop = scene.collector()
    scene.relay(office)
    await scene.until_has(office)
    await scene.end(stop)
    scene.dsn = postgres.new_database()
    upgrade(scene.dsn)
    await rebuild(scene.cluster)
    scene.collector()
    await scene.until_has(office)


async def test_an_empty_database_is_filled_from_the_offices(scene: Scene) -> None:
    office = scene.office()
    office.visits(12)
    scene.relay(office)
    await scene.until_sent(office)
    await scene.lose(office, range(1, office.newest()))
    scene.collector()
    await scene.until_has(office)
