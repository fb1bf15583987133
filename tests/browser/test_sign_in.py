"""A secret becomes a cookie, from the field or from the address, and leaves no trace there."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from tests.browser.stub_server import COOKIE, SECRET, StubOffice
from tests.fakes.offices import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def door(stranger: BrowserContext, office: StubOffice) -> Page:
    page = stranger.new_page()
    page.goto(office.url)
    return page


def test_a_pasted_secret_opens_the_pages_of_its_role(door: Page, office: StubOffice) -> None:
    door.get_by_label("Mã bí mật").fill(f"  {SECRET}\n")
    door.get_by_role("button", name="Mở bằng mã").click()
    door.get_by_role("link", name="Bảng gọi số").click()
    expect(door).to_have_url(f"{office.url}/display")
    expect(door.locator(".now")).to_be_visible()


def test_a_secret_in_the_address_is_used_and_removed(door: Page, office: StubOffice) -> None:
    door.goto(f"{office.url}/?next=%2Fdisplay#key={SECRET}")
    expect(door).to_have_url(f"{office.url}/display")
    door.go_back()
    assert SECRET not in door.url
    cookies = {c["name"]: c for c in door.context.cookies()}
    assert cookies[COOKIE]["httpOnly"]


def test_a_wrong_secret_is_said_to_be_wrong(door: Page) -> None:
    door.get_by_label("Mã bí mật").fill("this-is-not-the-secret")
    door.get_by_role("button", name="Mở bằng mã").click()
    expect(door.get_by_role("alert")).to_contain_text("Mã không đúng")
    expect(door.get_by_role("link")).to_have_count(0)


def test_half_a_secret_is_not_sent(door: Page, office: StubOffice) -> None:
    door.get_by_label("Mã bí mật").fill("short")
    door.get_by_role("button", name="Mở bằng mã").click()
    expect(door.get_by_role("alert")).to_contain_text("ít nhất 16 ký tự")
    assert "POST" not in office.session_calls


def test_signing_out_closes_the_pages(page: Page, office: StubOffice) -> None:
    page.goto(office.url)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mã bí mật")).to_be_visible()
    page.goto(f"{office.url}/board")
    expect(page.locator(".link-notice")).to_contain_text("Cần đăng nhập")


@pytest.mark.parametrize("elsewhere", ["//elsewhere.example/board", "https://elsewhere.example/"])
def test_a_way_back_leads_only_to_our_pages(door: Page, office: StubOffice, elsewhere: str) -> None:
    door.goto(f"{office.url}/?next={elsewhere}#key={SECRET}")
    expect(door.get_by_role("link", name="Bảng gọi số")).to_be_visible()
    assert door.url.startswith(office.url)


def test_a_person_enters_by_name_and_password(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    with signed_in(ward) as admin:
        body = {"role": "clerk", "counter": 2, "password": "chuon chuon bay thap"}
        admin.put("/admin/people/lan", json=body).raise_for_status()
    page = stranger.new_page()
    page.goto(ward.http_url)
    page.get_by_label("Tên đăng nhập").fill("Lan")
    page.get_by_label("Mật khẩu").fill("not the password")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên hoặc mật khẩu không đúng")
    page.get_by_label("Mật khẩu").fill("chuon chuon bay thap")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bàn làm việc của quầy").click()
    page.wait_for_url("**/counter/2")
    # The cookie works for a press of the page itself.
    page.get_by_role("button", name="Mở quầy").click()
    expect(page.locator(".bar .state")).to_contain_text("Đang mở")


def test_nothing_typed_is_not_sent(door: Page, office: StubOffice) -> None:
    door.get_by_role("button", name="Đăng nhập").click()
    expect(door.get_by_role("alert")).to_contain_text("Hãy nhập tên và mật khẩu")
    assert "POST" not in office.session_calls
