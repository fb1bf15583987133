"""The reports page: a figure to its events on a real office; every size and theme on a month."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.browser.stub_server import StubOffice
from tests.fakes.offices import running, secret_of, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
SIZES = [(1920, 1080), (1366, 768), (390, 844)]


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """One citizen waited 38 minutes on Monday."""
    clock = SetClock(MONDAY)
    with running(tmp_path_factory.mktemp("ward"), clock) as found, signed_in(found) as staff:
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        staff.post("/tickets", json={"service": "CT"}, headers=headers).raise_for_status()
        clock.advance_to(MONDAY + timedelta(minutes=38))
        staff.post("/counters/1/call-next").raise_for_status()
        staff.post("/counters/1/start").raise_for_status()
        clock.advance_to(MONDAY + timedelta(minutes=50))
        staff.post("/counters/1/finish").raise_for_status()
        yield found


@pytest.fixture(params=["admin", "board-1"])
def leader(request: pytest.FixtureRequest, browser: Browser, ward: RunningOffice) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.goto(f"{ward.http_url}/?next=/reports#key={secret_of(ward, request.param)}")
    opened.wait_for_url("**/reports")
    yield opened
    context.close()


def checked(page: Page) -> None:
    """Nothing that somebody cannot read, nothing to scroll sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_figure_leads_to_its_visits_and_their_events(leader: Page) -> None:
    leader.get_by_label("Kỳ báo cáo").select_option("day")
    expect(leader.locator(".period")).to_have_text("Ngày 23/11/2026")
    expect(leader.locator(".headline .large")).to_contain_text("Chờ trung bình 38,0 phút")
    expect(leader.locator(".headline .state")).to_have_text("Chưa đạt")
    leader.get_by_role("button", name="Mở danh sách lượt: Chờ quá 30 phút, 100,0 %").click()
    behind = leader.get_by_role("dialog")
    expect(behind.get_by_text("1 lượt đứng sau con số này")).to_be_visible()
    expect(behind.get_by_role("row").nth(1)).to_contain_text("B001 Chứng thực 08:00 08:38 38,0")
    behind.get_by_role("button", name="5 sự kiện").click()
    expect(behind.get_by_role("listitem")).to_have_count(5)
    expect(behind.get_by_role("listitem").last).to_contain_text("Hoàn thành, quầy 1")
    checked(leader)
    leader.keyboard.press("Escape")
    expect(behind).to_be_hidden()
    assert leader.url.endswith("kind=day")


def test_periods_are_chosen_and_impossible_ones_said(leader: Page) -> None:
    leader.get_by_label("Kỳ báo cáo").select_option("quarter")
    expect(leader.locator(".period")).to_have_text("Quý IV/2026")
    leader.get_by_role("button", name="Kỳ trước").click()
    expect(leader.locator(".period")).to_have_text("Quý III/2026")
    expect(leader.get_by_text("Không có lượt nào trong kỳ này")).to_be_visible()
    checked(leader)
    leader.go_back()
    expect(leader.locator(".period")).to_have_text("Quý IV/2026")
    leader.get_by_label("Kỳ báo cáo").select_option("range")
    leader.get_by_label("Từ ngày", exact=True).fill("2026-11-24")
    leader.get_by_label("Đến ngày", exact=True).fill("2026-11-23")
    expect(leader.get_by_text("ngày đầu không sau ngày cuối")).to_be_visible()
    leader.get_by_label("Từ ngày", exact=True).fill("2026-11-20")
    expect(leader.locator(".period")).to_have_text("20/11/2026 – 23/11/2026")
    with leader.expect_download() as download:
        leader.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "bao-cao_2026-11-20_2026-11-23.csv"


def test_a_clerk_may_not_read_reports(browser: Browser, ward: RunningOffice) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{ward.http_url}/#key={secret_of(ward, 'counter-1')}")
    expect(page.get_by_role("link").first).to_be_visible()
    expect(page.get_by_role("link", name="Báo cáo")).to_have_count(0)
    page.goto(f"{ward.http_url}/reports")
    expect(page.get_by_text("không được xem trang này")).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=["hall", "laptop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_month_fits_and_is_readable(
    page: Page, office: StubOffice, size: tuple[int, int], theme: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{office.url}/reports?theme={theme}")
    expect(page.locator("#index766 .missing li").first).to_be_visible()
    checked(page)
