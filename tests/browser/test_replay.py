"""A day is scrubbed, played, put beside another and tried with other rules, on the real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """Five people on Monday, two on Tuesday; one call each ten minutes."""
    folder, clock = tmp_path_factory.mktemp("two-days"), SetClock(MONDAY)
    with running(folder, clock) as ward, signed_in(ward) as admin:
        for day, people in enumerate((5, 2)):
            clock.advance_to(MONDAY + timedelta(days=day))
            for number in range(people):
                headers = {"Idempotency-Key": f"{day} {number}"}
                admin.post("/tickets", json={"service": "CT"}, headers=headers).raise_for_status()
            for step in range(people):
                clock.advance_to(MONDAY + timedelta(days=day, minutes=10 * (step + 1)))
                for move in ("call-next", "start", "finish"):
                    admin.post(f"/counters/1/{move}").raise_for_status()
        yield ward


def opened(context: BrowserContext, ward: RunningOffice, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/replay#key={secret_of(ward, 'admin')}")
    page.wait_for_url("**/replay")
    expect(page.locator(".replayed .headline")).to_be_visible()
    page.goto(f"{ward.http_url}/replay?theme=light{query}")
    expect(page.locator(".replayed .headline")).to_be_visible()
    return page


def test_the_slider_moves_the_board_through_the_day(
    stranger: BrowserContext, two_days: RunningOffice
) -> None:
    page = opened(stranger, two_days, "&day=2026-05-11")
    slider = page.get_by_role("slider")
    expect(page.locator(".scrub output")).to_have_text("08:50")
    expect(page.locator(".counts strong").first).to_have_text("0")
    slider.fill("495")
    expect(page.locator(".scrub output")).to_have_text("08:15")
    expect(page.locator(".counts strong").first).to_have_text("4")
    expect(page.locator(".headline .figure strong")).to_have_text("10,0")
    slider.press("ArrowLeft")
    expect(page.locator(".scrub output")).to_have_text("08:14")
    page.get_by_role("button", name="Chạy").click()
    expect(page.locator(".scrub output")).to_have_text("08:50", timeout=60_000)
    expect(page.get_by_role("button", name="Chạy")).to_be_visible()


def test_two_days_stand_side_by_side_and_rules_are_tried(
    stranger: BrowserContext, two_days: RunningOffice
) -> None:
    page = opened(stranger, two_days, "&day=2026-05-11&with=2026-05-12")
    rows = page.locator(".compare tbody tr")
    expect(rows.first).to_contain_text("+3")
    expect(rows.nth(3)).to_contain_text("30,0")
    page.get_by_role("button", name="Thử quy tắc gọi khác").click()
    expect(page.get_by_text("Theo thứ tự đến")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def one_below_the_other(page: Page) -> None:
    """The slider stands above the board and is as wide as it, on every screen."""
    above, board = (
        page.locator(".controls").bounding_box(),
        page.locator(".replayed").bounding_box(),
    )
    assert above is not None
    assert board is not None
    assert above["y"] + above["height"] <= board["y"] + 1
    assert above["width"] == pytest.approx(board["width"], abs=2)


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_it_fits_its_screens(
    stranger: BrowserContext, two_days: RunningOffice, width: int, picture: Callable[[str], Path]
) -> None:
    page = opened(stranger, two_days, "&day=2026-05-11&with=2026-05-12")
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 1080})
    expect(page.locator(".compare table")).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one_below_the_other(page)
    page.goto(page.url.replace("&with=2026-05-12", ""))
    expect(page.locator(".replayed .headline")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one_below_the_other(page)
    page.goto(page.url + "&with=2026-05-12")
    expect(page.locator(".compare table")).to_be_visible()
    page.screenshot(path=picture(f"web-replay-{width}"), full_page=True)
