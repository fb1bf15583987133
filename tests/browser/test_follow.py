"""The page of a slip says how many people are before, and where to go when it is time."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import office_samples as samples
from tests.browser.stub_server import FOLLOW_CODE, StubOffice

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(stranger: BrowserContext) -> Page:
    page = stranger.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def test_the_number_counts_down_to_the_call(phone: Page, office: StubOffice) -> None:
    phone.goto(f"{office.url}/t/{FOLLOW_CODE}")
    expect(phone.locator(".number")).to_have_text("A032")
    expect(phone.locator(".ahead")).to_have_text("Còn 4 người phía trước")
    expect(phone.locator(".sentence")).to_have_text("Chờ khoảng 20 phút, thường không quá 35 phút.")
    office.show(samples.follow(41, ahead=0))
    expect(phone.locator(".ahead")).to_have_text("Sắp đến lượt ông/bà")
    office.show(samples.follow(42, "called"))
    expect(phone.locator(".go")).to_contain_text("Quầy 3")
    expect(phone).to_have_title("A032 → Quầy 3")


@pytest.mark.parametrize(
    ("state", "words"),
    [("finished", "Cảm ơn"), ("no_show", "quầy hướng dẫn"), ("expired", "lấy số mới")],
)
def test_every_end_is_said_in_words(
    phone: Page, office: StubOffice, state: str, words: str
) -> None:
    office.show(samples.follow(41, state))
    phone.goto(f"{office.url}/t/{FOLLOW_CODE}")
    expect(phone.locator(".sentence")).to_contain_text(words)


def test_an_unknown_code_shows_nobody_elses_number(phone: Page, office: StubOffice) -> None:
    phone.goto(f"{office.url}/t/somebody-guessed")
    expect(phone.get_by_role("heading")).to_contain_text("Không tìm thấy số này")
    expect(phone.locator(".number")).to_have_count(0)
