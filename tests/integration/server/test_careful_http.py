"""Too much, too slow or not HTTP at all: refused as a problem, and others are served meanwhile."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator

import httpx
import pytest

from queue_server.bootstrap import RunningOffice, careful_http
from queue_server.contracts.problems import MEDIA_TYPE

KEYED = {"Idempotency-Key": "k", "Content-Type": "application/json"}


@pytest.fixture
def line(office: RunningOffice) -> Iterator[socket.socket]:
    address = office.http.address
    with socket.create_connection((address.host, address.port), 10) as connected:
        yield connected


def all_of(line: socket.socket) -> tuple[int, dict[str, object]]:
    """Everything until the server closes: status and problem."""
    said = b""
    while got := line.recv(4096):
        said += got
    head, _, body = said.partition(b"\r\n\r\n")
    assert MEDIA_TYPE.encode() in head
    return int(head.split()[1]), json.loads(body)


def pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // 1024 + 1):
        yield b" " * 1024


@pytest.mark.parametrize("make", [bytes, pieces], ids=["announced", "in pieces"])
def test_a_body_that_is_too_large(
    admin: httpx.Client, make: Callable[[int], bytes | Iterator[bytes]]
) -> None:
    body = make(careful_http.MOST_BODY_BYTES + 1)
    answer = admin.post("/tickets", content=body, headers=KEYED)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.json()["status"] == 413
    assert admin.get("/board").status_code == 200


def test_a_body_as_large_as_may_be(admin: httpx.Client) -> None:
    body = b'{"service": "CT"}'.ljust(careful_http.MOST_BODY_BYTES)
    assert admin.post("/tickets", content=body, headers=KEYED).status_code == 201


def test_headers_without_end(line: socket.socket, admin: httpx.Client) -> None:
    line.sendall(b"GET /healthz HTTP/1.1\r\n")
    for number in range(1000):
        line.sendall(b"X-%d: %s\r\n" % (number, b"y" * 100))
    assert all_of(line)[0] == 431
    assert admin.get("/board").status_code == 200


def test_headers_that_are_too_long(line: socket.socket) -> None:
    line.sendall(b"GET /healthz HTTP/1.1\r\nX: " + b"y" * (careful_http.MOST_HEAD_BYTES + 100))
    status, said = all_of(line)
    assert (status, said["status"]) == (431, 431)


def test_no_http_at_all(line: socket.socket) -> None:
    line.sendall("xin chào\r\n\r\n".encode())
    status, said = all_of(line)
    assert (status, said["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /heal",
        b"POST /api/v1/session HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
        b"GET /healthz HTTP/1.1\r\nHost: l\r\n\r\nGET /again",
    ],
    ids=["silent", "half a head", "half a body", "half a second request"],
)
def test_a_client_that_never_finishes(
    office: RunningOffice, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(careful_http, "REQUEST_WITHIN_S", 0.05)
    address = office.http.address
    with socket.create_connection((address.host, address.port), 10) as line:
        line.sendall(begun)
        said = b""
        while got := line.recv(4096):
            said += got
    assert b"HTTP/1.1 408 Request Timeout" in said
