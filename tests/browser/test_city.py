"""The city page on the real server and a real database: choose an office by wait, way and name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.bootstrap.city_process import RunningCity
from tests.browser.test_quiet_and_readable import AXE
from tests.hub import made_up_city
from tests.hub.database import Postgres

pytestmark = pytest.mark.browser

HERE = {"latitude": made_up_city.CAN_THO[0], "longitude": made_up_city.CAN_THO[1]}
OFFICES = 60
SERVICE = "Lĩnh vực B"


@pytest.fixture(scope="module")
def city() -> Iterator[RunningCity]:
    with Postgres() as postgres:
        dsn = postgres.new_database()
        upgrade(dsn)
        # Playwright has a loop of its own in this thread.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(settle, dsn).result()
        targets = BoardTargets(good_min=15, limit_min=30)
        with RunningCity(dsn, Address("127.0.0.1", 0), targets) as running:
            yield running


def settle(dsn: str) -> None:
    asyncio.run(made_up_city.settle(dsn, made_up_city.listed(OFFICES)))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, geolocation=HERE, permissions=["geolocation"]
    )
    yield context.new_page()
    context.close()


def minutes(page: Page) -> list[str]:
    return [words.strip() for words in page.locator(".card .wait").all_inner_texts()]


def test_the_shortest_wait_stands_first_and_more_can_be_shown(
    page: Page, city: RunningCity
) -> None:
    page.goto(f"{city.url}/city?theme=light")
    expect(page.locator(".card")).to_have_count(20)
    expect(page.get_by_role("status").filter(has_text="nơi đang mở quầy")).to_be_visible()
    assert minutes(page)[0] == "Đến lúc này được phục vụ ngay"
    page.get_by_role("button", name="Xem thêm 20 nơi").click()
    expect(page.locator(".card")).to_have_count(40)


def test_an_office_is_found_without_accents_and_told_line_by_line(
    page: Page, city: RunningCity
) -> None:
    page.goto(f"{city.url}/city?lang=en")
    page.get_by_label("Find an office by name").fill("ninh kieu")
    expect(page.locator(".card")).to_have_count(4)
    page.locator(".card").first.click()
    detail = page.locator(".detail")
    expect(detail.get_by_role("heading")).to_contain_text("Ninh Kiều ward")
    expect(detail.get_by_role("row")).to_have_count(4)
    expect(detail).to_contain_text("Open: 07:00–11:00, 13:00–17:00")
    expect(detail.get_by_role("link", name="Book a time here")).to_have_attribute(
        "href", "https://vp-0000.example/a"
    )
    page.get_by_label("Find an office by name").fill("nowhere at all")
    expect(page.get_by_text("No office fits")).to_be_visible()


def test_a_service_is_chosen_and_its_own_line_counts(page: Page, city: RunningCity) -> None:
    lines = httpx.get(f"{city.url}/api/v1/services/lines", params={"name": SERVICE}).json()["lines"]
    waits = sorted(one["p50_min"] for one in lines if one["p50_min"] is not None)
    assert 0 < len(waits) < len(lines)
    page.goto(f"{city.url}/city")
    page.get_by_label("Việc cần làm").select_option(SERVICE)
    words = f"{len(waits)} / {len(lines)} nơi đang mở quầy"
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    page.get_by_label("Tìm theo tên").fill("phường")
    for _ in range((len(lines) - 1) // 20):
        page.get_by_role("button", name="Xem thêm").click()
    expect(page.locator(".card")).to_have_count(len(lines))
    shown = minutes(page)
    assert shown.count("Lúc này chưa có quầy làm việc này") + shown.count(
        "Lúc này không có quầy nào mở"
    ) == len(lines) - len(waits)
    # Whoever is sent the address sees the same.
    page.goto(page.url)
    expect(page.get_by_label("Việc cần làm")).to_have_value(SERVICE)
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    page.get_by_role("button", name="Dùng vị trí của tôi").click()
    expect(page.get_by_label("Xếp theo")).to_have_value("both")
    expect(page.locator(".card").first).to_contain_text("km theo đường chim bay")


def test_the_readers_place_orders_offices_and_leaves_no_trace(
    page: Page, city: RunningCity
) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{city.url}/city")
    page.get_by_role("button", name="Dùng vị trí của tôi").click()
    expect(page.get_by_text("Vị trí chỉ ở trên máy này")).to_be_visible()
    expect(page.locator(".card").first).to_contain_text("km theo đường chim bay")
    page.get_by_label("Xếp theo").select_option("near")
    far = page.locator(".card").get_by_text("km theo đường chim bay").all_inner_texts()
    kms = [float(words.split(" km")[0].replace(",", ".")) for words in far]
    assert kms == sorted(kms)
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(city.url).netloc}
    assert not [url for url in asked if "10.0" in url or "105.7" in url]
    assert faults == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing(page: Page, city: RunningCity, theme: str) -> None:
    page.goto(f"{city.url}/city?theme={theme}")
    page.locator(".card").first.click()
    expect(page.locator(".detail")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_the_map_holds_a_pin_of_every_state(page: Page, city: RunningCity) -> None:
    """The picture is the canvas itself: something of every state's colour was drawn."""
    page.goto(f"{city.url}/city?theme=light")
    expect(page.locator(".card").first).to_be_visible()
    colours = page.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < pixels.data.length; i += 4)
                seen.add([...pixels.data.slice(i, i + 3)].join());
            return [...seen];
        }"""
    )
    on_target, near_limit, over_limit = "0,114,178", "154,103,0", "140,16,16"
    assert {on_target, near_limit, over_limit} <= set(colours)
