"""Chromium for a module, a fresh office and browser profile for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from queue_server.web.bundle import build
from tests.browser.chromium import PROGRAM, chromium, sign_in
from tests.browser.pictures import stub_office
from tests.browser.stub_server import StubOffice
from tests.fakes.offices import running

# A starved machine may draw late; how soon a page must be right is for benchmarks to say.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session", autouse=True)
def built_pages() -> None:
    if not PROGRAM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    build(dev=True)


# Not for the session: Playwright's own event loop would stand in the way of async tests after it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def office() -> Iterator[StubOffice]:
    with stub_office() as started:
        yield started


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[RunningOffice]:
    """The sample ward on the real server."""
    with running(tmp_path / "ward") as found:
        yield found


@pytest.fixture
def stranger(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(stranger: BrowserContext, office: StubOffice) -> Page:
    sign_in(stranger, office.url)
    return stranger.new_page()
