"""Pages of an office at the three sizes people have: nothing unreadable, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.past_morning import MORNING, a_day_passes

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
SIZES = ((1920, 1080), (1366, 768), (390, 844))
PAGES = ("audit", "complaints", "dossiers", "rules", "satisfaction")
"""Those whose own tests look at other sizes."""


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Signed in as the administrator of an office with a day behind it and a complaint."""
    clock, folder = SetClock(MORNING), tmp_path_factory.mktemp("sizes") / "ward"
    with running(folder, clock) as office, signed_in(office) as admin:
        a_day_passes(admin, clock)
        said = {"text": "Chờ lâu quá", "source": "letter"}
        admin.post("/complaints", json=said, headers={"Idempotency-Key": "c1"}).raise_for_status()
        context = browser.new_context()
        yield entered(context.new_page(), office)
        context.close()


def entered(page: Page, office: RunningOffice) -> Page:
    page.goto(f"{office.http_url}/#key={secret_of(office, 'admin')}")
    expect(page.locator(".doors")).to_be_visible()
    return page


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_and_can_be_read(opened: Page, name: str, picture: Callable[[str], Path]) -> None:
    page = opened
    page.goto(urljoin(page.url, f"/{name}"))
    expect(page.locator("main button, main table, main h2").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate("axe.run().then((r) => r.violations)")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        page.screenshot(path=picture(f"web-{name}-{width}"))
