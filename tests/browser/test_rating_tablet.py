"""The tablet at a counter: who was just served rates, the next citizen finds nothing of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from tests.browser.manager_samples import tablet
from tests.browser.stub_server import StubOffice
from tests.fakes.offices import secret_of, signed_in

pytestmark = pytest.mark.browser


def test_five_faces_reasons_and_own_words_are_sent_and_thanked_for(
    page: Page, office: StubOffice
) -> None:
    page.goto(f"{office.url}/rate/3?lang=vi")
    expect(page.locator(".whose")).to_contain_text("Lượt của số A031 đã xong")
    expect(page.locator(".faces label")).to_have_count(5)
    page.get_by_role("radio", name="Kém", exact=True).check()
    page.get_by_role("checkbox", name="Thời gian chờ").check()
    page.get_by_label("Lời góp ý").fill("Chờ lâu quá")
    office.hide(tablet(None, 41))
    with page.expect_request("**/counters/3/rating") as sent:
        page.get_by_role("button", name="Gửi đánh giá").click()
    assert sent.value.post_data_json == {
        "score": 2,
        "reasons": ["waiting"],
        "comment": "Chờ lâu quá",
        "number": "A031",
    }


def test_who_is_half_way_is_not_cut_off_by_the_next_one(page: Page, office: StubOffice) -> None:
    page.clock.install()
    page.goto(f"{office.url}/rate/3")
    page.get_by_role("radio", name="Rất tốt", exact=True).check()
    office.show(tablet("B007", 41))
    expect(page.locator(".whose")).to_contain_text("A031")
    page.clock.run_for(62_000)
    expect(page.locator(".whose")).to_contain_text("B007")
    expect(page.locator(".faces :checked")).to_have_count(0)


def test_between_citizens_it_rests(page: Page, office: StubOffice) -> None:
    office.show(tablet(None, 41))
    page.goto(f"{office.url}/rate/3")
    expect(page.locator(".rest")).to_have_text("Xong việc, ông/bà có thể đánh giá tại đây.")


def test_a_low_score_reaches_the_manager_at_once(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    with signed_in(ward) as admin:
        admin.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "t"})
        for move in ("call-next", "start"):
            admin.post(f"/counters/1/{move}").raise_for_status()
        here, board = stranger.new_page(), stranger.new_page()
        here.goto(f"{ward.http_url}/?next=/rate/1#key={secret_of(ward, 'counter-1')}")
        here.wait_for_url("**/rate/1")
        expect(here.locator(".rest")).to_be_visible()
        admin.post("/counters/1/finish").raise_for_status()
    expect(here.locator(".faces")).to_be_visible()
    here.get_by_role("radio", name="Rất kém", exact=True).check()
    here.get_by_role("checkbox", name="Giấy tờ phải nộp").check()
    here.get_by_label("Lời góp ý").fill("Gọi tôi số 0912345678")
    here.get_by_role("button", name="Gửi đánh giá").click()
    expect(here.locator(".trouble")).to_be_visible()
    here.get_by_label("Lời góp ý").fill("Phải quay lại ba lần")
    here.get_by_role("button", name="Gửi đánh giá").click()
    expect(here.locator(".thanks")).to_be_visible()
    board.goto(f"{ward.http_url}/?next=/board#key={secret_of(ward, 'board-1')}")
    low = board.locator(".alerts li.low_rating")
    expect(low).to_contain_text("1/5")
    expect(low).to_contain_text("Phải quay lại ba lần")
    expect(board.locator(".satisfaction dd").first).to_contain_text("n = 1; 100 %")
