"""The booking page on a real office, at phone size: book, move, cancel, a visit at home; axe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.problem_khmer import KHMER
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), SetClock(TUESDAY)) as found:
        yield found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def checked(page: Page) -> None:
    """Nothing that somebody cannot read, nothing to scroll sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_time_is_booked_moved_and_cancelled(phone: Page, ward: RunningOffice) -> None:
    phone.goto(f"{ward.http_url}/a")
    phone.get_by_label("Lĩnh vực").select_option("HT")
    checked(phone)
    phone.get_by_label("Thủ tục").select_option(index=1)
    phone.get_by_label("Ngày").select_option("2026-11-25")
    expect(phone.get_by_label("Ngày").locator("option:checked")).to_have_text("Thứ Tư, 25/11")
    phone.get_by_role("button", name="08:30 còn 2 chỗ").tap()
    expect(phone.locator(".ticket .time")).to_have_text("08:30, Thứ Tư, 25/11")
    expect(phone.locator(".stand")).to_have_text("Đã đặt")
    expect(phone.get_by_text("từ 07:30 đến 08:45")).to_be_visible()
    checked(phone)
    address = phone.url
    assert address.rpartition("/")[2] == phone.locator(".code strong").inner_text().replace(" ", "")

    phone.reload()
    phone.get_by_role("button", name="Đổi giờ").tap()
    phone.get_by_label("Ngày").select_option("2026-11-26")
    phone.get_by_role("button", name="13:00 còn 2 chỗ").tap()
    expect(phone.locator(".ticket .time")).to_have_text("13:00, Thứ Năm, 26/11")
    assert phone.url == address

    phone.get_by_role("button", name="English").tap()
    expect(phone.locator(".ticket .time")).to_have_text("13:00, Thursday, 26/11")
    phone.get_by_role("button", name="Cancel it").tap()
    checked(phone)
    phone.locator("button.danger").tap()
    expect(phone.locator(".stand")).to_have_text("Cancelled")
    expect(phone.get_by_role("link", name="Book a new one")).to_be_visible()


def test_a_place_that_somebody_else_took_is_said_and_the_times_are_new(
    phone: Page, ward: RunningOffice
) -> None:
    phone.goto(f"{ward.http_url}/a")
    phone.get_by_label("Lĩnh vực").select_option("DD")
    phone.get_by_label("Ngày").select_option("2026-11-27")
    expect(phone.get_by_role("button", name="09:00 còn 1 chỗ")).to_be_visible()
    with signed_in(ward) as staff:
        body = {"service": "DD", "at": "2026-11-27T09:00:00+07:00", "channel": "staff"}
        headers = {"Idempotency-Key": "faster"}
        staff.post("/appointments", json=body, headers=headers).raise_for_status()
    phone.get_by_role("button", name="09:00 còn 1 chỗ").tap()
    expect(phone.get_by_role("alert")).to_contain_text("ông/bà chọn giờ khác")
    expect(phone.get_by_role("button", name="09:00 hết chỗ")).to_be_disabled()
    checked(phone)


def test_a_home_visit_is_asked_for_and_cancelled(phone: Page, ward: RunningOffice) -> None:
    phone.goto(f"{ward.http_url}/a")
    phone.get_by_role("button", name="Đề nghị cán bộ đến nhà").tap()
    expect(phone.get_by_text("được mã hóa và xóa khi xong việc")).to_be_visible()
    checked(phone)
    phone.get_by_label("Thuộc diện").select_option("age_80")
    phone.get_by_label("Họ tên").fill("Trần Thị Thử")
    phone.get_by_label("Số điện thoại").fill("0900 000 001")
    phone.get_by_label("Địa chỉ, cách tìm nhà").fill("Số 1, thôn Đông, xã Mẫu")
    phone.get_by_role("button", name="Gửi yêu cầu").tap()
    expect(phone.locator(".stand")).to_contain_text("Đã nhận yêu cầu")
    checked(phone)
    assert "Thử" not in phone.content(), "the page repeats nothing personal"
    phone.reload()
    phone.get_by_role("button", name="Hủy lịch").tap()
    phone.locator("button.danger").tap()
    expect(phone.locator(".stand")).to_have_text("Đã hủy")


def test_an_unknown_code_says_so(phone: Page, ward: RunningOffice) -> None:
    phone.goto(f"{ward.http_url}/a/NOPE2345")
    expect(phone.get_by_text("Không tìm thấy mã này")).to_be_visible()
    checked(phone)


def test_the_page_books_and_refuses_in_khmer(phone: Page, ward: RunningOffice) -> None:
    phone.goto(f"{ward.http_url}/a")
    phone.get_by_role("button", name="ខ្មែរ").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("កក់ពេលណាត់")
    phone.get_by_label("សេវា").select_option("DD")
    expect(phone.get_by_label("សេវា").locator("option:checked")).to_have_text("ដីធ្លី")
    phone.get_by_label("ថ្ងៃ").select_option("2026-11-30")
    checked(phone)
    free = phone.get_by_role("button", name="នៅ 1 កន្លែង").first
    at = free.locator("strong").inner_text()
    with signed_in(ward) as staff:
        body = {"service": "DD", "at": f"2026-11-30T{at}:00+07:00", "channel": "staff"}
        taken = staff.post("/appointments", json=body, headers={"Idempotency-Key": "taken-km"})
        taken.raise_for_status()
    free.tap()
    expect(phone.get_by_role("alert")).to_have_text(KHMER["not_bookable"])
    phone.locator(".slots button:enabled").first.tap()
    expect(phone.locator(".stand")).to_have_text("បានកក់")
    checked(phone)
