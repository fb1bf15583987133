"""The moves of the clerk's console on the real server: keys, mouse, two windows, refusals."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from queue_server.bootstrap import RunningOffice
from tests.browser.console_scene import button, counter, move, open_console, take, ticket_id
from tests.fakes.offices import signed_in

pytestmark = pytest.mark.browser


def test_a_whole_visit_by_keyboard_alone(stranger: BrowserContext, ward: RunningOffice) -> None:
    number = take(ward, priority="age_80", procedure="2.000815")
    page = open_console(stranger, ward)
    expect(page.locator(".lists li .number")).to_have_text(number)
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_have_text(number)
    expect(page.locator(".citizen")).to_contain_text("Từ 80 tuổi")
    expect(page.locator(".why")).to_contain_text(f"{number} được gọi")
    page.keyboard.press("r")
    expect(page.locator(".notice")).to_have_text(f"Đã gọi lại {number}.")
    page.keyboard.press("s")
    expect(page.locator(".citizen .verdict")).to_contain_text("Đang phục vụ")
    page.keyboard.press("p")
    page.keyboard.type("khai sinh")
    expect(page.locator(".choices li").first).to_contain_text("khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator(".procedures > li")).to_have_count(2)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.type("Thiếu bản chính, hẹn chiều nay")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notes")).to_contain_text("Thiếu bản chính")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("k")
    expect(page.locator("dialog .choices button").first).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator(".citizen .free")).to_have_text("Sẵn sàng")
    view = counter(ward)
    assert view["citizen"] is None
    with signed_in(ward) as admin:
        ticket = admin.get(f"/tickets/{ticket_id(ward, number)}").json()
    assert (ticket["outcome"], len(ticket["procedures"])) == ("MISSING_PAPERS", 2)


def test_one_press_finishes_and_calls_the_next(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    first, second = take(ward), take(ward)
    page = open_console(stranger, ward)
    button(page, "Gọi tiếp").click()
    expect(page.locator(".citizen .number")).to_have_text(first)
    button(page, "Bắt đầu").click()
    button(page, "Xong, gọi tiếp").click()
    expect(page.locator(".citizen .number")).to_have_text(second)
    expect(page.locator(".lists")).to_contain_text("Không có ai đang chờ.")


def test_a_double_click_is_one_move(stranger: BrowserContext, ward: RunningOffice) -> None:
    first, second = take(ward), take(ward)
    page = open_console(stranger, ward)
    button(page, "Gọi tiếp").dblclick()
    expect(page.locator(".citizen .number")).to_have_text(first)
    expect(page.locator(".lists li .number")).to_have_text(second)
    move(ward, "start")
    expect(button(page, "Xong, gọi tiếp")).to_be_visible()
    button(page, "Xong, gọi tiếp").dblclick()
    expect(page.locator(".citizen .number")).to_have_text(second)
    assert counter(ward)["citizen"]["ticket"]["state"] == "called"


def test_two_windows_of_one_counter_do_not_fight(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    first = take(ward)
    take(ward)
    one = open_console(stranger, ward)
    # The second window's news stand still: it goes on showing what was before.
    two = stranger.new_page()
    old = f"event: console\nid: 1\ndata: {json.dumps(counter(ward))}\n\n"
    two.route(
        "**/counters/1/stream",
        lambda route: route.fulfill(body=old, content_type="text/event-stream"),
    )
    two.goto(one.url)
    expect(two.locator(".lists li")).to_have_count(2)
    one.keyboard.press("n")
    expect(one.locator(".citizen .number")).to_have_text(first)
    two.unroute_all()
    button(two, "Gọi tiếp").click()
    expect(two.locator(".notice.fault")).to_contain_text("vừa được thao tác ở nơi khác")
    expect(two.locator(".citizen .number")).to_have_text(first)
    assert counter(ward)["line"]["total"] == 1
    # With its news back it sees what the first does.
    two.reload()
    expect(two.locator(".citizen .number")).to_have_text(first)
    one.keyboard.press("s")
    expect(two.locator(".citizen .verdict")).to_contain_text("Đang phục vụ")


def test_undo_counts_down_and_takes_back(stranger: BrowserContext, ward: RunningOffice) -> None:
    number = take(ward)
    page = open_console(stranger, ward)
    page.keyboard.press("n")
    expect(button(page, "Hoàn tác")).to_contain_text(re.compile(r"\(\d+ giây\)"))
    page.keyboard.press("z")
    expect(page.locator(".lists li .number")).to_have_text(number)
    expect(page.locator(".citizen .free")).to_be_visible()


def test_hold_resume_no_show_and_call_back_from_the_lists(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    first, second = take(ward), take(ward)
    page = open_console(stranger, ward)
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_have_text(first)
    # Faster than the server answers: the second key waits for the first.
    page.keyboard.press("s")
    page.keyboard.press("h")
    expect(page.locator(".notice")).to_have_text(f"Đang giữ {first}.")
    page.get_by_role("tab", name="Tạm giữ").click()
    expect(page.locator(".lists li .number")).to_have_text(first)
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_have_text(second)
    page.keyboard.press("v")
    page.get_by_role("button", name=f"Tiếp tục {first}").click()
    expect(page.locator(".citizen .number")).to_have_text(first)
    page.keyboard.press("f")
    page.get_by_role("tab", name="Vắng mặt").click()
    page.get_by_role("button", name=f"Gọi {second}").click()
    expect(page.locator(".citizen .number")).to_have_text(second)
    expect(page.locator(".why")).to_contain_text("gọi đích danh")


def test_transfer_by_the_digit_of_the_counter(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    number = take(ward)
    page = open_console(stranger, ward)
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_have_text(number)
    page.keyboard.press("t")
    page.keyboard.press("3")
    expect(page.locator(".notice")).to_have_text(f"Đã chuyển {number}.")
    with ward.live.look() as day:
        assert day.labelled(number).to_counter == 3


def test_a_personal_note_is_refused_kindly_and_can_be_mended(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    take(ward)
    page = open_console(stranger, ward)
    page.keyboard.press("n")
    expect(page.locator(".citizen .number")).to_be_visible()
    page.keyboard.press("g")
    page.get_by_label("Nội dung").fill("gọi lại 0912 345 678")
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_role("alert")).to_contain_text("hãy bỏ số định danh, số điện thoại")
    expect(page.get_by_label("Nội dung")).to_have_value("gọi lại 0912 345 678")
    page.get_by_label("Nội dung").fill("gọi lại buổi chiều")
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.locator(".notes")).to_contain_text("gọi lại buổi chiều")


def test_a_press_whose_answer_is_lost_is_made_once(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    first, second = take(ward), take(ward)
    page = open_console(stranger, ward)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().text())
            route.abort()

    page.route("**/call-next", lose_the_first_answer)
    page.keyboard.press("n")
    expect(page.locator(".notice")).to_have_text(f"Đã gọi {first}.")
    assert first in lost[0]
    expect(page.locator(".lists li .number")).to_have_text(second)
