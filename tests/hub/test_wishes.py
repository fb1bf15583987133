"""A number or a time from afar: a real office decides, each wish once, whatever breaks between."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import httpx
import pytest

from queue_server.adapters.backup import STORE
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.bootstrap.city_process import RunningCity
from queue_server.hub.bootstrap.office_side import desk_of
from queue_server.hub.bootstrap.relay_process import RelaySettings
from queue_server.hub.contracts.city_views import CityView
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.contracts.wish_views import WishView
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.office_desk import OfficeDesk
from queue_server.hub.use_cases.relay import Home
from tests.fakes.offices import running
from tests.hub.scene import PATIENCE_S, PROVINCE, Scene

pytestmark = pytest.mark.hub


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward")) as office:
        yield office


def office_id(ward: RunningOffice) -> str:
    return ward.settings.file.office.id


def service(ward: RunningOffice, place: int) -> str:
    return ward.settings.file.services[place].id


class Page:
    """What the city's page does."""

    def __init__(self, client: httpx.AsyncClient, office: str) -> None:
        self.client, self.office = client, office

    async def ask(self, kind: str, service: str, key: str = "", **more: object) -> WishView:
        body = {"key": key or secrets.token_hex(16), "kind": kind, "service": service, **more}
        answer = await self.client.post(f"/api/v1/city/{self.office}/wishes", json=body)
        assert answer.status_code == 202, answer.text
        return WishView.model_validate_json(answer.content)

    async def until_listed(self) -> None:
        """Wait until the board knows the office."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                view = CityView.model_validate_json((await self.client.get("/api/v1/city")).content)
                if [one.id for one in view.offices] == [self.office]:
                    return
                await asyncio.sleep(0.05)

    async def until(self, wish: WishView, *states: str) -> WishView:
        """Look until it is so."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                answer = await self.client.get(f"/api/v1/city/wishes/{wish.key}")
                if answer.status_code == 503:  # the database is away
                    await asyncio.sleep(0.05)
                    continue
                found = WishView.model_validate_json(answer.content)
                if found.state in states:
                    return found
                await asyncio.sleep(0.05)

    async def give_up(self, wish: WishView) -> None:
        answer = await self.client.post(f"/api/v1/city/wishes/{wish.key}/give-up")
        assert answer.status_code == 200


@pytest.fixture
async def page(scene: Scene, ward: RunningOffice) -> AsyncIterator[Page]:
    board = PostgresBoard(scene.dsn)
    words = Words(vi="Phường Mẫu", en="Sample ward")
    await board.list_offices([Listed(office_id(ward), PROVINCE, words, url="https://mau.example")])
    await board.close()
    targets = BoardTargets(good_min=15, limit_min=30)
    with RunningCity(scene.dsn, Address("127.0.0.1", 0), targets) as city:
        async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
            page = Page(client, office_id(ward))
            await page.until_listed()
            yield page


def desk(ward: RunningOffice, remote_numbers: int = 100) -> OfficeDesk:
    return desk_of(ward.settings.data, remote_numbers, ward.http_url)


def relay(scene: Scene, ward: RunningOffice, at: OfficeDesk | None = None) -> asyncio.Event:
    home = Home(office_id(ward), PROVINCE)
    data = ward.settings.data
    return scene.relay_of(
        RelaySettings(data, home, scene.cluster, 5000, "m", desk=at or desk(ward))
    )


def numbers(ward: RunningOffice, service: str) -> list[str]:
    """Every number that the office ever gave for a service, from its event log."""
    with closing(sqlite3.connect(ward.settings.data / STORE)) as store:
        rows = store.execute(
            "SELECT json_extract(body, '$.label') FROM event WHERE kind = 'TicketReserved' "
            "AND json_extract(body, '$.service') = ? ORDER BY seq",
            (service,),
        )
        return [label for (label,) in rows]


class LosesAnswers:
    """A desk that carries things out and whose first answers are lost on the way."""

    def __init__(self, at: OfficeDesk, lost: int) -> None:
        self._desk, self.left = at, lost

    async def answer(self, asked: HandedDown) -> OfficeAnswer:
        answer = await self._desk.answer(asked)
        if self.left:
            self.left -= 1
            return answer.model_copy(update={"key": "0" * 32})
        return answer


async def test_a_number_from_afar_is_one_number_however_often_it_is_asked(
    scene: Scene, page: Page, ward: RunningOffice
) -> None:
    line = service(ward, 0)
    relay(scene, ward)
    scene.hand_down()
    scene.hand_down()
    key = secrets.token_hex(16)
    wishes = await asyncio.gather(*(page.ask("ticket", line, key) for _ in range(5)))
    done = await page.until(wishes[0], "done")
    assert done.ticket is not None
    assert numbers(ward, line) == [done.ticket.number]
    assert done.ticket.ahead == 0
    assert done.page is not None
    assert done.page.startswith("https://mau.example/t/")
    again = await page.ask("ticket", line, key)
    assert (again.state, again.ticket) == ("done", done.ticket)
    other = {"key": key, "kind": "slots", "service": line}
    answer = await page.client.post(f"/api/v1/city/{page.office}/wishes", json=other)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


async def test_an_office_that_is_away_is_said_and_asked_until_it_answers(
    scene: Scene, page: Page, ward: RunningOffice
) -> None:
    line = service(ward, 1)
    scene.hand_down()
    wishes = [await page.ask("ticket", line) for _ in range(3)]
    for wish in wishes:
        assert (await page.until(wish, "offline")).ticket is None
    given_up = await page.ask("ticket", line)
    await page.until(given_up, "offline")
    await page.give_up(given_up)
    assert (await page.until(given_up, "never")).ticket is None
    relay(scene, ward)
    done = [await page.until(wish, "done") for wish in wishes]
    said = [one.ticket.number for one in done if one.ticket]
    assert sorted(said) == sorted(numbers(ward, line))
    assert len(set(said)) == 3


async def test_an_answer_that_is_lost_makes_no_second_number(
    scene: Scene, page: Page, ward: RunningOffice
) -> None:
    line = service(ward, 2)
    forgetful = LosesAnswers(desk(ward), lost=2)
    relay(scene, ward, forgetful)  # type: ignore[arg-type]  # answers as one
    scene.hand_down()
    wish = await page.ask("ticket", line)
    await page.until(wish, "unsure", "done")
    await page.give_up(wish)
    done = await page.until(wish, "done")
    assert forgetful.left == 0
    assert done.ticket is not None
    assert numbers(ward, line) == [done.ticket.number]


async def test_a_wish_outlives_the_database(scene: Scene, page: Page, ward: RunningOffice) -> None:
    line = service(ward, 4)
    scene.hand_down()
    wishes = [await page.ask("ticket", line) for _ in range(3)]
    await page.until(wishes[-1], "offline")
    await scene.ask_admin("ALTER DATABASE {} ALLOW_CONNECTIONS false")
    body = {"key": secrets.token_hex(16), "kind": "ticket", "service": line}
    answer = await page.client.post(f"/api/v1/city/{page.office}/wishes", json=body)
    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    relay(scene, ward)
    await scene.ask_admin("ALTER DATABASE {} ALLOW_CONNECTIONS true")
    done = [await page.until(wish, "done") for wish in wishes]
    said = [one.ticket.number for one in done if one.ticket]
    assert sorted(said) == sorted(numbers(ward, line))
    assert len(set(said)) == 3


async def test_a_time_from_afar_is_one_that_the_office_offers(
    scene: Scene, page: Page, ward: RunningOffice
) -> None:
    line = service(ward, 0)
    relay(scene, ward)
    scene.hand_down()
    free = await page.until(await page.ask("slots", line), "done")
    slot = next(slot for day in free.days for slot in day.slots if slot.free)
    wish = await page.ask("appointment", line, at=slot.at.isoformat(), language="en")
    done = await page.until(wish, "done")
    assert done.appointment is not None
    assert done.appointment.at == slot.at
    assert done.page == f"https://mau.example/a/{done.appointment.code}"
    long_ago = await page.ask("appointment", line, at="2020-01-06T08:00:00+07:00")
    refused = await page.until(long_ago, "refused")
    assert refused.words is not None


async def test_an_office_decides_how_many_numbers_it_gives_from_afar(
    scene: Scene, page: Page, ward: RunningOffice
) -> None:
    line = service(ward, 3)
    stop = relay(scene, ward, desk(ward, 0))
    scene.hand_down()
    refused = await page.until(await page.ask("ticket", line), "refused")
    assert refused.words is not None
    assert "no numbers from afar" in refused.words.en
    await scene.end(stop)
    relay(scene, ward, desk(ward, 1))
    await page.until(await page.ask("ticket", line), "done")
    refused = await page.until(await page.ask("ticket", line), "refused")
    assert refused.words is not None
    assert "as many numbers from afar" in refused.words.en
    assert len(numbers(ward, line)) == 1


async def test_what_is_no_wish_is_refused_in_words(page: Page) -> None:
    async def refusal(office: str, **body: object) -> tuple[int, str]:
        answer = await page.client.post(f"/api/v1/city/{office}/wishes", json=body)
        return answer.status_code, answer.json()["code"]

    key = secrets.token_hex(16)
    fine = {"key": key, "kind": "ticket", "service": "x"}
    assert await refusal("nowhere", **fine) == (404, "not_found")
    assert await refusal(page.office, **fine, name="Nguyễn") == (422, "malformed")
    assert await refusal(page.office, **(fine | {"kind": "appointment"})) == (422, "malformed")
    assert await refusal(page.office, **(fine | {"key": "short"})) == (422, "malformed")
    unknown = await page.client.get(f"/api/v1/city/wishes/{'0' * 32}")
    assert unknown.status_code == 404
