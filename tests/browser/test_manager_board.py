"""Alerts with one press, three numbers of satisfaction, the day's course; the clerk's answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from queue_server.web.bundle import WEB
from tests.browser import console_samples, manager_samples
from tests.browser import office_samples as samples
from tests.browser.stub_server import StubOffice

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")


def test_an_alert_is_acted_on_with_one_press(page: Page, office: StubOffice) -> None:
    office.fixed["counters/5/ask"] = {}
    page.goto(f"{office.url}/board")
    row = page.locator(".alerts li.passed")
    expect(row).to_contain_text("Chứng thực đã quá 30 phút")
    row.get_by_role("button", name="Đề nghị Quầy 5 mở").click()
    expect(page.locator(".alerts .notice")).to_contain_text("Đã gửi đề nghị đến Quầy 5")
    assert office.posted == [("counters/5/ask", {"service": "b"})]


def test_what_will_happen_has_a_time_and_the_advice_stands_beside_it(
    page: Page, office: StubOffice
) -> None:
    page.goto(f"{office.url}/board")
    expect(page.locator(".alerts li.will_pass")).to_have_text(
        re.compile(r"Đất đai sẽ quá 30 phút lúc \d\d:\d\d")
    )
    expect(page.locator(".alerts li.advice")).to_contain_text(
        "27 → 13 phút, khả năng đạt mục tiêu 88 %"
    )
    expect(page.locator(".alerts li.low_rating")).to_contain_text("Phải quay lại hai lần")


def test_satisfaction_is_three_numbers_and_no_camera_is_said(
    page: Page, office: StubOffice
) -> None:
    page.goto(f"{office.url}/board?lang=en")
    figures = page.locator(".satisfaction dd")
    expect(figures.nth(0)).to_contain_text("91 %")
    expect(figures.nth(0)).to_contain_text("n = 46; 39 % of 117")
    expect(figures.nth(1)).to_contain_text("6.0 of 6")
    expect(figures.nth(2)).to_contain_text("no camera")


def test_the_course_is_drawn_said_in_words_and_has_its_figures_in_a_table(
    page: Page, office: StubOffice
) -> None:
    page.goto(f"{office.url}/board")
    expect(page.locator(".plot canvas")).to_be_visible()
    expect(page.locator(".plot")).to_have_attribute(
        "aria-label", re.compile("109 người đến; nhiều nhất 14 người")
    )
    page.get_by_text("Xem bảng số liệu").click()
    expect(page.locator(".course tbody tr")).to_have_count(16)
    expect(page.locator(".course tbody tr").nth(1)).to_contain_text("3,1")


def test_a_counter_shows_what_it_was_asked_and_answered(page: Page, office: StubOffice) -> None:
    page.goto(f"{office.url}/board")
    card = page.locator(".counters li", has_text="Quầy 6")
    expect(card.locator(".word")).to_have_text(re.compile(r"Chưa mở được \d\d:\d\d"))
    expect(page.locator(".counters h2")).to_contain_text("4 mở, 1 tạm nghỉ, 1 đóng")


def test_the_clerk_sees_the_managers_question_and_says_no(page: Page, office: StubOffice) -> None:
    office.fixed["counters/3/decline"] = {}
    asked = console_samples.free().model_copy(
        update={"asked_for": "b", "asked_at": samples.now(), "state": "paused"}
    )
    office.show(asked)
    page.goto(f"{office.url}/counter/3")
    expect(page.locator(".manager-asks")).to_contain_text("Lãnh đạo đề nghị mở quầy")
    page.get_by_role("button", name="Chưa mở được").click()
    expect(page.locator(".notice")).to_contain_text("Đã báo lãnh đạo")
    assert office.posted[0][0] == "counters/3/decline"


def test_filings_of_today_are_a_funnel_with_where_people_left_off(
    page: Page, office: StubOffice, tmp_path: Path
) -> None:
    page.goto(f"{office.url}/board")
    expect(page.locator(".alerts")).to_be_visible()
    expect(page.locator(".filings")).to_have_count(0)
    office.show(samples.board(seq=60).model_copy(update={"filings": manager_samples.filings()}))
    strip = page.locator(".filings")
    expect(strip).to_contain_text("20 hồ sơ bắt đầu, 14 đã nộp (70 %), 12 không cần hỗ trợ")
    stages = strip.locator(".funnel").first.locator("li")
    expect(stages).to_have_count(4)
    expect(stages.nth(0)).to_contain_text("3 dừng ở đây")
    expect(stages.nth(2)).to_contain_text("15 75 %")
    expect(stages.nth(2)).to_contain_text("2,2 phút")
    page.get_by_text("Từng thủ tục").click()
    expect(strip.get_by_role("heading", name="Xác nhận tình trạng hôn nhân")).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.filings').then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    page.screenshot(path=tmp_path / "board-filings.png", full_page=True)
