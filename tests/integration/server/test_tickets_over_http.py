"""Tickets over HTTP, against a real office: store, writer, uvicorn, embedded broker."""

from __future__ import annotations

import itertools

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import signed_in

KEYS = (f"key-{n}" for n in itertools.count())


def take(
    client: httpx.Client, service: str, key: str | None = None, **more: object
) -> httpx.Response:
    headers = {"Idempotency-Key": key or next(KEYS)}
    return client.post("/tickets", json={"service": service, **more}, headers=headers)


def move(client: httpx.Client, counter: int, name: str, **body: object) -> httpx.Response:
    return client.post(f"/counters/{counter}/{name}", json=body)


def release(client: httpx.Client, counter: int) -> None:
    """Leave the counter without a citizen, whatever a test did there."""
    state = client.get(f"/counters/{counter}").json()["ticket"]
    if state is not None and state["state"] == "called":
        move(client, counter, "no-show")
    elif state is not None:
        move(client, counter, "finish")


def test_the_path_of_a_citizen(admin: httpx.Client) -> None:
    issued = take(admin, "DD", language="en", procedure="1.012783")
    assert issued.status_code == 201
    ticket = issued.json()
    assert ticket["number"] == "C001"
    assert ticket["ahead"] == 0
    assert ticket["state"] == "waiting"
    assert ticket["forecast"]["p50_min"] <= ticket["forecast"]["p90_min"]
    assert ticket["forecast"]["basis"] == "model"
    assert ticket["forecast"]["basis_words"]["vi"] == "theo mô hình dự báo"

    called = move(admin, 4, "call-next")
    assert called.status_code == 200
    assert called.json()["id"] == ticket["id"]
    assert called.json()["state"] == "called"
    board = admin.get("/board").json()
    assert board["calls"][0]["number"] == "C001"
    assert board["calls"][0]["counter"] == 4

    assert move(admin, 4, "start").json()["state"] == "serving"
    done = move(admin, 4, "finish", outcome="NORMAL").json()
    assert (done["state"], done["outcome"]) == ("finished", "NORMAL")

    history = admin.get(f"/tickets/{ticket['id']}/history").json()
    assert [entry["kind"] for entry in history] == [
        "TicketReserved",
        "TicketConfirmed",
        "TicketCalled",
        "ServingStarted",
        "TicketFinished",
    ]
    assert [entry["seq"] for entry in history] == sorted(entry["seq"] for entry in history)
    why = admin.get(f"/tickets/{ticket['id']}/why").json()
    assert why["reason"] == "longest_wait"
    assert "C001" in why["words"]["vi"]


def test_nobody_waiting_is_204_and_opens_the_counter(admin: httpx.Client) -> None:
    assert move(admin, 4, "call-next").status_code == 204
    assert admin.get("/counters/4").json()["state"] == "open"


def test_a_repeat_answers_the_same_ticket_and_changes_nothing(admin: httpx.Client) -> None:
    first = take(admin, "XD", key="same")
    before = admin.get("/board").json()["seq"]
    again = take(admin, "XD", key="same")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert admin.get("/board").json()["seq"] == before


def test_a_key_used_for_something_else_is_422(admin: httpx.Client) -> None:
    take(admin, "XD", key="mine")
    other = take(admin, "DN", key="mine")
    assert other.status_code == 422
    assert other.json()["code"] == "key_reused"


def test_two_senders_may_use_the_same_key(office: RunningOffice) -> None:
    with signed_in(office, "kiosk-1") as one, signed_in(office, "kiosk-2") as two:
        first = take(one, "XD", key="shared-words")
        second = take(two, "XD", key="shared-words")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"service": "ZZ"}, 404, "unknown_service"),
        ({"service": "XD", "priority": "rich"}, 422, "malformed"),
        ({"service": "XD", "surprise": 1}, 422, "malformed"),
        ({}, 422, "malformed"),
        ({"service": "XD", "number": 7, "kiosk": "kiosk-1"}, 409, "number_not_leased"),
        ({"service": "XD", "issued_at": "2026-01-01T00:00:00"}, 422, "malformed"),
    ],
)
def test_a_wrong_request_is_a_problem(
    admin: httpx.Client, body: dict[str, object], status: int, code: str
) -> None:
    refused = admin.post("/tickets", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["title_vi"]
    assert problem["instance"] == "/api/v1/tickets"


def test_broken_json_and_a_missing_key_are_problems(admin: httpx.Client) -> None:
    headers = {"Idempotency-Key": next(KEYS), "Content-Type": "application/json"}
    broken = admin.post("/tickets", content=b'{"service": ', headers=headers)
    assert (broken.status_code, broken.json()["code"]) == (422, "malformed")
    keyless = admin.post("/tickets", json={"service": "XD"})
    assert (keyless.status_code, keyless.json()["code"]) == (400, "key_missing")


def test_an_illegal_move_says_state_and_what_is_allowed(admin: httpx.Client) -> None:
    release(admin, 2)
    take(admin, "KD")
    assert move(admin, 2, "call-next").json()["number"] == "F001"
    refused = move(admin, 2, "finish")
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["code"] == "illegal_move"
    assert problem["state"] == "called"
    assert "start" in problem["allowed"]
    busy = move(admin, 2, "call-next")
    assert (busy.status_code, busy.json()["code"]) == (409, "counter_busy")
    release(admin, 2)


def test_a_stale_version_is_refused_and_changes_nothing(admin: httpx.Client) -> None:
    release(admin, 3)
    version = admin.get("/counters/3").json()["version"]
    assert move(admin, 3, "open", expected_version=version).status_code == 200
    stale = move(admin, 3, "pause", expected_version=version)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    assert admin.get("/counters/3").json()["state"] == "open"


def test_undo_gives_the_place_back(admin: httpx.Client) -> None:
    release(admin, 3)
    ids = [take(admin, "BH").json()["id"] for _ in range(2)]
    assert move(admin, 3, "call-next").json()["id"] == ids[0]
    assert move(admin, 3, "undo").json()["state"] == "waiting"
    assert admin.get("/board").json()["calls"][0]["number"] != "G001"
    assert move(admin, 3, "call-next").json()["id"] == ids[0]
    release(admin, 3)
    assert move(admin, 3, "call-next").json()["id"] == ids[1]
    release(admin, 3)


def test_call_by_number_transfer_and_reinstate(admin: httpx.Client) -> None:
    release(admin, 5)
    release(admin, 4)
    first, second = (take(admin, "CA").json() for _ in range(2))
    assert move(admin, 5, "call", number=second["number"]).json()["id"] == second["id"]
    assert move(admin, 5, "no-show").json()["state"] == "no_show"
    back = admin.post(f"/tickets/{second['id']}/reinstate").json()
    assert back["state"] == "waiting"
    moved = admin.post(f"/tickets/{first['id']}/transfer", json={"to_service": "DD"}).json()
    assert (moved["service"], moved["number"]) == ("DD", first["number"])
    assert move(admin, 4, "call", number=first["number"]).json()["id"] == first["id"]
    release(admin, 4)
    assert admin.post(f"/tickets/{second['id']}/cancel").json()["state"] == "cancelled"
    assert move(admin, 5, "call").status_code == 422
    assert move(admin, 5, "transfer").status_code == 422


def test_reserved_confirmed_void(office: RunningOffice) -> None:
    with signed_in(office, "kiosk-1") as kiosk:
        reserved = take(kiosk, "TP", confirm=False).json()
        assert reserved["state"] == "reserved"
        confirmed = kiosk.post(f"/tickets/{reserved['id']}/confirm", json={"slip": "printed"})
        assert confirmed.json()["state"] == "waiting"
        other = take(kiosk, "TP", confirm=False).json()
        assert kiosk.post(f"/tickets/{other['id']}/void").json()["state"] == "void"
        assert kiosk.post(f"/tickets/{other['id']}/confirm", json={}).status_code == 409


def test_a_leased_block_is_a_kiosks_own(office: RunningOffice, admin: httpx.Client) -> None:
    with signed_in(office, "kiosk-1") as kiosk, signed_in(office, "kiosk-2") as other:
        body = {"service": "DN", "size": 5}
        block = kiosk.post("/leases", json=body, headers={"Idempotency-Key": "l1"}).json()
        assert block["last"] - block["first"] == 4
        assert take(other, "DN", number=block["first"]).json()["code"] == "number_not_leased"
        given = take(kiosk, "DN", number=block["first"] + 2)
        assert given.status_code == 201
        assert given.json()["number"] == "K502"
        assert take(kiosk, "DN", number=block["first"] + 2).status_code == 409
    own = [take(admin, "DN").json()["number"] for _ in range(2)]
    assert int(own[1][1:]) == int(own[0][1:]) + 1 < 500, "a lease leaves no gap"


def test_a_browser_at_an_unknown_address_gets_a_page_and_a_way_on(office: RunningOffice) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    missed = httpx.get(f"{office.http_url}/boardd", headers=browser)
    assert missed.status_code == 404
    assert missed.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in missed.headers["content-security-policy"]
    assert "Không có trang này" in missed.text
    assert 'href="/"' in missed.text
    for address in ("/boardd", "/api/v1/boardd"):
        accepts = browser if "api" in address else {"Accept": "*/*"}
        program = httpx.get(f"{office.http_url}{address}", headers=accepts)
        assert program.headers["content-type"] == "application/problem+json"
        assert program.status_code == 404


def test_unknown_things_are_404_problems(admin: httpx.Client) -> None:
    for path in ("/tickets/none", "/tickets/none/history", "/tickets/none/why", "/counters/99"):
        answer = admin.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"
    assert move(admin, 99, "open").json()["code"] == "unknown_counter"
    assert move(admin, 1, "dance").status_code == 422
    assert admin.put("/tickets").status_code == 405


def test_a_free_counter_means_no_wait(admin: httpx.Client) -> None:
    release(admin, 3)
    while move(admin, 3, "call-next").status_code == 200:
        release(admin, 3)
    ticket = take(admin, "LD").json()
    assert ticket["forecast"]["basis"] == "counter_free"
    assert ticket["forecast"]["p50_min"] == 0
    behind = take(admin, "LD").json()
    assert behind["forecast"]["p50_min"] >= 0
    assert behind["ahead"] == 1
