"""The clerk's console as a page: large targets, axe, paper, a restart, other counters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.web.bundle import WEB
from tests.browser.console_scene import button, counter, move, open_console, take
from tests.fakes.offices import new_ward, running, secret_of

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")


def test_what_cannot_be_done_is_dimmed_and_says_so(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    page = open_console(stranger, ward)
    for name in ("Bắt đầu", "Xong", "Gọi lại", "Vắng mặt", "Tạm giữ", "Chuyển", "Hoàn tác"):
        expect(button(page, name).first).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("f")
    expect(page.locator(".notice.fault")).to_have_text("Thao tác này không dùng được lúc này.")
    page.keyboard.press("n")
    expect(page.locator(".notice")).to_have_text("Không có ai đang chờ quầy này.")


def test_the_slip_is_shown_again_and_alone_on_paper(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    number = take(ward)
    page = open_console(stranger, ward)
    page.keyboard.press("i")
    page.get_by_label("Số phiếu").fill("Z999")
    page.get_by_role("button", name="Hiện số và mã").click()
    expect(page.get_by_role("alert")).to_contain_text("Không thấy số này")
    page.get_by_label("Số phiếu").fill(number.lower())
    page.keyboard.press("Enter")
    slip = page.locator(".paper-slip")
    expect(slip.locator(".number")).to_have_text(number)
    expect(slip.locator("path")).to_have_attribute("d", re.compile("^M4 4h7"))
    page.emulate_media(media="print")
    expect(slip).to_be_visible()
    for hidden in (".bar", "main", "dialog .print"):
        expect(page.locator(hidden)).to_be_hidden()


def test_a_restart_is_survived_and_a_lost_press_is_said(
    stranger: BrowserContext, tmp_path: Path
) -> None:
    folder = new_ward(tmp_path / "ward")
    with running(folder) as ward:
        address = ward.http_url.removeprefix("http://")
        number = take(ward)
        page = open_console(stranger, ward)
        expect(page.locator(".lists li .number")).to_have_text(number)
    page.keyboard.press("n")
    expect(page.locator(".notice.fault")).to_contain_text("Máy chủ không trả lời", timeout=15_000)
    expect(page.locator(".link-notice p")).to_contain_text("Mất kết nối")
    with RunningOffice(settle(folder, address, "embedded"), None) as ward:
        expect(page.locator(".link-notice p")).to_have_count(0, timeout=30_000)
        assert counter(ward)["citizen"] is None, "a press that was given up does not come later"
        page.keyboard.press("n")
        expect(page.locator(".citizen .number")).to_have_text(number)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_every_target_is_large_and_nothing_needs_scrolling(
    stranger: BrowserContext, ward: RunningOffice, size: tuple[int, int]
) -> None:
    take(ward, procedure="2.000815")
    page = open_console(stranger, ward)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    for one in page.locator(".actions button, .lists button").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= size[1]


@pytest.mark.parametrize("key", ["k", "t", "p", "g", "i", "w", "Phím tắt"])
def test_axe_finds_nothing_in_the_dialogs(
    stranger: BrowserContext, ward: RunningOffice, key: str
) -> None:
    take(ward)
    page = open_console(stranger, ward)
    move(ward, "call-next")
    move(ward, "start")
    expect(page.locator(".citizen .verdict")).to_contain_text("Đang phục vụ")
    if len(key) == 1:
        page.keyboard.press(key)
    else:
        page.get_by_role("button", name=key).click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_single_letters_can_be_switched_off(stranger: BrowserContext, ward: RunningOffice) -> None:
    take(ward)
    page = open_console(stranger, ward)
    page.get_by_role("button", name="Phím tắt").click()
    page.get_by_label("Dùng phím tắt một chữ").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.get_by_role("tab", name="Lịch hẹn").click()
    expect(page.locator(".lists")).to_contain_text("Hôm nay không còn lịch hẹn nào.")
    assert counter(ward)["citizen"] is None


def test_the_console_of_another_counter_stays_closed(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    page = stranger.new_page()
    page.goto(f"{ward.http_url}/#key={secret_of(ward, 'counter-2')}")
    page.get_by_role("link", name="Bàn làm việc của quầy").click()
    page.wait_for_url("**/counter/2")
    expect(page.locator(".citizen .free")).to_have_text("Đóng")
    page.goto(f"{ward.http_url}/counter/1")
    expect(page.locator(".link-notice p")).to_contain_text("không được xem trang này")
    page.goto(f"{ward.http_url}/counter/99")
    expect(page.locator(".citizen")).to_have_count(0)
