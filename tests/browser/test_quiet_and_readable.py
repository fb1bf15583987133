"""No page asks another host for anything, and axe finds nothing that somebody cannot read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from queue_server.web.bundle import WEB
from tests.browser.pictures import SHOTS
from tests.browser.stub_server import StubOffice

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
PAGES = (
    "/",
    "/display",
    "/board",
    "/board?wall=1",
    "/t/k3v9x2",
    "/t/unknown",
    "/counter/3",
    "/rate/3",
    "/reports",
    "/offices",
)


@pytest.mark.parametrize("address", PAGES)
def test_no_request_leaves_the_machine(page: Page, office: StubOffice, address: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(office.url + address)
    expect(page.locator("main *:visible, .link-notice p:not(.calm)").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(office.url).netloc}
    assert any("BeVietnamPro" in url for url in asked)
    # A page that breaks the strict content policy of the stub server says so here.
    assert [fault for fault in faults if "404" not in fault] == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, office: StubOffice, address: str, theme: str) -> None:
    joint = "&" if "?" in address else "?"
    page.goto(f"{office.url}{address}{joint}theme={theme}")
    expect(page.locator("main *:visible, .link-notice p:not(.calm)").first).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((r) => r.violations)")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_every_address_is_photographed() -> None:
    shown = {urlsplit(shot.address).path for shot in SHOTS.values()}
    assert {"/", "/display", "/board", "/t/k3v9x2", "/counter/3"} <= shown
