"""The rules page on a real office: edit, try on the last day, look at the figures, then save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import Policy, PriorityUse, ProfileEntry
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.past_morning import MORNING, a_day_passes

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
TRY, SAVE = "Chạy thử với ngày gần nhất", "Lưu và áp dụng ngay"
LAPTOP, PHONE = (1366, 768), (390, 844)
LOOKS = [(LAPTOP, "light"), (LAPTOP, "contrast"), (PHONE, "dark")]
Open = Callable[[str], Page]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture
def tuesday(tmp_path: Path, clock: SetClock) -> Iterator[RunningOffice]:
    """The sample ward on the day after a small one."""
    with running(tmp_path / "ward", clock) as office:
        with signed_in(office) as admin:
            a_day_passes(admin, clock)
        yield office


@pytest.fixture
def opened(browser: Browser, tuesday: RunningOffice) -> Iterator[Open]:
    contexts = []

    def open_as(who: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        return enter(context.new_page(), tuesday, who)

    yield open_as
    for context in contexts:
        context.close()


def enter(page: Page, office: RunningOffice, who: str) -> Page:
    page.goto(f"{office.http_url}/?next=/rules#key={secret_of(office, who)}")
    page.wait_for_url("**/rules")
    expect(page.get_by_role("radio").first).to_be_visible()
    expect(page.get_by_label("Quầy 1, B Chứng thực", exact=True)).to_be_visible()
    return page


def checked(page: Page) -> None:
    """Nothing that somebody cannot read, nothing to scroll sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def number(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label)
    field.fill(value)
    field.blur()


def test_rules_are_tried_looked_at_and_saved(opened: Open, tuesday: RunningOffice) -> None:
    page = opened("admin")
    expect(page.get_by_text("Chưa sửa gì.")).to_be_visible()
    page.get_by_role("radio", name="Ưu tiên luôn trước").check()
    expect(page.get_by_text("Cần chạy thử trước khi lưu.")).to_be_visible()
    expect(page.get_by_role("button", name=SAVE)).to_be_disabled()
    page.get_by_role("button", name=TRY).click()
    expect(page.locator(".sentence")).to_contain_text(
        "Với lượng người đến ngày 23/11/2026, quy tắc này cho: chờ trung bình"
    )
    row = page.get_by_role("row", name="Diện ưu tiên: chờ trung bình (phút)")
    expect(row.get_by_role("cell").first).to_have_text("8,0")
    expect(row.get_by_role("cell").last).to_have_text("0,0")
    checked(page)
    page.locator("summary").click()
    expect(page.get_by_text("Thứ tự gọi: Ưu tiên xen kẽ → Ưu tiên luôn trước")).to_be_visible()

    number(page, "Giới hạn chờ chung (phút)", "25")
    expect(page.get_by_role("button", name=SAVE)).to_be_disabled()
    page.get_by_role("button", name=TRY).click()
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_text("Quy tắc mới có hiệu lực từ bây giờ.")).to_be_visible()
    with tuesday.live.look() as day:
        rules = day.office.rules
    assert (rules.policy, rules.default_limit.total_seconds()) == (Policy.STRICT, 25 * 60)


def test_what_each_counter_serves_is_a_table(opened: Open, tuesday: RunningOffice) -> None:
    page = opened("board-1")
    page.get_by_label("Quầy 1, B Chứng thực", exact=True).select_option("Phụ 1")
    page.get_by_label("Quầy 1, C Đất đai", exact=True).select_option("Chính")
    page.get_by_label("Quầy 1, Phục vụ ai", exact=True).select_option("Chỉ ưu tiên")
    page.get_by_label("Hiện hệ số").check()
    number(page, "Quầy 1, C Đất đai, hệ số", "1.5")
    number(page, "Quầy 2, Giờ nghỉ", "09:30-09:45")
    page.get_by_role("button", name="+ Quầy 2").click()
    number(page, "Quầy 2, work-1, Chữ của lĩnh vực", "B; 1: D")
    page.get_by_role("button", name=TRY).click()
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_text("Quy tắc mới có hiệu lực từ bây giờ.")).to_be_visible()
    with tuesday.live.look() as day:
        one, two = day.office.counters[1], day.office.counters[2]
    assert one.priority is PriorityUse.DEDICATED
    assert one.entry("CT") == ProfileEntry("CT", order=1)
    assert one.entry("DD") == ProfileEntry("DD", weight=1.5)
    assert [begin.isoformat() for begin, _ in two.breaks] == ["09:30:00"]
    work = two.other("work-1")
    assert work is not None
    assert work.profile == (ProfileEntry("CT"), ProfileEntry("XD", order=1))


def test_the_second_of_two_editors_sees_the_conflict_and_goes_on(opened: Open) -> None:
    first, second = opened("admin"), opened("board-1")
    number(first, "Số lần gọi lại tối đa", "5")
    number(second, "Giới hạn chờ chung (phút)", "40")
    for page in (first, second):
        page.get_by_role("button", name=TRY).click()
        expect(page.get_by_role("button", name=SAVE)).to_be_enabled()
    first.get_by_role("button", name=SAVE).click()
    expect(first.get_by_text("Quy tắc mới có hiệu lực từ bây giờ.")).to_be_visible()
    second.get_by_role("button", name=SAVE).click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("người khác vừa đổi quy tắc")
    expect(told).to_contain_text("Số lần gọi lại tối đa: 3 → 5")
    checked(second)
    told.get_by_role("button", name="Giữ bản của tôi rồi chạy thử lại").click()
    expect(second.get_by_role("button", name=SAVE)).to_be_disabled()
    expect(second.get_by_label("Giới hạn chờ chung (phút)")).to_have_value("40")
    second.get_by_role("button", name=TRY).click()
    second.get_by_role("button", name=SAVE).click()
    expect(second.get_by_text("Quy tắc mới có hiệu lực từ bây giờ.")).to_be_visible()


def test_what_does_not_fit_and_a_trial_that_is_too_old_are_said(
    opened: Open, tuesday: RunningOffice, clock: SetClock
) -> None:
    page = opened("admin")
    number(page, "Lượt ưu tiên cho mỗi lượt thường", "0")
    page.get_by_role("button", name=TRY).click()
    expect(page.get_by_role("alert")).to_contain_text("body.rules.priority_turns")
    number(page, "Lượt ưu tiên cho mỗi lượt thường", "4")
    page.get_by_role("button", name=TRY).click()
    expect(page.get_by_role("button", name=SAVE)).to_be_enabled()
    clock.advance_to(MORNING.replace(day=25))
    with signed_in(tuesday) as admin:
        admin.post("/counters/1/open", json={}).raise_for_status()
    page.get_by_role("button", name=SAVE).click()
    expect(page.get_by_role("alert")).to_contain_text("lần chạy thử đã cũ")
    expect(page.get_by_role("button", name=SAVE)).to_be_disabled()


def test_before_any_day_is_over_the_page_says_so(browser: Browser, ward: RunningOffice) -> None:
    context = browser.new_context()
    page = enter(context.new_page(), ward, "admin")
    page.get_by_role("radio", name="Theo thứ tự đến").check()
    page.get_by_role("button", name=TRY).click()
    expect(page.locator(".sentence")).to_contain_text("Chưa có ngày làm việc nào kết thúc")
    expect(page.get_by_role("button", name=SAVE)).to_be_enabled()
    context.close()


def test_it_fits_and_can_be_read(opened: Open, picture: Callable[[str], Path]) -> None:
    page = opened("admin")
    for (width, height), theme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(page.url.partition("?")[0] + f"?theme={theme}")
        page.get_by_role("radio", name="Theo thứ tự đến").check()
        page.get_by_role("button", name=TRY).click()
        expect(page.locator(".sentence")).to_be_visible()
        page.screenshot(path=picture(f"rules-{width}-{theme}"), full_page=True)
        checked(page)
