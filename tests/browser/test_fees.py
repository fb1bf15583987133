"""Fees at the console: payment code, cash, and a statement looked at before it is booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.browser.test_dossiers import checked, file
from tests.fakes.offices import running, secret_of

pytestmark = pytest.mark.browser

WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
COPY = "2.000635"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), SetClock(WEDNESDAY)) as found:
        yield found


def sheet(*lines: str) -> FilePayload:
    text = "\n".join(("transaction,at,amount_vnd,content", *lines))
    return FilePayload(name="sao-ke.csv", mimeType="text/csv", buffer=text.encode())


def test_a_fee_is_taken_in_cash_and_by_statement(
    browser: Browser, ward: RunningOffice, picture: Callable[[str], Path]
) -> None:
    made, other = file(ward, COPY), file(ward, COPY)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/dossiers#key={secret_of(ward, 'admin')}")
    page.locator(".row", has_text=made["code"]).click()
    expect(page.get_by_text("Chưa nộp").first).to_be_visible()
    expect(page.locator(".fee-code svg")).to_be_visible()
    expect(page.get_by_text("Ngân hàng mô phỏng")).to_be_visible()
    checked(page)
    page.screenshot(path=picture("web-dossier-fee"), full_page=True)
    page.get_by_role("button", name="Thu tiền mặt").click()
    page.get_by_label("Số biên lai").fill("BL-0001")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_text("Đã nộp đủ")).to_be_visible()
    expect(page.locator(".fee-code")).to_have_count(0)
    page.get_by_role("button", name="Số liệu").click()
    chooser = page.locator("input[type=file]").first
    chooser.set_input_files(sheet("B1,2026-11-25,none,x"))
    expect(page.get_by_text("2, amount_vnd")).to_be_visible()
    fee = other["fee_vnd"]
    line = f"B1,2026-11-25T09:00,{fee},le phi {other['code']}"
    chooser.set_input_files(sheet(line, "B2,2026-11-25,5000,tien nuoc"))
    expect(page.get_by_text("Sẽ ghi 1 trong 2 dòng")).to_be_visible()
    expect(page.get_by_text("không rõ hồ sơ nào")).to_be_visible()
    checked(page)
    page.screenshot(path=picture("web-fee-statement"), full_page=True)
    page.get_by_role("button", name="Ghi sổ").click()
    expect(page.get_by_text("Đã ghi 1 trong 2 dòng")).to_be_visible()
    page.get_by_role("button", name="Danh sách").click()
    page.locator(".row", has_text=other["code"]).click()
    expect(page.get_by_text("Đã nộp đủ")).to_be_visible()
    context.close()
