"""Appointments and home visits over HTTP, on a real office whose clock the test sets."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)
KEYS = (f"key-{n}" for n in itertools.count())
CARD = "079300123456"
PERSON = {"name": "Trần Thị Thử", "phone": "0900 000 001", "address": "Số 1, thôn Đông, xã Mẫu"}


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(TUESDAY)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), clock) as office:
        yield office


@pytest.fixture(scope="module")
def kiosk(ward: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(ward, "kiosk-1") as client:
        yield client


@pytest.fixture(scope="module")
def staff(ward: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(ward) as client:
        yield client


@pytest.fixture(scope="module")
def stranger(ward: RunningOffice) -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60, base_url=f"{ward.http_url}/api/v1") as client:
        yield client


def book(client: httpx.Client, at: datetime, service: str = "CT", **more: Any) -> httpx.Response:
    headers = {"Idempotency-Key": more.pop("key", None) or next(KEYS)}
    body = {"service": service, "at": at.isoformat(), **more}
    return client.post("/appointments", json=body, headers=headers)


def check_in(client: httpx.Client, code: str, key: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": key or next(KEYS)}
    return client.post(f"/appointments/by-code/{code}/check-in", json={}, headers=headers)


def test_anybody_sees_what_is_free_and_books_it(stranger: httpx.Client) -> None:
    offer = stranger.get("/appointments/offer").json()
    assert [one["id"] for one in offer["services"]] == ["CT", "HT", "DD", "LD", "KD"]
    assert offer["services"][0]["procedures"]
    days = stranger.get("/appointments/slots", params={"service": "CT"}).json()
    first = days[0]["slots"][0]
    assert first == {"at": "2026-11-24T08:00:00+07:00", "free": 2}
    assert "2026-11-28" not in [day["day"] for day in days], "a Saturday"
    made = book(stranger, TUESDAY + timedelta(hours=1), procedure="2.000815", key="mine")
    assert made.status_code == 201
    body = made.json()
    assert body["procedure_name"]["vi"] == "Chứng thực bản sao từ bản chính"
    assert body["allowed"] == ["move", "cancel", "check-in"]
    assert body["page_url"].endswith(f"/a/{body['code']}")
    assert body["qr_path"].startswith("M")
    again = book(stranger, TUESDAY + timedelta(hours=1), procedure="2.000815", key="mine")
    assert (again.status_code, again.json()["id"]) == (200, body["id"])
    days = stranger.get("/appointments/slots", params={"service": "CT"}).json()
    assert days[0]["slots"][1] == {"at": "2026-11-24T08:30:00+07:00", "free": 1}


def test_a_holder_moves_and_cancels_with_the_code_alone(stranger: httpx.Client) -> None:
    code = book(stranger, TUESDAY + timedelta(days=1)).json()["code"]
    typed = f" {code[:4].lower()}-{code[4:]} ".strip()
    later = (TUESDAY + timedelta(days=1, hours=1)).isoformat()
    moved = stranger.post(f"/appointments/by-code/{typed}/move", json={"at": later})
    assert moved.json()["at"] == later
    assert stranger.post(f"/appointments/by-code/{code}/cancel").json()["state"] == "cancelled"
    twice = stranger.post(f"/appointments/by-code/{code}/cancel")
    assert (twice.status_code, twice.json()["code"]) == (409, "illegal_move")
    assert stranger.get("/appointments/by-code/NOPE2345").json()["code"] == "unknown_appointment"


def test_a_full_half_hour_is_refused_in_words(stranger: httpx.Client) -> None:
    at = TUESDAY + timedelta(days=2)
    assert book(stranger, at, "DD").status_code == 201
    full = book(stranger, at, "DD")
    assert (full.status_code, full.json()["code"], full.json()["state"]) == (
        409,
        "not_bookable",
        "full",
    )


def test_a_stranger_may_not_check_in_list_or_send_a_card(stranger: httpx.Client) -> None:
    code = book(stranger, TUESDAY + timedelta(hours=2)).json()["code"]
    assert check_in(stranger, code).status_code == 401
    assert stranger.get("/appointments").status_code == 401
    assert stranger.post("/appointments/find", json={"card": CARD}).status_code == 401
    assert book(stranger, TUESDAY + timedelta(days=3), card=CARD).status_code == 403


def test_a_card_finds_the_appointment_and_checks_in(
    ward: RunningOffice, kiosk: httpx.Client, staff: httpx.Client
) -> None:
    made = book(kiosk, TUESDAY + timedelta(minutes=30), "HT", card=CARD, channel="kiosk").json()
    found = kiosk.post("/appointments/find", json={"card": CARD}).json()
    assert [one["code"] for one in found] == [made["code"]]
    assert kiosk.post("/appointments/find", json={"card": "079300123457"}).json() == []
    ticket = check_in(kiosk, made["code"], key="in")
    assert ticket.status_code == 201
    number = ticket.json()["number"]
    assert check_in(kiosk, made["code"], key="in").json()["number"] == number
    assert check_in(kiosk, made["code"]).status_code == 409
    assert kiosk.post("/appointments/find", json={"card": CARD}).json() == []
    listed = staff.get("/appointments", params={"counter": 1}).json()
    mine = next(one for one in listed["appointments"] if one["code"] == made["code"])
    assert (mine["state"], mine["number"]) == ("checked_in", number)
    view = staff.get(f"/tickets/{ticket.json()['id']}/history").json()
    assert view[-1]["kind"] == "AppointmentCheckedIn"
    assert verify_file(store_of(ward)).fault is None


def store_of(ward: RunningOffice) -> Path:
    return ward.settings.data / "store" / "office.db"


def everything_kept(ward: RunningOffice) -> bytes:
    """All bytes of the folder but the keys and credentials."""
    parts = [
        path.read_bytes()
        for path in sorted(ward.settings.data.rglob("*"))
        if path.is_file() and path.parent.name not in {"keys", "credentials"}
    ]
    return b"".join(parts)


def test_no_number_and_no_address_stands_anywhere_on_disk(
    ward: RunningOffice, kiosk: httpx.Client, stranger: httpx.Client, staff: httpx.Client
) -> None:
    book(kiosk, TUESDAY + timedelta(days=6), "HT", card=CARD)
    assert ask_home(stranger).status_code == 201
    kept = everything_kept(ward)
    assert b"appointment_card" in kept
    for secret in (CARD, *PERSON.values()):
        assert secret.encode() not in kept
    with closing(sqlite3.connect(store_of(ward))) as connection:
        ((card,),) = connection.execute("SELECT card FROM appointment_card LIMIT 1").fetchall()
        ((mode),) = connection.execute("SELECT count(*) FROM home_visit_contact").fetchall()
    assert len(card) == 64
    assert mode == (1,)
    for key in ("cards.key", "contacts.key"):
        assert (ward.settings.data / "keys" / key).stat().st_mode & 0o077 == 0
    body = staff.get("/home-visits", params={"day": "2026-11-25"}).text
    assert PERSON["name"] not in body


def ask_home(client: httpx.Client, **more: Any) -> httpx.Response:
    body = {"service": "HT", "day": "2026-11-25", "part": "morning", **PERSON, **more}
    return client.post("/home-visits", json=body, headers={"Idempotency-Key": next(KEYS)})


def test_the_route_sheet_is_for_staff_and_in_order_of_the_way(
    ward: RunningOffice, stranger: httpx.Client, staff: httpx.Client
) -> None:
    ask_home(stranger, address="Số 9, thôn Bắc, xã Mẫu", name="Lê Văn Thử")
    sheet = staff.get("/home-visits/sheet", params={"day": "2026-11-25"})
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.headers["cache-control"] == "no-store"
    assert sheet.content.startswith(b"%PDF")
    stops = ward_sheet(ward)["stops"]
    assert [stop["name"] for stop in stops] == ["Lê Văn Thử", PERSON["name"]]
    assert stranger.get("/home-visits/sheet").status_code == 401
    full = [ask_home(stranger).status_code for _ in range(2)]
    assert full == [201, 409]


def ward_sheet(ward: RunningOffice) -> dict[str, Any]:
    sheet: dict[str, Any] = ward.http_parts.home_visits.sheet((TUESDAY + timedelta(days=1)).date())
    return sheet


def test_a_cancelled_visit_has_its_address_forgotten(
    ward: RunningOffice, stranger: httpx.Client
) -> None:
    made = ask_home(stranger, part="afternoon").json()
    assert made["allowed"] == ["cancel"]
    before = contacts(ward)
    done = stranger.post(f"/home-visits/by-code/{made['code']}/cancel").json()
    assert done["state"] == "cancelled"
    assert contacts(ward) == before - 1


def contacts(ward: RunningOffice) -> int:
    with closing(sqlite3.connect(store_of(ward))) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM home_visit_contact").fetchall()
    return int(count)


def test_whoever_signed_in_to_change_a_promise_stands_in_the_record(
    stranger: httpx.Client, kiosk: httpx.Client, staff: httpx.Client
) -> None:
    at = TUESDAY + timedelta(days=3)
    code = book(kiosk, at, "KD").json()["code"]
    moved = {"at": (at + timedelta(hours=1)).isoformat()}
    staff.post(f"/appointments/by-code/{code}/move", json=moved).raise_for_status()
    stranger.post(f"/appointments/by-code/{code}/cancel").raise_for_status()
    visit = ask_home(kiosk, day="2026-11-26").json()["code"]
    staff.post(f"/home-visits/by-code/{visit}/cancel").raise_for_status()
    assert changes(staff)[:3] == [
        ("HomeVisitCancelled", "admin"),
        ("AppointmentCancelled", None),
        ("AppointmentMoved", "admin"),
    ]


def changes(staff: httpx.Client) -> list[tuple[str, str | None]]:
    """What was changed of appointments and visits, newest first, and who had signed in."""
    newest = staff.get("/admin/audit/events").json()
    ends = ("Moved", "Cancelled", "Ended")
    return [(one["kind"], one["by"]) for one in newest if one["kind"].endswith(ends)]


def test_strangers_are_slowed_down_and_kiosks_are_not(
    stranger: httpx.Client, kiosk: httpx.Client
) -> None:
    at = TUESDAY + timedelta(days=7)
    codes = [book(stranger, at, "KD").status_code for _ in range(41)]
    assert (codes[0], codes[1], codes[-1]) == (201, 409, 429)
    assert book(kiosk, at + timedelta(hours=1), "KD").status_code == 201


def test_the_next_day_knows_what_was_promised_and_counts_who_did_not_come(
    ward: RunningOffice, clock: SetClock, kiosk: httpx.Client, staff: httpx.Client
) -> None:
    promised = book(kiosk, TUESDAY + timedelta(days=1, hours=7), card=CARD).json()["code"]
    clock.advance_to(TUESDAY + timedelta(days=1))
    kiosk.get("/services")
    assert book(kiosk, TUESDAY + timedelta(days=1, hours=8), "LD").status_code == 201
    yesterday = staff.get("/appointments", params={"day": "2026-11-24"}).json()
    assert yesterday["no_show"] == 2
    assert yesterday["checked_in"] == 1
    assert yesterday["booked"] == 0
    found = kiosk.post("/appointments/find", json={"card": CARD}).json()
    assert promised in [one["code"] for one in found]
    awaited = staff.get("/home-visits", params={"day": "2026-11-25"}).json()[0]["code"]
    staff.post(f"/home-visits/by-code/{awaited}/end", json={"done": False}).raise_for_status()
    assert changes(staff)[0] == ("HomeVisitEnded", "admin")
    assert verify_file(store_of(ward)).fault is None
