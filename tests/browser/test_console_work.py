"""The console beyond calls: other work, help, late-comers, declared papers, on the real server."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from queue_server.bootstrap import RunningOffice
from tests.browser.console_scene import counter, move, open_console, take

pytestmark = pytest.mark.browser


def test_the_work_is_switched_within_permission_in_two_presses(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    page = open_console(stranger, ward)
    page.keyboard.press("w")
    expect(page.locator("dialog .choices li")).to_have_count(3)
    expect(page.locator("dialog .choices li").nth(2)).to_contain_text("do quản trị đổi")
    page.keyboard.press("2")
    expect(page.locator(".work-now")).to_contain_text("Hỗ trợ đất đai")
    expect(page.locator(".work-now .letter")).to_have_text(["C", "B"])
    page.locator(".work-now").click()
    page.keyboard.press("3")
    expect(page.get_by_role("alert")).to_contain_text("không được phép")
    page.keyboard.press("1")
    expect(page.locator(".work-now .letter")).to_have_text(["B", "A", "L"])
    assert counter(ward)["profile"] is None


def test_help_is_asked_and_settled(stranger: BrowserContext, ward: RunningOffice) -> None:
    page = open_console(stranger, ward)
    page.keyboard.press("e")
    expect(page.locator(".bar .asked")).to_contain_text("Đã nhờ lúc")
    assert counter(ward)["help_since"] is not None
    page.locator(".bar .asked").click()
    expect(page.locator(".bar .asked")).to_have_count(0)
    assert counter(ward)["help_since"] is None


def test_a_late_comer_gets_the_old_place_back(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    number = take(ward)
    page = open_console(stranger, ward)
    move(ward, "call-next")
    move(ward, "no-show")
    page.get_by_role("tab", name="Vắng mặt").click()
    page.get_by_role("button", name=f"Về hàng chờ {number}").click()
    expect(page.locator(".notice")).to_contain_text(f"{number} đã về chỗ cũ")
    page.get_by_role("tab", name="Hàng chờ").click()
    expect(page.locator(".lists li .number")).to_have_text(number)


def test_missing_papers_are_open_before_the_clerks_eyes(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    take(ward, procedure="2.000884", papers=[0])
    page = open_console(stranger, ward)
    move(ward, "call-next")
    expect(page.locator(".declared")).to_have_text("khai có 1/2 giấy tờ")
    expect(page.locator(".papers .has")).to_contain_text("Giấy tờ sẽ ký")
    expect(page.locator(".papers .lacks")).to_contain_text("(khai chưa có)")
