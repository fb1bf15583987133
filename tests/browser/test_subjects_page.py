"""One person's data on the real server: looked for, handed out, erased after a second yes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, secret_of, signed_in
from tests.integration.server.test_dossiers_over_http import WEDNESDAY
from tests.integration.server.test_subjects import CARD, comes, sought

pytestmark = pytest.mark.browser


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward", SetClock(WEDNESDAY)) as office:
        yield office


def opened(context: BrowserContext, ward: RunningOffice) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.goto(f"{ward.http_url}/?next=/subjects#key={secret_of(ward, 'admin')}")
    page.wait_for_url("**/subjects")
    return page


def test_a_person_is_shown_given_a_copy_and_forgotten(
    stranger: BrowserContext, ward: RunningOffice, tmp_path: Path
) -> None:
    with signed_in(ward, "kiosk-1") as kiosk:
        mine = comes(kiosk, PERSON)
    page = opened(stranger, ward)
    page.get_by_label("12 chữ số trên thẻ").fill(CARD)
    page.get_by_label("Lý do, ví dụ số công văn").fill("Công văn 12")
    page.get_by_role("button", name="Tìm", exact=True).click()
    rows = page.locator(".held li")
    expect(rows).to_have_count(3)
    expect(page.get_by_text(mine["appointment"])).to_be_visible()
    expect(page.get_by_text("Không xóa được:").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / "subjects-held.png")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / "subjects-phone.png", full_page=True)
    page.set_viewport_size({"width": 1200, "height": 1000})
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải bản sao cho người này").click()
    coming.value.save_as(tmp_path / "export.zip")
    assert CARD in zipfile.ZipFile(tmp_path / "export.zip").read("export.json").decode()
    expect(page.get_by_text("Đã tải export.zip")).to_be_visible()

    page.get_by_role("button", name="Xóa 1 mục…").click()
    page.get_by_role("button", name="Thôi, giữ lại").click()
    page.get_by_role("button", name="Xóa 1 mục…").click()
    page.screenshot(path=tmp_path / "subjects-sure.png")
    page.get_by_role("button", name="Xóa hẳn", exact=True).click()
    gone = page.locator("section[aria-labelledby=s-erased] li strong")
    expect(gone).to_have_text([mine["appointment"]])
    expect(page.locator("section[aria-labelledby=s-kept] li")).to_have_count(2)
    page.screenshot(path=tmp_path / "subjects-erased.png")
    page.get_by_role("button", name="Xóa khỏi màn hình").click()
    expect(rows).to_have_count(0)
    expect(page.get_by_label("12 chữ số trên thẻ")).to_have_value("")
    assert [what for _, what, _ in sought(ward)][::-1] == ["look", "export", "erase"]


def test_a_piece_of_a_number_is_refused_in_words(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    page = opened(stranger, ward)
    page.get_by_label("12 chữ số trên thẻ").fill("0011900")
    page.get_by_label("Lý do, ví dụ số công văn").fill("Công văn 12")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("12 digits")
    assert sought(ward) == []
