"""Every page of every role at the three sizes people have: nothing unreadable, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.web.bundle import WEB
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.past_morning import MORNING, a_day_passes

pytestmark = pytest.mark.browser

AXE = Path(WEB, "node_modules", "axe-core", "axe.min.js")
SIZES = ((1920, 1080), (1366, 768), (390, 844))
CONNECTING = "Đang kết nối"
PASSWORD = "chuon chuon bay thap"
LEADING = {
    *("/board", "/board?wall=1", "/display", "/expected", "/dossiers", "/complaints", "/reports"),
    *("/satisfaction", "/replay", "/offices", "/publications", "/staff", "/rules", "/admin"),
    "/subjects",
}
AT_WORK = {"/counter/1", "/expected", "/dossiers", "/rate/1"}
DOORS = {
    "admin": LEADING | {"/audit", "/users"},
    "manager": LEADING,
    "clerk": AT_WORK | {"/staff"},
    "post_operator": {"/post", "/a"},
    "viewer": {
        *("/board", "/board?wall=1", "/display", "/complaints", "/reports", "/satisfaction"),
        *("/replay", "/offices"),
    },
    "counter": AT_WORK,
    "display": {"/display"},
}
"""Who finds which pages behind the sign-in; roles of people, then of devices with a screen."""
DEVICES = {"counter": "counter-1", "display": "display-1"}
NOT_ON_A_PHONE = {"/board?wall=1", "/display"}
"""Screens on a wall: they are measured at the two larger sizes."""

FITS = """() => new Promise((say) => {
    const last = performance.now() + 20000;
    const look = () => {
        const fits = document.documentElement.scrollWidth <= innerWidth;
        if (fits || performance.now() > last) say(fits);
        else requestAnimationFrame(look);
    };
    look();
})"""
"""Whether nothing is wider than the page; a chart takes its new width with the next picture."""


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """An office with a day behind it, a complaint, and one person of each role."""
    clock, folder = SetClock(MORNING), tmp_path_factory.mktemp("roles") / "ward"
    with running(folder, clock) as office, signed_in(office) as admin:
        for role in DOORS.keys() - DEVICES.keys():
            counter = 1 if role == "clerk" else None
            body = {"role": role, "password": PASSWORD, "counter": counter}
            admin.put(f"/admin/people/p.{role}", json=body).raise_for_status()
        a_day_passes(admin, clock)
        said = {"text": "Chờ lâu quá", "source": "letter"}
        admin.post("/complaints", json=said, headers={"Idempotency-Key": "c1"}).raise_for_status()
        yield office


def entered(context: BrowserContext, office: RunningOffice, role: str) -> Page:
    page = context.new_page()
    if role in DEVICES:
        page.goto(f"{office.http_url}/#key={secret_of(office, DEVICES[role])}")
    else:
        page.goto(office.http_url)
        page.get_by_label("Tên đăng nhập").fill(f"p.{role}")
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").first.click()
    expect(page.locator(".doors a").first).to_be_visible()
    return page


class Eye:
    """Looks at a page; what another role was shown to the letter is not measured again.

    Two pages at one size are the same where all but their digits is: clocks go on.
    """

    def __init__(self) -> None:
        self._seen: set[tuple[str, int, str]] = set()

    def look(self, page: Page, address: str, width: int, picture: Path) -> None:
        where = f"{address} {width}"
        assert page.evaluate(FITS), f"{where}: something is wider than the page"
        body = page.evaluate("document.body.outerHTML.replace(/[0-9]+/g, '0')")
        if (address, width, body) in self._seen:
            return
        self._seen.add((address, width, body))
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then((r) => r.violations)")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], where
        page.screenshot(path=picture)


@pytest.fixture(scope="module")
def eye() -> Eye:
    return Eye()


@pytest.mark.parametrize("role", DOORS)
def test_each_page_behind_the_sign_in_fits_and_can_be_read(
    browser: Browser,
    peopled: RunningOffice,
    picture: Callable[[str], Path],
    eye: Eye,
    role: str,
) -> None:
    context = browser.new_context()
    page = entered(context, peopled, role)
    doors = page.locator(".doors a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert set(doors) == DOORS[role]
    for address in ("/", *doors):
        page.goto(peopled.http_url + address)
        expect(page.locator("main:not([aria-busy=true])").first).to_be_visible()
        expect(page.locator("main :is(button, table, h1, h2, li, p)").first).to_be_visible()
        expect(page.get_by_text(CONNECTING)).to_have_count(0)
        page.evaluate("document.fonts.ready")
        name = "".join(sign if sign.isalnum() else "-" for sign in address.strip("/")) or "doors"
        for width, height in SIZES:
            if width == 390 and address in NOT_ON_A_PHONE:
                continue
            page.set_viewport_size({"width": width, "height": height})
            eye.look(page, address, width, picture(f"role-{role}-{name}-{width}"))
    context.close()
