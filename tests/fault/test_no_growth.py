"""Thousands of hostile requests leave the server as large as it was: no handle, hardly a page."""

from __future__ import annotations

import os
import random
import socket
import time
from pathlib import Path

import psutil
import pytest

from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]

WARM, MORE = 400, 1600
MOST_GROWN_MIB = 16
A_FEW_HANDLES = 8
"""What the office opens by itself meanwhile: a forecast, a plan."""
SETTLED_WITHIN_S = 60
MIB = 1024 * 1024


def hostile(dice: random.Random) -> bytes:
    """A request that must be refused, or that ends in its middle."""
    noise = dice.randbytes(dice.randrange(1, 400))
    number = dice.randrange(10**12)
    body = noise if dice.random() < 0.5 else b'{"service": ' + b"[" * dice.randrange(1, 200)
    long = f"Content-Length: {len(body)}\r\n".encode()
    kinds = (
        noise + b"\r\n\r\n",
        f"GET /api/v1/tickets/{number} HTTP/1.1\r\nHost: l\r\n".encode() * 2,
        f"GET /{number} HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n".encode(),
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: l\r\nContent-Length: 99999999\r\n\r\n" + body,
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: l\r\nConnection: close\r\n"
        + long
        + b"\r\n"
        + body,
        f"GET /api/v1/board HTTP/1.1\r\nAuthorization: Bearer {number}\r\nHost: l\r\n"
        "Connection: close\r\n\r\n".encode(),
        f"GET /f/{number} HTTP/1.1\r\nX-{number}: {'a' * 40_000}\r\nHost: l\r\n\r\n".encode(),
    )
    return dice.choice(kinds)


def send(server: OfficeProcess, dice: random.Random, count: int) -> None:
    """Each on a line of its own, left without waiting for more than the beginning of an answer."""
    for _ in range(count):
        with socket.create_connection((server.host, server.port), 30) as line:
            line.settimeout(0.02)
            try:
                line.sendall(hostile(dice))
                line.recv(64)
            except OSError:
                continue


def handles_when_all_hung_up(server: OfficeProcess) -> int:
    """The handles when every line is closed here, too; nobody is told of that."""
    process, until = psutil.Process(server.pid), time.monotonic() + SETTLED_WITHIN_S
    while any(
        one.raddr and one.laddr.port == server.port for one in process.net_connections("tcp")
    ):
        assert time.monotonic() < until, "a line that was hung up stays open"
        os.sched_yield()
    return process.num_fds()


def test_hostile_requests_leave_no_handle_and_hardly_a_page(tmp_path: Path) -> None:
    dice = random.Random(9)
    with OfficeProcess(tmp_path / "office") as server:
        assert server.first_line()
        process = psutil.Process(server.pid)
        send(server, dice, WARM)
        handles, size = handles_when_all_hung_up(server), process.memory_info().rss
        send(server, dice, MORE)
        assert handles_when_all_hung_up(server) <= handles + A_FEW_HANDLES
        grown = (process.memory_info().rss - size) / MIB
        assert grown <= MOST_GROWN_MIB, f"{grown:.1f} MiB for {MORE} requests"
        with server.client() as client:
            key = {"Idempotency-Key": "after all"}
            assert client.post("/tickets", json={"service": "CT"}, headers=key).status_code == 201
        assert "Traceback" not in server.log.read_text("utf-8")
