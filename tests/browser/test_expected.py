"""Who is expected on a day, on a real office: came, did not come, and visits at home; axe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)
PERSON = {"name": "Trần Thị Thử", "phone": "0900 000 001", "address": "Số 1, thôn Đông, xã Mẫu"}


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(TUESDAY)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), clock) as office:
        yield office


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context.new_page()
    context.close()


def post(client: httpx.Client, path: str, key: str, **body: object) -> dict[str, str]:
    answer = client.post(path, json=body, headers={"Idempotency-Key": key})
    made: dict[str, str] = answer.raise_for_status().json()
    return made


def promises(ward: RunningOffice, now: datetime, name: str) -> None:
    """Two appointments of today, one of which is kept, and a visit at home tomorrow."""
    with signed_in(ward, "kiosk-1") as kiosk:
        at = (now + timedelta(hours=1)).isoformat()
        came = post(kiosk, "/appointments", f"{name}-came", service="CT", at=at)
        post(kiosk, "/appointments", f"{name}-missed", service="HT", at=at)
        post(kiosk, f"/appointments/by-code/{came['code']}/check-in", f"{name}-in")
        day = (now + timedelta(days=1)).date().isoformat()
        wish = {"service": "CT", "day": day, "part": "morning", "priority": "age_80", **PERSON}
        post(kiosk, "/home-visits", f"{name}-visit", **wish)


def checked(page: Page) -> None:
    """Nothing that somebody cannot read, nothing to scroll sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_day_of_appointments_and_visits_at_home(
    page: Page, ward: RunningOffice, clock: SetClock
) -> None:
    today = clock.now()
    promises(ward, today, today.isoformat())
    page.goto(f"{ward.http_url}/?next=/expected#key={secret_of(ward, 'admin')}")
    expect(page.locator(".counts .booked dd")).to_have_text("1")
    expect(page.locator(".counts .checked_in dd")).to_have_text("1")
    expect(page.locator("li.booked .stand")).to_have_text("chưa đến")
    checked(page)
    clock.advance_to(today + timedelta(days=1))
    with signed_in(ward, "kiosk-1") as kiosk:  # the first move of a day begins it
        post(kiosk, "/tickets", f"{today.isoformat()}-first", service="CT")
    page.get_by_role("button", name="Ngày sau").click()
    sheet = page.get_by_role("link", name="In lộ trình (PDF)")
    expect(sheet).to_be_visible()
    expect(page.locator("li.requested .what")).to_contain_text("Từ 80 tuổi")
    assert PERSON["name"] not in page.content(), "names stand on the paper alone"
    paper = page.request.get(f"{ward.http_url}{sheet.get_attribute('href')}")
    assert paper.body().startswith(b"%PDF")
    checked(page)
    page.get_by_role("button", name="Đã xong").click()
    expect(page.locator("li.done .stand")).to_have_text("đã xong")
    expect(sheet).to_have_count(0)
    page.get_by_role("button", name="Ngày trước").click()
    expect(page.locator(".counts .no_show dd")).to_have_text("1")
    expect(page.locator("li.no_show .stand")).to_have_text("vắng mặt")
    checked(page)


def test_who_may_not_know_is_sent_to_sign_in(page: Page, ward: RunningOffice) -> None:
    page.goto(f"{ward.http_url}/expected")
    expect(page.get_by_text("Cần đăng nhập để xem trang này.")).to_be_visible()
    assert httpx.get(f"{ward.http_url}/api/v1/home-visits/sheet").status_code == 401
