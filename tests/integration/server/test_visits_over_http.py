"""Visits over HTTP: limits by card outlive a restart, and the card's number is nowhere."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.new_office import make_office
from tests.fakes.offices import running, signed_in

KEYS = (f"key-{n}" for n in itertools.count())
CARD = "079300123456"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_office(tmp_path, "ward")
    file = tmp_path / "motcua.toml"
    text = file.read_text(encoding="utf-8")
    limits = "\n[limits]\ntickets_per_person = 2\ndossiers_per_person = 30\n"
    file.write_text(text.replace("\n[[services]]", f"{limits}\n[[services]]", 1), encoding="utf-8")
    return tmp_path


def take(client: httpx.Client, **more: Any) -> httpx.Response:
    headers = {"Idempotency-Key": more.pop("key", None) or next(KEYS)}
    return client.post("/tickets", json={"service": "CT", **more}, headers=headers)


def test_limits_hold_over_a_restart_and_leave_no_number_behind(folder: Path) -> None:
    with running(folder) as office, signed_in(office, "kiosk-1") as kiosk:
        assert kiosk.get("/visits/rules").json() == {
            "tickets_per_person": 2,
            "dossiers_per_person": 30,
            "bulk_from": 5,
        }
        assert take(kiosk, card=CARD, key="once").status_code == 201
        assert take(kiosk, card=CARD, key="once").status_code == 200
        assert take(kiosk, card=CARD, key="once", dossiers=2).status_code == 422
        assert take(kiosk, card=CARD, service="HT").status_code == 201
    with running(folder) as office, signed_in(office, "kiosk-1") as kiosk:
        refused = take(kiosk, card=CARD, service="DD")
        assert (refused.status_code, refused.json()["code"]) == (409, "limit_reached")
        assert refused.json()["state"] == "tickets"
        many = take(kiosk, dossiers=12)
        assert (many.status_code, many.json()["state"]) == (409, "card_needed")
    for file in folder.rglob("*"):
        if file.is_file():
            assert CARD.encode() not in file.read_bytes(), file


def test_a_ticket_says_what_it_is_for(folder: Path) -> None:
    with running(folder) as office, signed_in(office, "kiosk-1") as kiosk:
        made = take(kiosk, procedure="2.000815", also=["2.000843"], dossiers=3, visit="stay-0001")
        seen = kiosk.get(f"/tickets/{made.json()['id']}").json()
    assert seen["procedures"] == ["2.000815", "2.000843"]
    assert seen["dossiers"] == 3
