"""The pages on the real server: a ticket is taken, called, followed; a restart is survived."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from tests.fakes.offices import new_ward, running, secret_of, signed_in

pytestmark = pytest.mark.browser


def _open(context: BrowserContext, ward: RunningOffice, device: str, path: str) -> Page:
    page = context.new_page()
    page.goto(f"{ward.http_url}/?next={path}#key={secret_of(ward, device)}")
    page.wait_for_url(f"**{path}")
    return page


def _take(ward: RunningOffice, key: str) -> dict[str, str]:
    with signed_in(ward, "kiosk-1") as kiosk:
        answer = kiosk.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": key})
    taken: dict[str, str] = answer.raise_for_status().json()
    return taken


def _call(ward: RunningOffice, key: str) -> httpx.Response:
    with signed_in(ward, "counter-1") as counter:
        counter.post("/counters/1/open", headers={"Idempotency-Key": f"open {key}"})
        return counter.post("/counters/1/call-next", headers={"Idempotency-Key": key})


def test_a_ticket_is_seen_called_and_followed(
    stranger: BrowserContext, ward: RunningOffice
) -> None:
    faults: list[str] = []
    stranger.on("weberror", lambda error: faults.append(str(error.error)))
    stranger.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    display = _open(stranger, ward, "board-1", "/display")
    board = _open(stranger, ward, "board-1", "/board")
    expect(display.locator(".now")).to_contain_text("Chưa gọi số nào")
    expect(board.locator(".verdict")).to_have_text("Hôm nay chưa gọi ai.")

    taken = _take(ward, "one")
    expect(board.locator(".counts strong").first).to_have_text("1")
    phone = stranger.new_page()
    phone.goto(ward.http_url + taken["follow_url"].removeprefix(ward.http_url))
    expect(phone.locator(".number")).to_have_text(taken["number"])
    expect(phone.locator(".ahead")).to_have_text("Sắp đến lượt ông/bà")

    assert _call(ward, "two").status_code == 200
    expect(display.locator(".now .number").first).to_have_text(taken["number"])
    expect(display.locator(".now.fresh .number.counter")).to_have_text("1")
    expect(phone.locator(".go")).to_contain_text("Quầy 1")
    expect(board.locator(".counters .busy strong")).to_have_text(taken["number"])
    assert faults == []


def test_pages_stay_signed_in_over_a_restart(stranger: BrowserContext, tmp_path: Path) -> None:
    folder = new_ward(tmp_path / "ward")
    with running(folder) as ward:
        address = ward.http_url.removeprefix("http://")
        display = _open(stranger, ward, "display-1", "/display")
        expect(display.locator(".now")).to_be_visible()
    expect(display.locator(".link-notice p")).to_contain_text("Mất kết nối")
    with RunningOffice(settle(folder, address, "embedded"), None) as ward:
        taken = _take(ward, "after")
        assert _call(ward, "call after").status_code == 200
        number = display.locator(".now .number").first
        expect(number).to_have_text(taken["number"], timeout=30_000)
        expect(display.locator(".link-notice p")).to_have_count(0)


def test_a_browser_asks_whether_its_copy_is_the_newest(ward: RunningOffice) -> None:
    for path in ("/board", "/assets/board.js", "/assets/theme.css"):
        first = httpx.get(ward.http_url + path)
        assert first.headers["cache-control"] == "no-cache"
        assert "style-src 'self'" in first.headers["content-security-policy"]
    again = httpx.get(
        f"{ward.http_url}/assets/theme.css", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
