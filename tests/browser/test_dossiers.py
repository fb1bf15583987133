"""The inbox of dossiers and the page behind the receipt's code, on a real office; axe."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.adapters.opencv_pages import OpencvPages
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.office import ZONE
from queue_server.web.bundle import WEB
from tests.fakes.filings import PERSON, answered
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.paper_scenes import Scene, photographed
from tests.fakes.paper_scenes import paper as paper_of_print

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
MARITAL = "1.004873"
KEYS = (f"key-{n}" for n in itertools.count())


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), SetClock(WEDNESDAY)) as found:
        yield found


def file(ward: RunningOffice, procedure: str = MARITAL) -> dict[str, str]:
    body = {
        "procedure": procedure,
        "answers": answered(shipped_forms()[procedure]),
        "consent": True,
    }
    with signed_in(ward, "kiosk-1") as kiosk:
        answer = kiosk.post("/dossiers", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


def checked(page: Page) -> None:
    """Nothing that somebody cannot read."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_a_clerk_checks_asks_and_finishes(
    browser: Browser, ward: RunningOffice, picture: Callable[[str], Path]
) -> None:
    made = file(ward)
    file(ward, "2.000815")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/dossiers#key={secret_of(ward, 'counter-1')}")
    page.locator(".row", has_text=made["code"]).click()
    expect(page.locator(".sheet > .number")).to_have_text(made["code"])
    expect(page.get_by_text("còn 3 ngày làm việc").first).to_be_visible()
    expect(page.get_by_text(PERSON["name"])).to_have_count(0)
    page.get_by_role("button", name="Xem nội dung khai").click()
    expect(page.get_by_text("•••••••••001")).to_be_visible()
    checked(page)
    page.screenshot(path=picture("web-dossiers"))
    page.get_by_role("button", name="Hiện đủ số").click()
    expect(page.get_by_text(PERSON["identity"])).to_be_visible()
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.get_by_role("button", name="Yêu cầu bổ sung").click()
    page.get_by_label("Lý do").fill(f"Số {PERSON['identity']}")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator(".trouble")).to_contain_text("Chưa lưu")
    page.get_by_label("Lý do").fill("Thiếu bản án ly hôn")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_role("link", name="02 Bổ sung")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Đã bổ sung đủ").click()
    page.get_by_role("button", name="Có kết quả", exact=True).click()
    page.get_by_label("Giải quyết ngay").check()
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator(".sheet strong").first).to_have_text("Đã có kết quả")
    page.get_by_role("button", name="Số liệu").click()
    expect(page.get_by_role("row", name="Xác nhận tình trạng hôn nhân")).to_contain_text("(100 %)")
    checked(page)
    page.screenshot(path=picture("web-dossier-figures"))
    context.close()


def test_a_clerk_sees_a_scanned_paper_and_the_look_is_in_the_history(
    browser: Browser, ward: RunningOffice, tmp_path: Path
) -> None:
    made = file_with_scan(ward)
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next=/dossiers#key={secret_of(ward, 'counter-1')}")
    page.locator(".row", has_text=made["code"]).click()
    page.get_by_role("button", name="Xem nội dung khai").click()
    link = page.get_by_role("link", name="Xem bản quét (2 trang)")
    expect(link).to_be_visible()
    expect(page.get_by_text("bản giấy, chưa quét")).to_have_count(1)
    answer = context.request.get(f"{ward.http_url}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(answer.body())
    assert len(paper) == 2
    paper.close()
    page.locator(".row", has_text=made["code"]).click()
    expect(page.get_by_text("Xem nội dung: scan-01")).to_be_visible()
    page.get_by_role("button", name="Xem nội dung khai").click()
    expect(link).to_be_visible()
    checked(page)
    page.screenshot(path=tmp_path / "scan.png", full_page=True)
    context.close()


def file_with_scan(ward: RunningOffice) -> dict[str, str]:
    """Two pages of one paper, another paper only on paper."""
    finder = OpencvPages()
    found = finder.page(photographed(paper_of_print(), Scene())[0])
    assert found is not None
    image = base64.b64encode(finder.file(found)).decode()
    papers: list[dict[str, object]] = [
        {"name": "Giấy xác nhận", "brought": True},
        {"name": "Tờ khai", "brought": True},
    ]
    answers = answered(shipped_forms()[MARITAL])
    body: dict[str, object] = {"procedure": MARITAL, "answers": answers, "papers": papers}
    with signed_in(ward, "kiosk-1") as kiosk:
        draft = kiosk.post("/dossiers/drafts", json=body, headers={"Idempotency-Key": next(KEYS)})
        code = draft.json()["holder"]
        for number in (1, 2):
            place = f"/dossiers/drafts/{code}/papers/1/pages/{number}"
            assert kiosk.put(place, json={"image": image}).status_code == 200
        papers[0] |= {"pages": 2}
        body |= {"draft": code, "consent": True}
        answer = kiosk.post("/dossiers", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


def test_the_holder_follows_on_a_phone(
    browser: Browser, ward: RunningOffice, picture: Callable[[str], Path]
) -> None:
    made = file(ward)
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True)
    page = context.new_page()
    page.goto(f"{ward.http_url}/d/{made['holder']}")
    expect(page.locator(".code")).to_have_text(made["code"])
    expect(page.get_by_text("Hẹn 17:00, Thứ Hai, 30/11")).to_be_visible()
    expect(page.get_by_text(PERSON["name"])).to_have_count(0)
    checked(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=picture("web-dossier"))
    page.goto(f"{ward.http_url}/d/ZZZZ9999")
    expect(page.get_by_text("Không có hồ sơ với mã này")).to_be_visible()
    context.close()
