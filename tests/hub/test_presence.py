"""An office without events and one that is cut off are told apart, in words, for everybody."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.adapters.hub_care import troubles
from queue_server.hub.adapters.nats_down import listen_down
from queue_server.hub.adapters.nats_link import connected
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_contacts import PostgresContacts
from queue_server.hub.bootstrap.city_process import RunningCity
from queue_server.hub.bootstrap.relay_process import RelaySettings
from queue_server.hub.contracts.city_views import CityView, OfficeInCity, OfficeLines
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.office_desk import OfficeDesk
from queue_server.hub.use_cases.relay import Home
from tests.hub.scene import ONE_MACHINE, PATIENCE_S, PROVINCE, Scene
from tests.hub.written_office import WrittenOffice

pytestmark = pytest.mark.hub

SOON, LOST = timedelta(seconds=0.2), timedelta(seconds=1)
TARGETS = BoardTargets(good_min=15, limit_min=30)
OFFICES = [
    Listed(name, PROVINCE, Words(vi=name, en=name)) for name in ("phuong-mau", "chua-ai-den")
]


async def until(client: httpx.AsyncClient, office: str, *states: str) -> OfficeInCity:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            view = CityView.model_validate_json((await client.get("/api/v1/city")).content)
            for one in view.offices:
                if one.id == office and one.state in states:
                    return one
            await asyncio.sleep(0.05)


def listening(scene: Scene, office: WrittenOffice) -> asyncio.Event:
    """A relay that answers what the hub asks."""
    home, desk = Home(office.id, PROVINCE), OfficeDesk({})
    return scene.relay_of(
        RelaySettings(office.data, home, scene.cluster, 5000, ONE_MACHINE, desk=desk)
    )


async def test_quiet_is_not_cut_off(scene: Scene) -> None:
    board = PostgresBoard(scene.dsn)
    await board.list_offices(OFFICES)
    await board.close()
    office, quiet = scene.office(), OFFICES[1].id
    scene.collector()
    scene.hand_down(PostgresContacts(scene.dsn, every=SOON, away_after=LOST))
    with RunningCity(scene.dsn, Address("127.0.0.1", 0), TARGETS, away_after=LOST) as city:
        async with (
            httpx.AsyncClient(base_url=city.url, timeout=60) as client,
            connected(scene.cluster, "an office without events") as line,
        ):
            await until(client, quiet, "never")
            relay = listening(scene, office)
            await listen_down(line, PROVINCE, quiet, OfficeDesk({}).answer)
            await until(client, quiet, "linked")
            there = await until(client, office.id, "open")
            assert (there.away_since, there.counters_open) == (None, 1)
            await scene.end(relay)
            away = await until(client, office.id, "away")
            assert (away.p50_min, away.counters_open) == (None, 0)
            assert away.away_since is not None
            answer = (await client.get(f"/api/v1/city/{office.id}")).content
            assert OfficeLines.model_validate_json(answer).lines[0].p50_min is None
            (told,) = await troubles(scene.dsn, LOST)
            assert (told["office"], "answers_no_longer_since" in told) == (office.id, True)
            listening(scene, office)
            back = await until(client, office.id, "open")
            assert back.away_since is None
