"""The manager's board answers, advises, ticks, fits a phone, and says when it is cut off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import office_samples as samples
from tests.browser.stub_server import StubOffice

pytestmark = pytest.mark.browser


def test_the_first_line_answers_and_the_second_advises(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    expect(page.locator(".headline strong").first).to_have_text("14,3")
    expect(page.locator(".verdict")).to_have_text("Đạt mức 15 phút.")
    expect(page.locator(".next")).to_contain_text("Thêm quầy cho Chứng thực")
    office.show(samples.board(41, 16.2))
    expect(page.locator(".verdict")).to_have_text("Quá 15 phút, còn trong mức 30 phút.")
    office.show(samples.board(42, 30.5))
    expect(page.locator(".verdict")).to_have_text("Quá mức 30 phút.")


def test_each_state_has_a_shape_and_a_word(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    rows = page.locator("table.services tbody tr")
    expect(rows).to_have_count(6)
    for row, shape, word in ((0, "circle", "Đạt"), (1, "rect", "Quá 30"), (2, "path", "Quá 15")):
        cell = rows.nth(row).locator("td.oldest")
        expect(cell).to_contain_text(word)
        expect(cell.locator(f"svg {shape}").last).to_be_attached()


def test_a_counter_that_needs_help_says_so_in_words(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    expect(page.locator(".counters li.help")).to_have_count(1)
    expect(page.locator(".counters li.help .word")).to_have_text("Cần hỗ trợ")
    expect(page.locator(".counters li.help .since")).to_have_text("2 phút")
    expect(page.locator(".counters li.help .name")).to_have_text(re.compile(str(samples.HELP_AT)))


def test_the_oldest_wait_ticks_between_events(page: Page, office: StubOffice) -> None:
    page.clock.install()
    page.goto(f"{office.url}/board")
    oldest = page.locator("table.services tbody tr").first.locator(".oldest strong")
    expect(oldest).to_have_text(re.compile(r"^12:4\d$"))
    page.clock.run_for(20_000)
    expect(oldest).to_have_text(re.compile(r"^13:0\d$"))


def test_the_language_is_remembered(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".verdict")).to_have_text("Inside 15 minutes.")
    page.goto(f"{office.url}/board")
    expect(page.locator(".verdict")).to_have_text("Inside 15 minutes.")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("address", ["/board", "/board?lang=en", "/", "/t/k3v9x2", "/counter/3"])
def test_nothing_is_wider_than_a_phone(page: Page, office: StubOffice, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(office.url + address)
    expect(page.locator("main > *").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_each_fault_of_a_printer_says_what_staff_do(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    board = samples.board(seq=90)
    faults = ("cover_open", "offline", "silent", "jam")
    said = ("đóng nắp lại", "kiểm tra nguồn và cáp", "tắt rồi bật lại", "gỡ giấy kẹt")
    for number, (fault, words) in enumerate(zip(faults, said, strict=True)):
        ill = [
            device.model_copy(update={"paper": "ok", "printer": fault})
            if device.id == "kiosk-2"
            else device
            for device in board.devices
        ]
        office.show(board.model_copy(update={"devices": ill, "seq": board.seq + number}))
        expect(page.locator(".devices li", has_text="kiosk-2")).to_contain_text(words)


def test_what_a_device_says_is_wrong_stands_beside_its_name(page: Page, office: StubOffice) -> None:
    board = samples.board()
    ill = [
        device.model_copy(update={"detail": "Loa không phát: sảnh"})
        if device.id in {"announcer", "kiosk-1", "counter-2"}
        else device
        for device in board.devices
    ]
    office.show(board.model_copy(update={"devices": ill, "seq": board.seq + 1}))
    page.goto(f"{office.url}/board")
    strip = page.locator(".devices li")
    expect(strip.filter(has_text="announcer")).to_have_text("announcer Loa không phát: sảnh")
    expect(strip.filter(has_text="announcer")).to_have_class("warns")
    expect(strip.filter(has_text="kiosk-1")).to_contain_text("sắp hết giấy. Loa không phát: sảnh")
    expect(strip.filter(has_text="counter-2")).not_to_contain_text("Loa")


def test_the_wall_mode_has_larger_letters_and_no_controls(page: Page, office: StubOffice) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    office.show(samples.in_turn(samples.board(), 0))
    page.goto(f"{office.url}/board?wall=1")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "28px"
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080


def test_a_wall_shows_ten_services_and_seven_counters_at_once(
    page: Page, office: StubOffice
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    office.show(samples.in_turn(samples.large_board(10, 7), 0))
    page.goto(f"{office.url}/board?wall=1")
    expect(page.locator("table.services tbody tr")).to_have_count(10)
    expect(page.locator(".counters li")).to_have_count(7)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080


def test_a_wall_turns_the_pages_of_a_very_large_office(page: Page, office: StubOffice) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    large = samples.large_board(17, 25)
    seen: set[str] = set()
    counters: set[str] = set()
    for turn in range(6):
        # On the first second of each quarter of a minute, by the server's clock.
        at = samples.in_turn(large, turn)
        office.show(at.model_copy(update={"seq": 60 + turn}))
        if turn == 0:
            page.goto(f"{office.url}/board?wall=1")
        if turn % 3 == 2:
            expect(page.locator(".outlook .plot canvas")).to_be_visible()
        else:
            expect(page.locator("table.services .turn")).to_have_text(f"{turn % 3 + 1} / 2")
        assert page.evaluate("document.documentElement.scrollHeight") <= 1080
        seen |= set(page.locator("table.services .letter").all_inner_texts())
        counters |= set(page.locator(".counters .name").all_inner_texts())
    assert len(seen) == 17
    assert len(counters) == 25


def test_a_silent_stream_is_replaced_by_a_snapshot(page: Page, office: StubOffice) -> None:
    page.clock.install()
    page.goto(f"{office.url}/board")
    expect(page.locator(".verdict")).to_have_text("Đạt mức 15 phút.")
    office.hide(samples.board(43, 31.0))
    assert "/api/v1/board" not in office.asked
    page.clock.run_for(36_000)
    expect(page.locator(".verdict")).to_have_text("Quá mức 30 phút.")
    assert "/api/v1/board" in office.asked
    page.clock.run_for(3_000)
    expect(page.locator(".link-notice p")).to_have_count(0)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(
    stranger: BrowserContext, office: StubOffice
) -> None:
    page = stranger.new_page()
    page.goto(f"{office.url}/board?wall=1")
    page.get_by_role("link", name="Đăng nhập").click()
    page.get_by_label("Mã bí mật").fill("a-secret-of-sixteen-or-more")
    page.get_by_role("button", name="Mở bằng mã").click()
    expect(page).to_have_url(f"{office.url}/board?wall=1")
    expect(page.locator(".verdict")).to_be_visible()
