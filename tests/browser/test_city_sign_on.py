"""A person goes to the city's own form in a real browser, comes back, and leaves again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from tests.city_provider import CityProvider, city_provider
from tests.fakes.offices import running
from tests.integration.server.test_city_sign_on import with_sign_on

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def provider() -> Iterator[CityProvider]:
    with city_provider() as provider:
        provider.knows("lan@thanh.pho", preferred_username="lan", groups=["mot-cua-quay-2"])
        provider.knows("khach@thanh.pho", preferred_username="khach", groups=["ngoai"])
        yield provider


@pytest.fixture(scope="module")
def city_office(
    tmp_path_factory: pytest.TempPathFactory, provider: CityProvider
) -> Iterator[RunningOffice]:
    with running(with_sign_on(tmp_path_factory.mktemp("city") / "ward", provider.url)) as office:
        yield office


def at_the_city(page: Page, office: RunningOffice, subject: str, wanted: str = "") -> None:
    page.goto(f"{office.http_url}/{wanted}")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản của Thành phố Mẫu").click()
    page.locator("input[name=sub]").fill(subject)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.http_url}/**")


def test_there_and_back_and_out_again(
    stranger: BrowserContext, city_office: RunningOffice, provider: CityProvider, tmp_path: Path
) -> None:
    page = stranger.new_page()
    page.set_viewport_size({"width": 420, "height": 900})
    page.goto(city_office.http_url)
    door = page.get_by_role("link", name="Đăng nhập bằng tài khoản")
    expect(door).to_be_visible()
    assert door.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.screenshot(path=tmp_path / "door.png", full_page=True)
    at_the_city(page, city_office, "lan@thanh.pho", "?next=/counter/2")
    page.wait_for_url("**/counter/2")
    page.get_by_role("button", name="Mở quầy").click()
    expect(page.locator(".bar .state")).to_contain_text("Đang mở")
    page.goto(city_office.http_url)
    expect(page.get_by_text("Đang dùng: lan")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{provider.url}/**")
    page.goto(city_office.http_url)
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()


def test_who_has_no_role_reads_why_in_both_languages(
    stranger: BrowserContext, city_office: RunningOffice, tmp_path: Path
) -> None:
    page = stranger.new_page()
    page.set_viewport_size({"width": 420, "height": 900})
    at_the_city(page, city_office, "khach@thanh.pho")
    said = page.get_by_role("alert").first
    expect(said).to_contain_text("chưa được phân quyền ở cơ quan này")
    page.screenshot(path=tmp_path / "no-role.png", full_page=True)
    page.get_by_role("button", name="English").click()
    expect(said).to_contain_text("has no role in this office")
    assert "sign_on" not in page.url


def test_a_provider_that_is_away_leaves_the_office_s_passwords(
    stranger: BrowserContext, tmp_path: Path
) -> None:
    nowhere = "http://127.0.0.1:9"
    with running(with_sign_on(tmp_path / "ward", nowhere)) as office:
        page = stranger.new_page()
        page.goto(f"{office.http_url}/?next=/display")
        page.get_by_role("link", name="Đăng nhập bằng tài khoản").click()
        page.wait_for_url("**/?next=*")
        said = page.get_by_role("alert").first
        expect(said).to_contain_text("Mật khẩu của cơ quan vẫn dùng được")
        expect(page.get_by_label("Mật khẩu")).to_be_editable()
