"""Users, publication and staff sheet on a real office, each as the people who may and may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.bootstrap import RunningOffice
from queue_server.web.bundle import WEB
from tests.fakes.offices import signed_in

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
SIZES = [(1920, 1080), (1366, 768), (390, 844)]
PASSWORD = "chuon chuon bay thap"
PEOPLE = {"quan": "admin", "lan": "manager", "minh": "manager", "huong": "viewer", "tam": "clerk"}
Open = Callable[[str, str], Page]


@pytest.fixture
def peopled(ward: RunningOffice) -> RunningOffice:
    """The ward with one person of each role."""
    with signed_in(ward) as admin:
        for name, role in PEOPLE.items():
            body = {"role": role, "password": PASSWORD, "counter": 1 if role == "clerk" else None}
            assert admin.put(f"/admin/people/{name}", json=body).is_success
    return ward


@pytest.fixture
def opened(browser: Browser, peopled: RunningOffice) -> Iterator[Open]:
    """A page as signed in by name and password, each in a browser profile of its own."""
    contexts = []

    def open_as(name: str, address: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        page = context.new_page()
        page.goto(peopled.http_url)
        page.get_by_label("Tên đăng nhập").fill(name)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").first.click()
        expect(page.get_by_role("heading", name="Chọn trang")).to_be_visible()
        if address:
            page.goto(peopled.http_url + address)
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


def test_a_person_is_added_changed_reset_and_removed(
    opened: Open, browser: Browser, peopled: RunningOffice
) -> None:
    page = opened("quan", "/users")
    page.get_by_label("Tên đăng nhập (chữ thường không dấu)").fill("hoa")
    page.get_by_label("Vai trò", exact=True).select_option("viewer")
    page.get_by_role("button", name="Thêm và tạo mật khẩu").click()
    expect(page.get_by_text("Đã thêm hoa.")).to_be_visible()
    first = page.locator("output").inner_text()
    assert len(first.replace("-", "")) == 16
    checked(page)
    page.get_by_role("button", name="Đã ghi lại, ẩn đi").click()
    expect(page.locator("output")).to_have_count(0)

    context = browser.new_context()
    hers = context.new_page()
    hers.goto(peopled.http_url)
    hers.get_by_label("Tên đăng nhập").fill("hoa")
    hers.get_by_label("Mật khẩu", exact=True).fill(first)
    hers.get_by_role("button", name="Đăng nhập").first.click()
    expect(hers.get_by_role("heading", name="Chọn trang")).to_be_visible()

    page.get_by_role("button", name="Kết thúc các phiên, hoa").click()
    expect(page.get_by_text("Mọi phiên đăng nhập của hoa đã kết thúc.")).to_be_visible()
    hers.goto(f"{peopled.http_url}/reports")
    expect(hers.locator(".link-notice")).to_contain_text("Cần đăng nhập")
    context.close()

    page.get_by_role("button", name="Đặt lại mật khẩu, hoa").click()
    expect(page.locator("output")).not_to_have_text(first)
    page.get_by_label("Vai trò, hoa").select_option("clerk")
    expect(page.get_by_label("Quầy, hoa")).to_have_value("1")
    page.get_by_role("button", name="Xóa, hoa").click()
    page.get_by_role("button", name="Xóa hẳn hoa").click()
    expect(page.get_by_text("hoa không đăng nhập được nữa.")).to_be_visible()
    expect(page.get_by_label("Vai trò, hoa")).to_have_count(0)


def test_two_administrators_change_one_person_and_the_second_is_told(
    opened: Open, peopled: RunningOffice
) -> None:
    page = opened("quan", "/users")
    role = page.get_by_label("Vai trò, huong")
    expect(role).to_have_value("viewer")
    with signed_in(peopled) as other:
        other.put("/admin/people/huong", json={"role": "manager"}).raise_for_status()
    role.select_option("admin")
    expect(page.get_by_role("alert")).to_contain_text("người khác vừa thay đổi người này")
    expect(role).to_have_value("manager")
    role.select_option("viewer")
    expect(page.get_by_text("Đã đổi vai trò của huong")).to_be_visible()


def test_the_last_administrator_stays(opened: Open) -> None:
    page = opened("quan", "/users")
    page.get_by_label("Vai trò, quan").select_option("viewer")
    expect(page.get_by_role("alert")).to_contain_text("last administrator")
    expect(page.get_by_label("Vai trò, quan")).to_have_value("admin")


def test_a_viewer_sees_and_changes_nothing(opened: Open, peopled: RunningOffice) -> None:
    page = opened("huong", "")
    doors = page.locator(".doors strong")
    expect(doors.first).to_be_visible()
    seen = set(doors.all_inner_texts())
    assert {"Bảng điều hành", "Báo cáo"} <= seen
    assert not {"Quản trị", "Người dùng", "Công khai hằng tháng", "Số liệu cán bộ"} & seen
    page.goto(f"{peopled.http_url}/board")
    expect(page.locator("main h1, main h2").first).to_be_visible()
    page.goto(f"{peopled.http_url}/reports")
    expect(page.get_by_role("heading", name="Báo cáo")).to_be_visible()
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_role("link", name="Số liệu cán bộ")).to_have_count(0)
    checked(page)
    for address in ("/admin", "/users", "/publications", "/staff"):
        page.goto(peopled.http_url + address)
        expect(page.get_by_text("không được xem trang này")).to_be_visible()
        checked(page)


def test_a_month_is_drafted_reviewed_by_another_and_published(
    opened: Open, browser: Browser, peopled: RunningOffice
) -> None:
    lan = opened("lan", "/publications")
    lan.get_by_role("button", name="Soạn bản công khai").click()
    expect(lan.get_by_text("Đã soạn; chờ người khác duyệt.")).to_be_visible()
    expect(lan.get_by_text("Người khác phải duyệt bản bạn soạn.")).to_be_visible()
    lan.get_by_role("button", name="Xem số liệu").click()
    expect(lan.locator(".publications h3, .publications .missing").first).to_be_visible()
    checked(lan)
    minh = opened("minh", "/publications")
    minh.get_by_role("button", name="Đã xem, duyệt").click()
    expect(minh.get_by_text("Đã duyệt; có thể công khai.")).to_be_visible()
    minh.get_by_role("button", name="Công khai:").click()
    expect(minh.get_by_text("Đã công khai; ai cũng xem được")).to_be_visible()
    checked(minh)

    context = browser.new_context(viewport={"width": 1366, "height": 768})
    public = context.new_page()
    public.goto(f"{peopled.http_url}/published")
    expect(public.get_by_text("Duyệt ngày")).to_be_visible()
    expect(public.get_by_role("link", name="Excel")).to_be_visible()
    assert "lan" not in public.locator("main").inner_text().split()
    checked(public)

    minh.get_by_role("button", name="Thu hồi…").click()
    minh.get_by_label("Vì sao", exact=True).fill("Thiếu số liệu ngày đầu tháng")
    minh.get_by_role("button", name="Thu hồi…").last.click()
    expect(minh.get_by_text("Đã thu hồi; trang công khai ghi rõ lý do.")).to_be_visible()
    public.reload()
    expect(public.get_by_role("status")).to_contain_text("Thiếu số liệu ngày đầu tháng")
    expect(public.get_by_role("link", name="Excel")).to_have_count(0)
    context.close()


def test_a_clerk_finds_the_own_sheet(opened: Open) -> None:
    page = opened("tam", "")
    page.get_by_role("link", name="Số liệu cán bộ").click()
    expect(page.get_by_text("Quyền khiếu nại")).to_be_visible()
    expect(page.locator("tbody th")).to_have_text(["tam"])
    checked(page)


def test_a_figure_is_appealed_against_and_answered_by_another(
    opened: Open, picture: Callable[[str], Path]
) -> None:
    tam = opened("tam", "/staff")
    tam.get_by_text("Khiếu nại số liệu của tôi").click()
    tam.get_by_label("Số liệu nào sai").select_option("Giờ tại quầy")
    tam.get_by_role("button", name="Gửi khiếu nại").click()
    expect(tam.get_by_text("Hãy ghi nội dung trước.")).to_be_visible()
    tam.get_by_label("Sai thế nào").fill("Quầy mở từ 7:30 nhưng bảng ghi từ 8:00")
    tam.get_by_role("button", name="Gửi khiếu nại").click()
    mine = tam.locator(".appeals li")
    expect(mine).to_contain_text(re.compile(r"còn \d+ ngày làm việc"))
    checked(tam)
    tam.screenshot(path=picture("web-staff-appeal"), full_page=True)

    lan = opened("lan", "")
    expect(lan.get_by_text("1 khiếu nại số liệu chờ trả lời")).to_be_visible()
    lan.get_by_role("link", name="Số liệu cán bộ").click()
    answering = lan.get_by_role("form", name="Trả lời, tam")
    answering.get_by_label("Số liệu sai").check()
    answering.get_by_label("Trả lời: đã thấy gì").fill("Quầy mở lúc 7:31; máy bàn tắt")
    checked(lan)
    lan.screenshot(path=picture("web-staff-answer"), full_page=True)
    answering.get_by_role("button", name="Trả lời").click()
    expect(lan.get_by_text("0 chờ trả lời, 0 quá hạn")).to_be_visible()
    tam.reload()
    expect(mine).to_contain_text("lan trả lời")
    expect(mine).to_contain_text("Quầy mở lúc 7:31")
    checked(tam)


@pytest.mark.parametrize("size", SIZES, ids=["hall", "laptop", "phone"])
def test_they_fit_and_can_be_read(opened: Open, size: tuple[int, int]) -> None:
    page = opened("quan", "")
    origin = page.url.rstrip("/")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in ("/users", "/publications", "/published", "/staff"):
        for look in ("?theme=light&lang=en", "?theme=dark&lang=vi"):
            page.goto(origin + address + look)
            expect(page.locator("main[aria-busy=false]")).to_be_visible()
            checked(page)
