"""Wishes, months and demand of the city in Chromium, on the real server; offices stand in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, time
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.domain.office import ZONE
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.postgres_wishes import PostgresWishes
from queue_server.hub.bootstrap.city_process import RunningCity
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import HandDown, Unanswered
from tests.browser.test_quiet_and_readable import AXE
from tests.hub import made_up_arrivals, made_up_city, made_up_month
from tests.hub.database import Postgres

pytestmark = pytest.mark.browser

OFFICES = made_up_month.with_agencies(made_up_city.listed(40))
ON_THE_DAY = datetime.combine(made_up_arrivals.TODAY, time(9), ZONE)
SIZES = ((1920, 1080), (1366, 768), (390, 844))
NUMBER = {
    "number": "A012",
    "ahead": 3,
    "forecast": {"p50_min": 14.2, "p90_min": 27.8},
    "issued_at": "2026-05-12T08:00:00+07:00",
    "follow_url": "http://127.0.0.1:8080/t/k3y",
}
TIME = {
    "code": "ABCD2345",
    "at": "2026-05-13T08:30:00+07:00",
    "check_in_from": "2026-05-13T07:30:00+07:00",
    "late_after": "2026-05-13T08:45:00+07:00",
}
DAYS = {"items": [{"day": "2026-05-13", "slots": [{"at": TIME["at"], "free": 2}]}]}
FULL = Words(vi="Nơi này đã phát đủ số từ xa trong giờ này.", en="Enough numbers were given.")


class Offices:
    """Stands in for the way down and every office on it; away until it is told otherwise."""

    def __init__(self) -> None:
        self.away = True
        self.refuses = False

    async def ask(
        self, _province: str, _office: str, asked: HandedDown, _within_s: float
    ) -> OfficeAnswer | Unanswered:
        if self.away:
            return Unanswered.NOBODY
        if self.refuses:
            return OfficeAnswer(key=asked.key, outcome="refused", words=FULL)
        bodies: dict[str, dict[str, Any]] = {
            "ticket": NUMBER,
            "appointment": TIME,
            "slots": DAYS,
        }
        return OfficeAnswer(key=asked.key, outcome="done", body=bodies[asked.kind])


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    with Postgres() as postgres:
        address = postgres.new_database()
        upgrade(address)
        beside(lambda: made_up_city.settle(address, OFFICES))
        beside(lambda: made_up_arrivals.settle(address))
        month = made_up_month.made_up_month(OFFICES)
        beside(lambda: made_up_month.publish(address, month))
        yield address


def beside(work: Callable[[], Awaitable[object]]) -> object:
    """Run it in a thread: Playwright has a loop of its own in this one."""

    async def run() -> object:
        return await work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(run())).result()


@pytest.fixture(scope="module")
def city(dsn: str) -> Iterator[RunningCity]:
    targets = BoardTargets(good_min=15, limit_min=30)
    with RunningCity(dsn, Address("127.0.0.1", 0), targets) as running:
        yield running


@pytest.fixture
def offices(dsn: str) -> Iterator[Offices]:
    """Offices that hear what is handed down, while the test runs."""
    there = Offices()
    with handing_down(dsn, there):
        yield there


@contextmanager
def handing_down(dsn: str, there: Offices) -> Iterator[None]:
    stop = Event()

    async def work() -> None:
        async with wishes_of(dsn) as wishes:
            hand = HandDown(wishes, there, utc_now)
            while not stop.is_set():
                for wish in await hand.due(50):
                    await hand.one(wish)
                await asyncio.sleep(0.05)

    thread = Thread(target=lambda: asyncio.run(work()))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@asynccontextmanager
async def wishes_of(dsn: str) -> AsyncIterator[PostgresWishes]:
    wishes = PostgresWishes(dsn)
    try:
        yield wishes
    finally:
        await wishes.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def choose_office(page: Page, city: RunningCity) -> None:
    page.goto(f"{city.url}/city?theme=light")
    page.locator(".card").first.click()
    page.locator(".ask").get_by_label("Lĩnh vực").select_option(index=1)


def axe(page: Page) -> list[tuple[str, list[str]]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]


def fits(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


def test_an_office_that_is_away_is_said_so_and_the_wish_outlives_a_reload(
    page: Page, city: RunningCity, offices: Offices
) -> None:
    choose_office(page, city)
    page.get_by_role("button", name="Lấy số ngay").click()
    wish = page.locator(".wish")
    expect(wish).to_contain_text("Ông/bà chưa có số")
    assert axe(page) == []
    page.reload()
    expect(wish).to_contain_text("Ông/bà chưa có số")
    offices.away = False
    expect(wish.locator(".number")).to_have_text("A012", timeout=60_000)
    expect(wish).to_contain_text("3 người phía trước")
    follow = wish.get_by_role("link", name="Theo dõi, đổi hoặc hủy")
    href = follow.get_attribute("href") or ""
    assert href.endswith(".example/t/k3y")
    assert axe(page) == []
    wish.get_by_role("button", name="Đã xem, cất đi").click()
    expect(wish).to_have_count(0)


def test_who_waits_no_longer_is_told_that_nothing_was_taken(
    page: Page, city: RunningCity, offices: Offices
) -> None:
    choose_office(page, city)
    page.get_by_role("button", name="Lấy số ngay").click()
    wish = page.locator(".wish")
    expect(wish).to_contain_text("Ông/bà chưa có số")
    wish.get_by_role("button", name="Thôi, không chờ nữa").click()
    expect(wish).to_contain_text("Chưa lấy số", timeout=60_000)
    offices.away, offices.refuses = False, True
    wish.get_by_role("button", name="Đã xem, cất đi").click()
    page.locator(".ask").get_by_label("Lĩnh vực").select_option(index=1)
    page.get_by_role("button", name="Lấy số ngay").click()
    expect(wish).to_contain_text(FULL.vi, timeout=60_000)


def test_a_free_time_is_chosen_and_kept(page: Page, city: RunningCity, offices: Offices) -> None:
    offices.away = False
    choose_office(page, city)
    page.get_by_role("button", name="Xem giờ còn trống").click()
    page.get_by_role("button", name="08:30").click(timeout=60_000)
    wish = page.locator(".wish")
    expect(wish.locator(".number")).to_have_text("08:30", timeout=60_000)
    expect(wish).to_contain_text("ABCD 2345")
    expect(wish).to_contain_text("Thứ Tư, 13/05")


def test_a_published_month_is_read_at_every_size(page: Page, city: RunningCity) -> None:
    page.goto(f"{city.url}/months?theme=light")
    expect(page.get_by_role("heading", name="Chỉ số 766")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert fits(page)
    expect(page.get_by_text("Tháng 5/2026").last).to_be_visible()
    expect(page.get_by_text("39 nơi có số liệu, 1 nơi")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Tìm theo tên nơi làm việc").fill("cai rang")
    rows = page.locator("section", has=page.locator("#index")).locator("tbody tr")
    expect(rows).to_have_count(3)
    online = page.locator("section", has=page.locator("#online"))
    expect(online).to_contain_text("UBND quận Ninh Kiều")
    expect(online).to_contain_text("67/KH-UBND")


def test_quiet_hours_of_an_area_are_seen(page: Page, dsn: str) -> None:
    targets = BoardTargets(good_min=15, limit_min=30)
    with RunningCity(dsn, Address("127.0.0.1", 0), targets, lambda: ON_THE_DAY) as city:
        page.goto(f"{city.url}/demand?theme=light")
        days = page.locator(".days li")
        expect(days).to_have_count(6)
        page.get_by_label("Khu vực").select_option("Bắc")
        expect(days.first).to_contain_text("Thứ Tư, 20/05")
        expect(days.first).to_contain_text("Vắng nhất: 10:00–11:00")
        expect(days.first.get_by_role("img")).to_have_attribute("aria-label", re.compile("lượt"))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert fits(page)
        assert axe(page) == []


def test_a_draft_is_seen_by_its_id_and_is_not_official(
    page: Page, city: RunningCity, dsn: str
) -> None:
    month = made_up_month.made_up_month(OFFICES)
    corrected = month.model_copy(update={"silent": 2})
    draft = beside(lambda: made_up_month.correct(dsn, corrected))
    page.goto(f"{city.url}/months/{draft}?lang=en")
    expect(page.get_by_text("Not official")).to_be_visible()
    expect(page.get_by_label("Month").locator("option", has_text="May 2026")).to_have_count(1)
    assert axe(page) == []
