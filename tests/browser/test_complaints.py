"""The complaints page on the real server: clocks, answers, conflicts, and the board's alert."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
FRIDAY = datetime(2026, 5, 8, 14, 0, tzinfo=ZONE)
RETURNED = "Phải quay lại ba lần vì thiếu giấy"


def file(client: httpx.Client, text: str, source: str, **more: str) -> str:
    body = {"text": text, "source": source, "service": "CT"} | more
    answer = client.post("/complaints", json=body, headers={"Idempotency-Key": source})
    return str(answer.raise_for_status().json()["id"])


@pytest.fixture
def complaining(tmp_path: Path) -> Iterator[RunningOffice]:
    """One overdue, one due today, one fresh, one closed."""
    clock = SetClock(FRIDAY)
    with running(tmp_path / "ward", clock) as ward, signed_in(ward) as admin:
        late = file(admin, RETURNED, "letter", number="B012")
        admin.post(f"/complaints/{late}/step", json={"step": "accepted", "expected_version": 1})
        done = file(admin, "Loa gọi số nghe không rõ", "counter")
        no = {"step": "refused", "expected_version": 1, "note": "Đã phản ánh trước đó"}
        admin.post(f"/complaints/{done}/step", json=no).raise_for_status()
        clock.advance_to(FRIDAY + timedelta(days=24))
        file(admin, "Ghế chờ ít, người già phải đứng", "low_rating")
        clock.advance_to(FRIDAY + timedelta(days=26))
        file(admin, "Máy lấy số ở cửa phụ hay hết giấy", "phone")
        yield ward


def opened(context: BrowserContext, ward: RunningOffice, path: str, who: str = "admin") -> Page:
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/complaints#key={secret_of(ward, who)}")
    page.wait_for_url("**/complaints")
    expect(page.locator(".row").first).to_be_visible()
    page.goto(f"{ward.http_url}{path}")
    return page


def test_what_is_overdue_is_answered_and_leaves_the_board(
    stranger: BrowserContext, complaining: RunningOffice
) -> None:
    page = opened(stranger, complaining, "/board?theme=light")
    alert = page.locator(".alerts li.complaint_late")
    expect(alert).to_contain_text("1 phản ánh quá hạn")
    expect(page.locator(".alerts li.complaint_today")).to_contain_text("1 phản ánh đến hạn hôm nay")
    alert.get_by_role("link", name="Xem và trả lời").click()
    row = page.locator(".row.late")
    expect(row).to_contain_text("quá 3 ngày làm việc")
    row.click()
    expect(page.locator(".clocks div.over_limit")).to_contain_text("Trả lời (15 ngày)")
    page.get_by_role("button", name="Trả lời").click()
    page.locator("form.question button").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy ghi nội dung trước")
    page.get_by_label("Nội dung trả lời").fill("Gọi lại cho bà theo số 0912 345 678")
    page.locator("form.question button").click()
    expect(page.get_by_role("alert")).to_contain_text("số điện thoại")
    page.get_by_label("Nội dung trả lời").fill("Đã xin lỗi; giấy tờ cần có nay in trên phiếu")
    page.locator("form.question button").click()
    expect(page.locator(".steps")).to_contain_text("giấy tờ cần có nay in trên phiếu")
    expect(page.locator(".row.late")).to_have_count(0)
    page.goto(f"{complaining.http_url}/board?theme=light")
    expect(page.locator(".alerts li.complaint_today")).to_be_visible()
    expect(page.locator(".alerts li.complaint_late")).to_have_count(0)


def test_a_new_one_is_noted_and_the_second_of_two_managers_sees_the_first(
    stranger: BrowserContext, complaining: RunningOffice
) -> None:
    page = opened(stranger, complaining, "/complaints?lang=en")
    page.get_by_role("button", name="Note a complaint").click()
    page.get_by_label("What the citizen said").fill("No shade in front of the door")
    page.get_by_label("Service (if known)").select_option(label="Certification")
    page.get_by_role("button", name="Keep complaint").click()
    row = page.locator(".row", has_text="No shade")
    expect(row).to_contain_text("2 working days left")
    row.click()
    with signed_in(complaining) as other:
        (one,) = [c for c in other.get("/complaints").json()["complaints"] if "shade" in c["text"]]
        step = {"step": "accepted", "expected_version": 1}
        other.post(f"/complaints/{one['id']}/step", json=step).raise_for_status()
        page.get_by_role("button", name="Refuse", exact=True).click()
        page.get_by_label("Why it is refused").fill("Not ours")
        page.locator("form.question button").click()
    expect(page.get_by_role("alert")).to_contain_text("somebody else was faster")
    expect(row).to_contain_text("In work")


@pytest.mark.picture
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_it_is_readable_and_drawn(
    stranger: BrowserContext,
    complaining: RunningOffice,
    picture: Callable[[str], Path],
    width: int,
    height: int,
) -> None:
    page = opened(stranger, complaining, "/complaints?theme=light")
    page.set_viewport_size({"width": width, "height": height})
    page.locator(".row.late").click()
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_label("Nội dung trả lời")).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id)")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=picture(f"web-complaints-{width}"), full_page=True)
