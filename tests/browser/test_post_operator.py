"""A post operator's day: in by name, a number for somebody, its slip, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import signed_in

pytestmark = pytest.mark.browser

PASSWORD = "chuon chuon bay thap"


def test_a_number_is_taken_for_somebody_its_slip_shown_and_its_way_followed(
    browser: Browser, ward: RunningOffice, picture: Callable[[str], Path]
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    with signed_in(ward) as admin, signed_in(ward, "kiosk-1") as kiosk:
        body = {"role": "post_operator", "password": PASSWORD}
        admin.put("/admin/people/buuta", json=body).raise_for_status()
        theirs = kiosk.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "1"})
        page = context.new_page()
        page.goto(ward.http_url)
        page.get_by_label("Tên đăng nhập").fill("buuta")
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").first.click()
        doors = page.locator(".doors strong")
        expect(doors).to_have_text(["Lấy số giúp người dân", "Đặt lịch hẹn"])
        page.get_by_role("link", name="Lấy số giúp người dân").click()

        expect(page.get_by_text("Hôm nay chưa lấy số nào.")).to_be_visible()
        page.locator(".choose select").select_option("age_60")
        page.get_by_role("searchbox").fill("chung thuc ban sao")
        page.locator(".offers button").first.click()
        number = page.locator(".given .number")
        expect(number).to_be_visible()
        label = number.inner_text()
        assert label != theirs.json()["number"]
        expect(page.locator(".given")).to_contain_text("0 người phía trước")
        row = page.locator(".taken li")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(f"{label}")
        expect(row).to_contain_text("đang chờ")
        page.get_by_role("button", name="Phiếu và mã QR").click()
        expect(page.locator(".paper-slip")).to_contain_text(label)
        expect(page.locator(".paper-slip svg path")).to_be_attached()
        page.screenshot(path=picture("web-post"))
        with context.expect_page() as opened:
            row.get_by_role("link", name="Theo dõi").click()
        expect(opened.value.get_by_text(label).first).to_be_visible()

        for address in ("/board", "/reports", "/staff", "/users"):
            page.goto(ward.http_url + address)
            expect(page.locator(".link-notice")).to_contain_text("không được xem trang này")
        (mine,) = [one for one in admin.get("/board").json()["services"] if one["id"] == "CT"]
        assert mine["waiting"] == 2
    context.close()
