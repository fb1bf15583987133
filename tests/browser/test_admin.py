"""The administration page on a real office: edit, see what changes, save; conflicts; a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from queue_server.bootstrap import RunningOffice
from queue_server.web.bundle import WEB
from tests.fakes.offices import secret_of

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
SIZES = [(1920, 1080), (1366, 768), (390, 844)]
Open = Callable[[str], Page]


@pytest.fixture
def opened(browser: Browser, ward: RunningOffice) -> Iterator[Open]:
    """The page as signed in as somebody, each in a browser profile of its own."""
    contexts = []

    def open_as(who: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{ward.http_url}/?next=/admin#key={secret_of(ward, who)}")
        page.wait_for_url("**/admin")
        expect(page.get_by_role("heading", name="Danh mục thủ tục")).to_be_visible()
        return page

    yield open_as
    for context in contexts:
        context.close()


def checked(page: Page) -> None:
    """Nothing that somebody cannot read, nothing to scroll sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def change(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label)
    field.fill(value)
    field.blur()


def test_a_change_is_seen_before_it_is_saved_and_stands_in_the_record(opened: Open) -> None:
    page = opened("admin")
    change(page, "Chờ trung bình không quá (phút)", "12")
    page.get_by_role("button", name="Xem thay đổi").click()
    expect(page.locator(".changes li")).to_contain_text("Chờ trung bình không quá (phút): 15 → 12")
    checked(page)
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_text("Đã lưu và ghi vào nhật ký.")).to_be_visible()
    expect(page.get_by_text("Có thay đổi đã lưu, chưa có hiệu lực.")).to_be_visible()
    expect(page.locator(".record li").first).to_contain_text("admin: thay đổi cài đặt")


def test_where_nobody_can_start_the_server_again_it_is_said(opened: Open) -> None:
    page = opened("admin")
    change(page, "Chờ trung bình không quá (phút)", "12")
    page.get_by_role("button", name="Xem thay đổi").click()
    page.get_by_role("button", name="Lưu thay đổi").click()
    page.get_by_role("button", name="Áp dụng ngay").click()
    expect(page.get_by_text("Máy chủ vẫn chạy như cũ:")).to_be_visible()
    checked(page)


def test_the_second_of_two_managers_sees_the_conflict(opened: Open) -> None:
    first, second = opened("admin"), opened("board-1")
    for page, value in ((first, "11"), (second, "13")):
        change(page, "Chờ trung bình không quá (phút)", value)
        page.get_by_role("button", name="Xem thay đổi").click()
    first.get_by_role("button", name="Lưu thay đổi").click()
    expect(first.get_by_text("Đã lưu và ghi vào nhật ký.")).to_be_visible()
    second.get_by_role("button", name="Lưu thay đổi").click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("người khác vừa thay đổi trước")
    expect(told).to_contain_text("Chờ trung bình không quá (phút): 15 → 11")
    checked(second)
    told.get_by_role("button", name="Tải lại").click()
    expect(second.get_by_label("Chờ trung bình không quá (phút)")).to_have_value("11")


def test_what_does_not_fit_is_said_at_once(opened: Open) -> None:
    page = opened("admin")
    page.get_by_role("button", name="+ Thêm dòng").nth(1).click()
    change(page, "Số, +", "9")
    change(page, "Tên tiếng Việt, 9", "Quầy 9")
    change(page, "Lĩnh vực phục vụ, 9", "CT, ZZ")
    page.get_by_role("button", name="Xem thay đổi").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("quầy 9: không có lĩnh vực 'ZZ'")
    expect(told).to_contain_text("counter 9: no service 'ZZ'")
    expect(page.get_by_role("button", name="Lưu thay đổi")).to_be_disabled()


def test_a_saved_counter_shows_its_work_and_takes_new_services_only(opened: Open) -> None:
    page = opened("admin")
    saved = page.get_by_role("row").filter(has=page.get_by_label("Số, 1", exact=True))
    expect(saved).to_contain_text("CT, HT, TP")
    expect(page.get_by_label("Lĩnh vực phục vụ, 1", exact=True)).to_have_count(0)
    expect(page.get_by_label("Ưu tiên, 1", exact=True)).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("link", name="Quy tắc gọi số")).to_be_visible()
    page.get_by_role("button", name="+ Thêm dòng").first.click()
    for label, value in (
        ("Mã, +", "NO"),
        ("Chữ, NO", "N"),
        ("Tên tiếng Việt, NO", "Nhà ở"),
        ("Tên tiếng Anh, NO", "Housing"),
    ):
        change(page, label, value)
    saved.get_by_label("+ NO").check()
    page.get_by_role("button", name="Xem thay đổi").click()
    expect(page.locator(".changes li", has_text="Quầy 1")).to_contain_text("CT, HT, TP, NO")
    checked(page)
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_text("Đã lưu và ghi vào nhật ký.")).to_be_visible()
    expect(saved).to_contain_text("CT, HT, TP, NO")
    page.get_by_role("button", name="Xóa NO").click()
    page.get_by_role("button", name="Xem thay đổi").click()
    expect(page.locator(".changes li", has_text="Quầy 1")).to_contain_text("CT, HT, TP")


def test_a_sheet_with_faults_shows_line_and_column_and_a_good_one_is_applied(
    opened: Open, tmp_path: Path
) -> None:
    page = opened("admin")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải danh mục (CSV)").click()
    sheet = Path(download.value.path()).read_text("utf-8-sig")
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(sheet.replace("2.000884,", "884,"), "utf-8")
    good.write_text(sheet.replace("Certify a signature", "Sign here"), "utf-8")
    page.get_by_label("Nhập từ tệp CSV…").set_input_files(bad)
    expect(page.get_by_text("Tệp có 1 lỗi; chưa áp dụng gì.")).to_be_visible()
    expect(page.get_by_role("cell", name="code", exact=True)).to_be_visible()
    checked(page)
    page.get_by_label("Nhập từ tệp CSV…").set_input_files(good)
    expect(page.locator(".changes li")).to_contain_text(
        "Thủ tục 2.000884: tên tiếng Anh: Certify a signature → Sign here"
    )
    page.get_by_role("button", name="Áp dụng toàn bộ").click()
    expect(page.get_by_text("Phiên bản 1, 46 thủ tục")).to_be_visible()
    before = page.locator(".unsure li").count()
    page.locator(".unsure li").first.get_by_role("button").first.click()
    expect(page.get_by_text("Phiên bản 2, 46 thủ tục")).to_be_visible()
    assert page.locator(".unsure li").count() <= before


def test_a_picture_is_made_small_enough_and_shown(opened: Open, tmp_path: Path) -> None:
    large = tmp_path / "logo.jpg"
    Image.effect_noise((1400, 900), 90).save(large)
    page = opened("admin")
    page.get_by_label("Chọn biểu trưng…").set_input_files(large)
    expect(page.get_by_text("Đã đổi; hiện trên các trang, báo cáo và ki-ốt.")).to_be_visible()
    expect(page.get_by_role("img", name="Biểu trưng của cơ quan")).to_be_visible()
    expect(page.locator(".record li").first).to_contain_text("admin: đổi biểu trưng")
    checked(page)
    page.get_by_role("button", name="Bỏ biểu trưng").click()
    expect(page.get_by_text("Chưa có biểu trưng")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=["hall", "laptop", "phone"])
def test_it_fits_and_can_be_read(opened: Open, size: tuple[int, int]) -> None:
    page = opened("admin")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for theme in ("light", "dark", "contrast"):
        page.goto(page.url.partition("?")[0] + f"?theme={theme}")
        expect(page.locator(".unsure li").first).to_be_visible()
        checked(page)


def test_a_clerk_finds_no_door(browser: Browser, ward: RunningOffice) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{ward.http_url}/#key={secret_of(ward, 'counter-1')}")
    expect(page.get_by_role("link").first).to_be_visible()
    page.goto(f"{ward.http_url}/admin")
    expect(page.get_by_text("không được xem trang này")).to_be_visible()
    context.close()
