"""The city board follows the offices' events, and says what it does not know."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import httpx
import psycopg
import pytest

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.bootstrap.city_process import RunningCity, new_forecast
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts.city_views import (
    CityServices,
    CityView,
    LineInCity,
    OfficeInCity,
    OfficeLines,
    ServiceLines,
)
from queue_server.hub.use_cases.city_board import CityBoard, Listed
from queue_server.hub.use_cases.collect import take
from tests.hub import made_up_city
from tests.hub.scene import PATIENCE_S, PROVINCE, Scene

pytestmark = pytest.mark.hub

TARGETS = BoardTargets(good_min=15, limit_min=30)
WARD = Listed("phuong-mau", PROVINCE, Words(vi="Phường Mẫu", en="Sample ward"), 10.0, 105.8)


@pytest.fixture
def city(dsn: str) -> Iterator[RunningCity]:
    with RunningCity(dsn, Address("127.0.0.1", 0), TARGETS) as running:
        yield running


async def list_offices(dsn: str, *offices: Listed) -> None:
    board = PostgresBoard(dsn)
    await board.list_offices(offices)
    await board.close()


async def view(client: httpx.AsyncClient) -> CityView:
    return CityView.model_validate_json((await client.get("/api/v1/city")).content)


async def shown(client: httpx.AsyncClient, office: str = WARD.id) -> OfficeInCity | None:
    return next((one for one in (await view(client)).offices if one.id == office), None)


async def until(client: httpx.AsyncClient, **wanted: object) -> OfficeInCity:
    """Wait until the board shows an office so."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            office = await shown(client)
            if office and all(getattr(office, name) == value for name, value in wanted.items()):
                return office
            await asyncio.sleep(0.05)


async def health(client: httpx.AsyncClient, status: int) -> None:
    """Wait until the board says so of itself."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if (await client.get("/healthz")).status_code == status:
                return
            await asyncio.sleep(0.05)


async def test_who_joins_at_the_office_is_on_the_city_board(
    scene: Scene, city: RunningCity
) -> None:
    await list_offices(scene.dsn, WARD)
    scene.collector()
    async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
        await until(client, state="never", p50_min=None)
        office = scene.office()
        scene.relay(office)
        first = await until(client, state="open", waiting=0, counters_open=1)
        assert first.p50_min == 0
        assert first.sessions == ["07:00–11:00", "13:00–17:00"]
        for _ in range(3):
            office.join()
        waiting = await until(client, waiting=3)
        assert waiting.p50_min is not None
        assert waiting.p90_min is not None
        assert 0 < waiting.p50_min < waiting.p90_min
        answer = await client.get(f"/api/v1/city/{WARD.id}")
        lines = {one.service: one for one in OfficeLines.model_validate_json(answer.content).lines}
        assert (lines["a"].waiting, lines["a"].counters_open) == (3, 1)
        assert (lines["c"].counters_open, lines["c"].p50_min) == (0, None)
        assert (await client.get("/api/v1/city/nowhere")).status_code == 404


async def test_the_stream_tells_only_what_changed(scene: Scene, city: RunningCity) -> None:
    await list_offices(scene.dsn, WARD, *made_up_city.listed(20))
    scene.collector()
    office = scene.office()
    scene.relay(office)
    told: list[CityView] = []
    async with (
        httpx.AsyncClient(base_url=city.url, timeout=60) as client,
        client.stream("GET", "/api/v1/city/stream") as stream,
        asyncio.timeout(PATIENCE_S),
    ):
        async for line in stream.aiter_lines():
            if not line.startswith('data: {"at'):
                continue
            told.append(CityView.model_validate_json(line.removeprefix("data: ")))
            now = {one.id: one for view in told for one in view.offices}
            if told[-1].revision and now.get(WARD.id) and now[WARD.id].state == "open":
                if now[WARD.id].waiting:
                    break
                office.join()
    assert told[0].whole
    assert [one.id for one in told[-1].offices] == [WARD.id]
    assert not told[-1].whole


async def test_a_wrong_clock_is_said_and_waits_still_show(scene: Scene, city: RunningCity) -> None:
    await list_offices(scene.dsn, WARD)
    scene.collector()
    office = scene.office()
    office.join()
    scene.relay(office, now=lambda: utc_now() + timedelta(days=1))
    async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
        wrong = await until(client, state="clock", waiting=1)
    assert wrong.note is not None
    assert "1440" in wrong.note.en


async def test_late_events_are_folded_into_their_place(dsn: str) -> None:
    (listed,) = made_up_city.listed(1)
    events = made_up_city.received(listed, Random(3))
    assert len(events) > 8
    await list_offices(dsn, listed)
    store, reader = PostgresCity(dsn), PostgresBoard(dsn)
    late, straight = (CityBoard(reader, new_forecast, run, TARGETS) for run in "ab")
    await take(store, [*events[:3], *events[6:]])
    await late.refresh()
    await take(store, events[3:6])
    await late.refresh()
    await straight.refresh()
    at = utc_now()
    assert late.view(at).offices == straight.view(at).offices
    await reader.close()
    await store.close()


async def test_the_board_reads_only_what_changed(dsn: str) -> None:
    offices = made_up_city.listed(20)
    await made_up_city.settle(dsn, offices)
    reader, store = PostgresBoard(dsn), PostgresCity(dsn)
    whole = await reader.changes(0)
    assert (len(whole.listed), len(whole.sending)) == (20, 20)
    idle = await reader.changes(whole.mark)
    assert (list(idle.listed), list(idle.sending)) == ([], [])
    one = made_up_city.listed(21)[20]
    await take(store, made_up_city.received(one, Random(3)))
    await list_offices(dsn, offices[4])
    then = await reader.changes(idle.mark)
    assert [sending.office for sending in then.sending] == [one.id]
    assert [listed.id for listed in then.listed] == [offices[4].id]
    # A database that was restored counts anew: everything is read again.
    assert len((await reader.changes(2**60)).sending) == 21
    await reader.close()
    await store.close()


async def test_a_commit_that_took_longer_than_a_later_one_is_read(dsn: str) -> None:
    offices = made_up_city.listed(2)
    await made_up_city.settle(dsn, offices)
    reader = PostgresBoard(dsn)
    mark = (await reader.changes(0)).mark
    touch = "UPDATE sending SET redo = redo + 1, changed = pg_current_xact_id() WHERE office = %s"
    slow, quick = [await psycopg.AsyncConnection.connect(dsn) for _ in range(2)]
    async with slow, quick:
        await slow.execute(touch, (offices[0].id,))
        await quick.execute(touch, (offices[1].id,))
        await quick.commit()
        first = await reader.changes(mark)
        assert [one.office for one in first.sending] == [offices[1].id]
        await slow.commit()
        second = await reader.changes(first.mark)
    assert offices[0].id in {one.office for one in second.sending}
    await reader.close()


async def offered(client: httpx.AsyncClient, offices: int) -> dict[str, int]:
    """Wait until so many offices offer something; how many offer what."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = (await client.get("/api/v1/services")).content
            found = CityServices.model_validate_json(answer).services
            names = {one.name.vi: one.offices for one in found}
            if set(names.values()) == {offices}:
                return names
            await asyncio.sleep(0.05)


async def test_one_service_at_all_offices_of_the_city(dsn: str, city: RunningCity) -> None:
    await made_up_city.settle(dsn, made_up_city.listed(20))
    async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
        names = await offered(client, 20)
        name = next(iter(names))
        asked = await client.get("/api/v1/services/lines", params={"name": name})
        lines = ServiceLines.model_validate_json(asked.content).lines
        for line in lines:
            answer = (await client.get(f"/api/v1/city/{line.office}")).content
            (own,) = [
                one for one in OfficeLines.model_validate_json(answer).lines if one.name.vi == name
            ]
            assert line == LineInCity(
                office=line.office, **own.model_dump(exclude={"service", "name"})
            )
        assert {one.p50_min is None for one in lines} == {True, False}
        nothing = await client.get("/api/v1/services/lines", params={"name": "không có"})
        assert ServiceLines.model_validate_json(nothing.content).lines == []


async def test_a_board_without_its_database_says_so_and_comes_back(
    scene: Scene, city: RunningCity
) -> None:
    await list_offices(scene.dsn, WARD)
    async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
        await until(client, state="never")
        assert (await client.get("/healthz")).text == "ok"
        assert (await client.get("/city")).status_code in {200, 503}
        await scene.ask_admin("ALTER DATABASE {} ALLOW_CONNECTIONS false")
        await health(client, 503)
        assert await shown(client) is not None
        await scene.ask_admin("ALTER DATABASE {} ALLOW_CONNECTIONS true")
        await health(client, 200)
