"""Satisfaction over time on the real server: three numbers with n, never one of three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.commands import Command
from queue_server.domain.office import ZONE
from queue_server.domain.smile_commands import KeepCalibration, KeepSmiles
from queue_server.use_cases.keep_day import Request
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)
VISITS = 24
SMILES = ((0, 14, 0.58, 0.31, 0.83), (45, 22, 0.41, 0.22, 0.64))


def visit(admin: httpx.Client, clock: SetClock, number: int) -> None:
    """Every other citizen waits long and says so."""
    long = number % 2 == 1
    headers = {"Idempotency-Key": f"visit {number}"}
    service = "HT" if long else "CT"
    taken = admin.post("/tickets", json={"service": service}, headers=headers)
    code = taken.raise_for_status().json()["follow_url"].rsplit("/", 1)[-1]
    clock.advance_to(clock.now() + timedelta(minutes=36 if long else 6))
    for move in ("call-next", "start", "finish"):
        admin.post(f"/counters/1/{move}").raise_for_status()
    body = {"score": 2 if long and number % 3 else 5}
    admin.post(f"/follow/{code}/rating", json=body).raise_for_status()


def keep(ward: RunningOffice, command: Command) -> None:
    request = Request(command, lambda _day, _outcome, _at: {})
    assert ward.writer.submit(request).result(30).fault is None


@pytest.fixture(scope="module")
def busy_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    clock = SetClock(MONDAY - timedelta(hours=1))
    with running(tmp_path_factory.mktemp("rated"), clock) as ward, signed_in(ward) as admin:
        for number in range(VISITS):
            visit(admin, clock, number)
        for minute, n, share, low, high in SMILES:
            start = MONDAY + timedelta(minutes=minute)
            keep(
                ward,
                KeepSmiles(window_from=start, minutes=30, n=n, share=share, low=low, high=high),
            )
        keep(ward, KeepCalibration(n=60, n_bad=11, auc=0.63, low=0.44, high=0.8, used=False))
        yield ward


def opened(context: BrowserContext, ward: RunningOffice, query: str) -> Page:
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/satisfaction#key={secret_of(ward, 'admin')}")
    page.wait_for_url("**/satisfaction")
    page.goto(f"{ward.http_url}/satisfaction?theme=light{query}")
    expect(page.locator("#low")).to_be_visible()
    return page


def test_a_day_by_its_hours_and_a_month_by_its_days(
    stranger: BrowserContext, busy_day: RunningOffice
) -> None:
    page = opened(stranger, busy_day, "&day=2026-05-11")
    trend = page.locator("table.trend").first
    eight = trend.locator("tr", has_text="08:00")
    expect(eight).to_contain_text("n = 36")
    expect(page.locator(".smile-words")).to_contain_text("chưa hiệu chỉnh tại chỗ")
    expect(page.locator(".smile-words")).to_contain_text("AUC 0.63")
    low = page.locator("table.trend").last
    expect(low.locator("tr", has_text="Hộ tịch")).to_contain_text("cao hơn hẳn")
    expect(low.locator("tr", has_text="0–15")).not_to_contain_text("cao hơn hẳn")
    page.get_by_label("Tháng").fill("2026-05")
    expect(page.locator("table.trend").first).to_contain_text("11/05")
    page.get_by_label("Tháng").fill("2026-03")
    expect(page.get_by_role("status")).to_contain_text("Chưa có số liệu")


@pytest.mark.picture
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_it_is_readable_and_drawn(
    stranger: BrowserContext,
    busy_day: RunningOffice,
    picture: Callable[[str], Path],
    width: int,
    height: int,
) -> None:
    page = opened(stranger, busy_day, "&day=2026-05-11")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id)")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=picture(f"web-satisfaction-{width}"), full_page=True)


@pytest.mark.picture
def test_the_board_says_what_the_index_is(
    stranger: BrowserContext, busy_day: RunningOffice, picture: Callable[[str], Path]
) -> None:
    page = stranger.new_page()
    page.goto(f"{busy_day.http_url}/?next=/board#key={secret_of(busy_day, 'admin')}")
    page.wait_for_url("**/board")
    page.goto(f"{busy_day.http_url}/board?theme=light")
    strip = page.locator("section.satisfaction")
    expect(strip).to_contain_text("48 %")
    expect(strip).to_contain_text("n = 36")
    expect(strip).to_contain_text("chưa hiệu chỉnh tại chỗ")
    strip.screenshot(path=picture("web-board-smiles"))
