"""The city board follows the offices' events, and says what it does not know."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import httpx
import pytest

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.bootstrap.city_process import RunningCity, new_forecast
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts.city_views import CityView, OfficeInCity, OfficeLines
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


async def shown(client: httpx.AsyncClient, office: str = WARD.id) -> OfficeInCity | None:
    view = CityView.model_validate_json((await client.get("/api/v1/city")).content)
    return next((one for one in view.offices if one.id == office), None)


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
