"""A clerk's console in Chromium on a real office: open it, take numbers, look behind it."""

from __future__ import annotations

import itertools
import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import secret_of, signed_in

KEYS = itertools.count(1)


def open_console(context: BrowserContext, ward: RunningOffice) -> Page:
    """The console of counter 1, signed in by its own credential."""
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{ward.http_url}/?next=/counter/1#key={secret_of(ward, 'counter-1')}")
    page.wait_for_url("**/counter/1")
    expect(page.locator(".citizen")).to_be_visible()
    return page


def take(ward: RunningOffice, **body: Any) -> str:
    """Take a number at a kiosk."""
    with signed_in(ward, "kiosk-1") as kiosk:
        headers = {"Idempotency-Key": f"console {next(KEYS)}"}
        answer = kiosk.post("/tickets", json={"service": "CT", **body}, headers=headers)
    number: str = answer.raise_for_status().json()["number"]
    return number


def counter(ward: RunningOffice) -> dict[str, Any]:
    """Counter 1 as the server has it."""
    with signed_in(ward) as admin:
        found: dict[str, Any] = admin.get("/counters/1/console").raise_for_status().json()
    return found


def move(ward: RunningOffice, name: str) -> None:
    """A move at counter 1 from elsewhere, as the keypad makes it."""
    with signed_in(ward) as admin:
        admin.post(f"/counters/1/{name}").raise_for_status()


def ticket_id(ward: RunningOffice, number: str) -> str:
    """The id behind a number."""
    with ward.live.look() as day:
        return day.labelled(number).id


def button(page: Page, name: str) -> Locator:
    """The button of a move, by how its words begin."""
    return page.locator(".actions").get_by_role("button", name=re.compile(f"^{name}"))
