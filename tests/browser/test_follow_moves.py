"""A cheap phone on a real office: rings when called, is late, gives up, rates; axe at each step."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from queue_server.web import DIST
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
# What a phone would do is noted: no machine here shakes or has a loudspeaker.
LISTEN = """
  window.shaken = 0; window.notes = 0;
  navigator.vibrate = () => { window.shaken += 1; return true; };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    window.notes += 1;
    return start.call(this, at);
  };
"""


@pytest.fixture(scope="module")
def open_ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward")) as found:
        yield found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.add_init_script(LISTEN)
    yield page
    context.close()


def take(ward: RunningOffice, key: str, service: str, **more: str) -> dict[str, str]:
    with signed_in(ward, "kiosk-1") as kiosk:
        headers = {"Idempotency-Key": key}
        answer = kiosk.post("/tickets", json={"service": service, **more}, headers=headers)
    taken: dict[str, str] = answer.raise_for_status().json()
    return taken


def at_counter(ward: RunningOffice, counter: int, *moves: str) -> None:
    with signed_in(ward) as admin:
        for move in moves:
            admin.post(f"/counters/{counter}/{move}").raise_for_status()


def no_violations(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_rings_and_shakes_when_called_until_somebody_hears_it(
    phone: Page, open_ward: RunningOffice
) -> None:
    taken = take(open_ward, "ring", "KD")
    phone.goto(taken["follow_url"])
    # The formula, or the model as soon as it is loaded.
    basis = re.compile(r"^Tính (theo số người chờ và số quầy đang mở|bằng mô hình dự báo)\.$")
    expect(phone.locator(".basis")).to_have_text(basis)
    no_violations(phone)
    phone.get_by_role("button", name="Bật chuông và rung khi đến lượt").tap()
    expect(phone.locator(".armed")).to_be_visible()
    assert phone.evaluate("[shaken, notes]") == [1, 4], "the trial that the citizen hears"
    at_counter(open_ward, 2, "open", "call-next")
    expect(phone.locator(".go")).to_contain_text("Quầy 2")
    phone.wait_for_function("notes >= 8 && shaken >= 2")
    no_violations(phone)
    no_sideways_scrolling(phone)
    phone.get_by_role("button", name="Tôi nghe rồi, tắt chuông").tap()
    expect(phone.get_by_role("button", name="Tôi nghe rồi, tắt chuông")).to_have_count(0)
    before = phone.evaluate("notes")
    at_counter(open_ward, 2, "recall")
    phone.wait_for_function("before => notes > before", arg=before)


def test_the_visit_is_rated_once(phone: Page, open_ward: RunningOffice) -> None:
    taken = take(open_ward, "rate", "DD")
    phone.goto(taken["follow_url"])
    expect(phone.locator(".ahead")).to_be_visible()
    expect(phone.locator(".faces")).to_have_count(0)
    at_counter(open_ward, 4, "open", "call-next", "start", "finish")
    expect(phone.locator(".faces label")).to_have_count(5)
    no_violations(phone)
    phone.get_by_role("radio", name="Tốt", exact=True).check()
    phone.get_by_role("checkbox", name="Hướng dẫn").check()
    no_violations(phone)
    no_sideways_scrolling(phone)
    phone.get_by_role("button", name="Gửi đánh giá").tap()
    expect(phone.locator(".thanks")).to_contain_text("Cảm ơn")
    expect(phone.locator(".faces")).to_have_count(0)
    phone.reload()
    expect(phone.locator(".thanks")).to_contain_text("Cảm ơn")
    with signed_in(open_ward) as admin:
        day = admin.get("/ratings").json()
    assert (day["rated"], day["by_score"], day["reasons"]) == (1, [0, 0, 0, 1, 0], {"explained": 1})
    code = taken["follow_url"].rpartition("/")[2]
    again = httpx.post(
        f"{open_ward.http_url}/api/v1/follow/{code}/rating", json={"score": 1, "reasons": []}
    )
    assert again.status_code == 409


def test_who_is_late_moves_back_and_who_gives_up_is_out(
    phone: Page, open_ward: RunningOffice
) -> None:
    mine = take(open_ward, "late", "LD")
    take(open_ward, "behind", "LD")
    phone.goto(mine["follow_url"])
    expect(phone.locator(".ahead")).to_have_text("Sắp đến lượt ông/bà")
    phone.get_by_role("button", name="Tôi đến muộn").tap()
    expect(phone.get_by_role("heading", name="Ông/bà đến muộn bao lâu?")).to_be_visible()
    no_violations(phone)
    phone.get_by_role("button", name="10 phút").tap()
    expect(phone.locator(".ahead")).to_have_text("Còn 1 người phía trước")
    phone.get_by_role("button", name="Tôi đến muộn").tap()
    expect(phone.locator(".question")).to_contain_text("tối đa 20 phút")
    expect(phone.get_by_role("button", name="30 phút")).to_have_count(0)
    phone.get_by_role("button", name="Quay lại").tap()
    phone.get_by_role("button", name="Hủy số").tap()
    no_violations(phone)
    no_sideways_scrolling(phone)
    phone.locator("button.danger").tap()
    expect(phone.locator(".sentence")).to_have_text("Số này đã hủy.")
    expect(phone.locator(".choices")).to_have_count(0)


def test_without_a_network_it_says_so_and_comes_back(phone: Page, open_ward: RunningOffice) -> None:
    taken = take(open_ward, "net", "HT")
    phone.goto(taken["follow_url"])
    expect(phone.locator(".number")).to_have_text(taken["number"])
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Hủy số").tap()
    phone.locator("button.danger").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Chưa tới được máy chủ")
    expect(phone.locator(".number")).to_have_text(taken["number"])
    phone.context.set_offline(False)
    phone.locator("button.danger").tap()
    expect(phone.locator(".sentence")).to_have_text("Số này đã hủy.")


def loaded_with(entry: str) -> set[Path]:
    """A script of the bundle and all that it imports before it runs."""
    found, left = set(), [DIST / "assets" / entry]
    while left:
        script = left.pop()
        found.add(script)
        names = re.findall(r'(?:from|import)"\./(part-\w+\.js)"', script.read_text("utf-8"))
        left += [p for name in names if (p := DIST / "assets" / name) not in found]
    assert len(found) > 1
    return found


def test_the_page_is_small_and_readable_before_its_font_has_come() -> None:
    script = loaded_with("follow.js")
    assert sum(len(gzip.compress(file.read_bytes())) for file in script) < 40_000
    assert "font-display: swap" in (DIST / "assets" / "theme.css").read_text(encoding="utf-8")


def test_a_reader_of_khmer_follows_the_number_to_its_rating(
    phone: Page, open_ward: RunningOffice
) -> None:
    """Each step in Khmer, in which the number was taken, the name of the service, too."""
    taken = take(open_ward, "khmer", "CT", language="km")
    phone.goto(taken["follow_url"])
    expect(phone.locator("html")).to_have_attribute("lang", "km")
    expect(phone.locator(".ahead")).to_have_text("ជិតដល់វេនលោកអ្នកហើយ")
    expect(phone.locator(".service")).to_have_text("បញ្ជាក់ឯកសារ")
    no_violations(phone)
    no_sideways_scrolling(phone)
    phone.get_by_role("button", name="ខ្ញុំមកយឺត").tap()
    expect(phone.locator(".question")).to_contain_text("30 នាទី")
    no_violations(phone)
    phone.get_by_role("button", name="ត្រឡប់").tap()
    at_counter(open_ward, 1, "open", "call-next")
    expect(phone.locator(".go")).to_contain_text("សូមលោកអ្នកទៅ")
    no_violations(phone)
    at_counter(open_ward, 1, "start", "finish")
    expect(phone.get_by_role("radio", name="ល្អ", exact=True)).to_be_visible()
    phone.reload()
    expect(phone.locator("legend").first).to_have_text("ថ្ងៃនេះ តើការបម្រើយ៉ាងណា?")
    phone.get_by_role("button", name="Tiếng Việt").tap()
    expect(phone.locator("legend").first).to_contain_text("hôm nay được phục vụ thế nào")


def test_the_page_speaks_as_the_kiosk_did_until_another_language_is_chosen(
    phone: Page, open_ward: RunningOffice
) -> None:
    in_english = take(open_ward, "in-english", "TP", language="en")
    phone.goto(in_english["follow_url"])
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_role("button", name="Cancel my number")).to_be_visible()
    phone.get_by_role("button", name="ខ្មែរ").tap()
    expect(phone.get_by_role("button", name="បោះបង់លេខ")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("button", name="បោះបង់លេខ")).to_be_visible()
    assert phone.locator("html").get_attribute("lang") == "km"
