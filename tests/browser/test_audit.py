"""The audit page on the real server: a check at a press, events in words, the next hundred."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from queue_server.adapters.backup import STORE
from queue_server.bootstrap import RunningOffice
from tests.fakes.meddler import Meddler
from tests.fakes.offices import secret_of, signed_in

pytestmark = pytest.mark.browser


def _some_life(ward: RunningOffice) -> None:
    with signed_in(ward, "kiosk-1") as kiosk:
        for number in range(60):
            key = {"Idempotency-Key": f"life {number}"}
            kiosk.post("/tickets", json={"service": "CT"}, headers=key).raise_for_status()
    with signed_in(ward, "counter-1") as counter:
        for move in ("open", "call-next"):
            key = {"Idempotency-Key": move}
            counter.post(f"/counters/1/{move}", headers=key).raise_for_status()
    with signed_in(ward) as admin:
        person = {"role": "viewer", "counter": None, "password": "mot hai ba bon nam"}
        admin.put("/admin/people/thanh-tra", json=person).raise_for_status()


def test_the_chain_is_checked_and_read(
    stranger: BrowserContext, ward: RunningOffice, tmp_path: Path
) -> None:
    _some_life(ward)
    ward.audit.desk.daily.look(date.max - timedelta(days=1))
    page = stranger.new_page()
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.goto(f"{ward.http_url}/?next=/audit#key={secret_of(ward, 'admin')}")
    page.wait_for_url("**/audit")
    expect(page.locator(".verdict")).to_contain_text("Chưa kiểm tra")
    page.get_by_role("button", name="Kiểm tra ngay").click()
    expect(page.locator(".verdict[data-state=ok] strong")).to_have_text("Nguyên vẹn.")
    rows = page.locator("section[aria-labelledby=events] tbody tr")
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("Đặt người dùng")
    expect(rows.first.locator(".facts")).to_have_text(re.compile(r"vai trò\s+người xem"))
    expect(page.get_by_text("Gọi số", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Cũ hơn").click()
    expect(rows.nth(100)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / "audit.png")

    Meddler(ward.settings.data / STORE).run("UPDATE event SET day = '2020-01-01' WHERE seq = 9")
    page.get_by_role("button", name="Kiểm tra ngay").click()
    expect(page.locator(".verdict[data-state=bad]")).to_contain_text("bị sửa sau khi ghi")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".verdict[data-state=bad]")).to_contain_text("changed after it was written")
    page.screenshot(path=tmp_path / "audit-broken.png")
