"""Streams and sockets: live, resumable, and without Nagle's delay."""

from __future__ import annotations

import gc
import json
import socket
from collections.abc import Iterator

import httpx
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import secret_of, signed_in


def events(response: httpx.Response) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Server-sent events without the beats."""
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields.get("event") != "beat":
            yield fields["event"], int(fields["id"]), json.loads(fields["data"])
            fields = {}


def take(client: httpx.Client, key: str) -> dict[str, object]:
    body = {"service": "CT"}
    taken: dict[str, object] = client.post(
        "/tickets", json=body, headers={"Idempotency-Key": key}
    ).json()
    return taken


def test_the_board_streams_each_change_and_resumes(
    office: RunningOffice, admin: httpx.Client
) -> None:
    with signed_in(office, "board-1") as looker:
        with looker.stream("GET", "/board/stream") as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            stream = events(response)
            name, seq, first = next(stream)
            assert (name, first["seq"]) == ("board", seq)
            take(admin, "live-1")
            _, later, second = next(stream)
            assert later > seq
            assert _waiting(second) == _waiting(first) + 1
        take(admin, "live-2")
        missed = {"Last-Event-ID": str(later)}
        with looker.stream("GET", "/board/stream", headers=missed) as response:
            _, newest, third = next(events(response))
            assert newest > later
            assert _waiting(third) == _waiting(second) + 1


def _waiting(board: dict[str, object]) -> int:
    today = board["today"]
    assert isinstance(today, dict)
    return int(today["waiting"])


def test_a_call_for_a_colleague_reaches_the_board_at_once(office: RunningOffice) -> None:
    """Also without any event of the office, so `seq` stays."""
    with (
        signed_in(office, "board-1") as looker,
        looker.stream("GET", "/board/stream") as response,
    ):
        stream = events(response)
        _, seq, first = next(stream)
        assert _helped(first) == []
        office.staff_help.ask(2)
        _, same, second = next(stream)
        assert (_helped(second), same) == ([2], seq)
        office.staff_help.settle(2)
        _, _, third = next(stream)
        assert _helped(third) == []


def _helped(board: dict[str, object]) -> list[int]:
    counters = board["counters"]
    assert isinstance(counters, list)
    return [one["number"] for one in counters if one["help_since"]]


def test_a_phone_follows_its_slip(office: RunningOffice, admin: httpx.Client) -> None:
    ticket = take(admin, "follow-1")
    code = str(ticket["follow_url"]).rpartition("/")[2]
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1") as phone:
        page = phone.get(f"/follow/{code}").json()
        assert page["number"] == ticket["number"]
        assert page["ahead"] == ticket["ahead"]
        assert set(page) <= {
            "number", "service", "office", "state", "ahead", "forecast",
            "counter", "counter_name", "at", "seq", "recalls", "allowed",
            "late_left_min", "score", "reasons", "training", "language",
        }  # fmt: skip
        with phone.stream("GET", f"/follow/{code}/stream") as response:
            stream = events(response)
            next(stream)
            admin.post("/counters/1/call", json={"number": ticket["number"]})
            _, _, called = next(stream)
            assert (called["state"], called["counter"]) == ("called", 1)
    admin.post("/counters/1/no-show")


def test_the_display_hides_what_only_staff_may_see(office: RunningOffice) -> None:
    with signed_in(office, "display-1") as display:
        shown = display.get("/display").json()
    assert "devices" not in shown
    assert "counters" not in shown
    assert {"services", "calls", "notice", "seq"} <= set(shown)


def test_every_http_socket_has_nodelay(admin: httpx.Client) -> None:
    admin.get("/services")
    sockets = [
        protocol.transport.get_extra_info("socket")
        for protocol in gc.get_objects()
        if isinstance(protocol, HttpToolsProtocol) and protocol.transport is not None
    ]
    still_open = [s for s in sockets if s and s.fileno() >= 0]
    options = [s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for s in still_open]
    assert options
    assert all(options)


def test_headers_and_body_leave_in_one_write(office: RunningOffice) -> None:
    with socket.create_connection((office.http.address.host, office.http.address.port)) as raw:
        raw.settimeout(10)
        lines = (
            "GET /api/v1/services HTTP/1.1",
            "Host: office",
            f"Authorization: Bearer {secret_of(office, 'admin')}",
            "",
            "",
        )
        raw.sendall("\r\n".join(lines).encode())
        first = raw.recv(1 << 20)
    head, _, body = first.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if b"content-length" in line
    )
    assert len(body) == length
