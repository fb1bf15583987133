"""The addresses that `motcua demo` prints open its board, its display and a console, signed in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.fakes.demo_process import demo

pytestmark = pytest.mark.browser

WITHIN_MS = 60_000


@pytest.mark.timeout(180)
def test_all_addresses_show_the_office_at_work(stranger: BrowserContext) -> None:
    with demo("--speed", "600", "--headless") as running:
        board, display = stranger.new_page(), stranger.new_page()
        board.goto(running.board)
        expect(board).to_have_url(f"{running.url}/board")
        display.goto(running.display)
        expect(display).to_have_url(f"{running.url}/display")
        number = re.compile(r"[A-L]\d{3}")
        expect(display.locator(".now")).to_contain_text(number, timeout=WITHIN_MS)
        expect(board.get_by_text("đang phục vụ").first).to_be_visible(timeout=WITHIN_MS)
        console = stranger.new_page()
        console.goto(running.console)
        expect(console).to_have_url(f"{running.url}/counter/1")
        expect(console.locator(".bar .state")).to_be_visible(timeout=WITHIN_MS)
