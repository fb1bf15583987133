"""Clients that take tickets as fast as they are answered; a process of its own beside the server.

Usage: python -m tests.benchmarks.ticket_clients PORT SECRET CLIENTS SECONDS [SERVICES]. Each client
is one kept-alive connection with one request under way, written straight on asyncio's transport:
a general HTTP library would measure itself. With MOTCUA_BENCH_CA they speak TLS. Prints one JSON
object.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import ssl
import sys
import time
from array import array
from typing import cast

import uvloop

CREATED = b"HTTP/1.1 201"


class TicketClient(asyncio.Protocol):
    """One connection that asks, waits for the answer, asks again."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._got = bytearray()
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class
        self._ask()

    def _ask(self) -> None:
        self._sent_at = time.perf_counter()
        if self._sent_at >= self._crowd.until:
            self._crowd.left(self._transport)
            return
        self._transport.write(self._crowd.next_request())

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, blank, body = bytes(self._got).partition(b"\r\n\r\n")
        if not blank:
            return
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        if len(body) < length:
            return
        self._got.clear()
        self._crowd.answered(time.perf_counter() - self._sent_at, head, body)
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            raise exc


class Crowd:
    """All clients of one run and what they saw."""

    def __init__(self, secret: str, services: list[str]) -> None:
        self._secret = secret
        self._services = services
        self._dice = random.Random()
        self._name = f"{self._dice.getrandbits(64):016x}"
        self._asked = 0
        self._clients = 0
        self.all_left = asyncio.Event()
        self.until = 0.0
        self.taken = array("d")
        self.numbers: list[str] = []
        self.refused = 0

    def next_request(self) -> bytes:
        self._asked += 1
        service = self._services[self._asked % len(self._services)]
        body = f'{{"service":"{service}"}}'
        return (
            "POST /api/v1/tickets HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {self._secret}\r\n"
            f"Idempotency-Key: {self._name}-{self._asked}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def answered(self, seconds: float, head: bytes, body: bytes) -> None:
        if head.startswith(CREATED):
            self.taken.append(seconds)
            self.numbers.append(json.loads(body)["number"])
        else:
            self.refused += 1

    def left(self, transport: asyncio.Transport) -> None:
        transport.close()
        self._clients -= 1
        if self._clients == 0:
            self.all_left.set()

    async def run(self, port: int, clients: int, seconds: float) -> float:
        """Come, take tickets for some seconds, leave; the seconds it really took."""
        loop = asyncio.get_running_loop()
        ca = os.environ.get("MOTCUA_BENCH_CA")
        tls = ssl.create_default_context(cafile=ca) if ca else None
        self._clients = clients
        began = time.perf_counter()
        self.until = began + seconds
        for _ in range(clients):
            await loop.create_connection(lambda: TicketClient(self), "127.0.0.1", port, ssl=tls)
        await self.all_left.wait()
        return time.perf_counter() - began


async def main() -> None:
    port, secret, clients, seconds, *services = sys.argv[1:]
    crowd = Crowd(secret, services or ["CT"])
    took = await crowd.run(int(port), int(clients), float(seconds))
    ordered = sorted(crowd.taken)
    body = {
        "tickets": len(ordered),
        "refused": crowd.refused,
        "per_s": len(ordered) / took,
        "p50_ms": ordered[len(ordered) // 2] * 1000,
        "p99_ms": ordered[len(ordered) * 99 // 100] * 1000,
        "numbers": crowd.numbers,
    }
    sys.stdout.write(json.dumps(body) + "\n")


if __name__ == "__main__":
    uvloop.run(main())
