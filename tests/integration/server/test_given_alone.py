"""What a kiosk gave while it was alone is handed in over HTTP: once, with its true time."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from queue_server.contracts.requests import SENT_AT_HEADER
from tests.fakes.offices import signed_in

KEYS = (f"alone-{n}" for n in itertools.count())
CODE = "abcdefghijklmno_"
YEARS_OFF = timedelta(days=900)


def lease(kiosk: httpx.Client, service: str, size: int = 5) -> dict[str, Any]:
    answer = kiosk.post(
        "/leases", json={"service": service, "size": size}, headers={"Idempotency-Key": next(KEYS)}
    )
    assert answer.status_code == 200
    block: dict[str, Any] = answer.json()
    return block


def hand_in(kiosk: httpx.Client, key: str, sent_at: datetime, **ticket: object) -> httpx.Response:
    headers = {"Idempotency-Key": key, SENT_AT_HEADER: sent_at.isoformat()}
    return kiosk.post("/tickets", json=ticket, headers=headers)


def now_of(kiosk: httpx.Client) -> datetime:
    """The office's clock: the time of a ticket that is taken now."""
    taken = kiosk.post("/tickets", json={"service": "LD"}, headers={"Idempotency-Key": next(KEYS)})
    return datetime.fromisoformat(taken.json()["issued_at"])


def test_a_lease_says_all_that_a_slip_needs(office: RunningOffice) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        block = lease(kiosk, "DN")
        now = now_of(kiosk)
    assert (block["service"], block["letter"], block["digits"]) == ("DN", "K", 3)
    assert (block["last"] - block["first"], block["day"]) == (4, now.date().isoformat())
    assert block["follow_base"].endswith("/t/")


def test_a_ticket_given_alone_keeps_its_time_its_code_and_its_slip(
    office: RunningOffice, admin: httpx.Client
) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        block = lease(kiosk, "DN")
        now = now_of(kiosk)
        sent_at = now + YEARS_OFF
        given = {
            "service": "DN",
            "number": block["first"] + 1,
            "day": block["day"],
            "issued_at": (sent_at - timedelta(minutes=7)).isoformat(),
            "follow_code": CODE,
            "slip": "printed",
        }
        first = hand_in(kiosk, "given-1", sent_at, **given)
        # The repeat leaves later, by a clock that was set right meanwhile.
        again = hand_in(kiosk, "given-1", now, **given)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    ticket = first.json()
    late = datetime.fromisoformat(ticket["issued_at"]) - (now - timedelta(minutes=7))
    assert timedelta(0) <= late < timedelta(seconds=20)
    assert ticket["follow_url"] == block["follow_base"] + CODE
    assert admin.get(f"/tickets/{ticket['id']}").json()["state"] == "waiting"
    history = admin.get(f"/tickets/{ticket['id']}/history").json()
    assert [entry["kind"] for entry in history] == ["TicketReserved", "TicketConfirmed"]


@pytest.mark.parametrize("confirmed", [False, True])
def test_the_try_that_was_never_answered_is_taken_back(
    office: RunningOffice, admin: httpx.Client, *, confirmed: bool
) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        block = lease(kiosk, "XD")
        tried, key = {"service": "XD", "confirm": confirmed}, next(KEYS)
        lost = kiosk.post("/tickets", json=tried, headers={"Idempotency-Key": key}).json()
        number = {"service": "XD", "number": block["first"], "replaces": key}
        given = hand_in(kiosk, next(KEYS), now_of(kiosk), **number)
    assert given.status_code == 201
    state = "cancelled" if confirmed else "void"
    assert admin.get(f"/tickets/{lost['id']}").json()["state"] == state
    assert given.json()["state"] == "waiting"


def test_a_try_that_arrives_after_its_replacement_makes_no_ticket(
    office: RunningOffice, admin: httpx.Client
) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        block = lease(kiosk, "XD")
        key = next(KEYS)
        number = {"service": "XD", "number": block["first"], "replaces": key}
        assert hand_in(kiosk, next(KEYS), now_of(kiosk), **number).status_code == 201
        before = admin.get("/board").json()["seq"]
        late = kiosk.post("/tickets", json={"service": "XD"}, headers={"Idempotency-Key": key})
        # Another kiosk's key of the same letters is another key.
        with signed_in(office, "kiosk-2") as other:
            free = other.post("/tickets", json={"service": "XD"}, headers={"Idempotency-Key": key})
    assert (late.status_code, late.json()["code"]) == (422, "key_reused")
    assert free.status_code == 201
    assert admin.get("/board").json()["seq"] == before + 2


@pytest.mark.parametrize("code", ["short", "x" * 17, "../../etc/passwd", "abc defghijklmno"])
def test_a_follow_code_of_another_kind_is_refused(office: RunningOffice, code: str) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        block = lease(kiosk, "DN")
        body = {"service": "DN", "number": block["first"], "follow_code": code}
        refused = kiosk.post("/tickets", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
