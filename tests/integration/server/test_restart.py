"""Saved settings hold after one press: the same process starts its office again, loses nothing."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.sqlite_history import verify_file
from tests.office_process import OfficeProcess

pytestmark = pytest.mark.timeout(180)

PATIENCE_S = 120.0
PAUSE_S = 0.05


def held(client: httpx.Client) -> dict[str, Any]:
    """The settings once they hold; a server that starts again can only be asked again."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            answer = client.get("/admin/settings")
        except httpx.TransportError:
            time.sleep(PAUSE_S)
            continue
        if answer.status_code == 200 and not answer.json()["restart_due"]:
            found: dict[str, Any] = answer.json()
            return found
        time.sleep(PAUSE_S)
    raise AssertionError("the server does not hold the saved settings")


def number(client: httpx.Client, service: str) -> str:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answer = client.post("/tickets", json={"service": service}, headers=key)
    assert answer.status_code == 201, answer.text
    label: str = answer.json()["number"]
    return label


def test_one_press_lets_saved_settings_hold(tmp_path: Path) -> None:
    server = OfficeProcess(tmp_path / "ward")
    with server, server.client() as client:
        pid, before = server.pid, number(client, "DN")
        now = client.get("/admin/settings").json()
        digest = now.pop("hash")
        now.pop("restart_due")
        now["services"].append(
            {"id": "NH", "letter": "N", "name_vi": "Nhà ở", "name_en": "Housing"}
        )
        now["counters"][0]["services"].append("NH")
        now["devices"].append({"id": "kiosk-9", "role": "kiosk"})
        saved = client.put("/admin/settings", json=now | {"expected": digest})
        assert saved.json()["restart_due"], saved.text
        assert client.post("/admin/restart").status_code == 202
        assert "NH" in {one["id"] for one in held(client)["services"]}
        assert number(client, "NH") == "N001"
        assert number(client, "DN") != before
        with server.client("kiosk-9") as kiosk:
            assert kiosk.get("/services").status_code == 200
        assert server.pid == pid
    assert verify_file(server.folder / "store" / "office.db").ok


def test_a_folder_that_cannot_start_leaves_the_server_as_it_is(tmp_path: Path) -> None:
    server = OfficeProcess(tmp_path / "ward")
    with server, server.client() as client:
        (server.folder / "credentials" / "kiosk-1.json").unlink()
        refused = client.post("/admin/restart")
        assert refused.status_code == 422
        assert "kiosk-1.json" in refused.json()["detail"]
        assert number(client, "DN")
