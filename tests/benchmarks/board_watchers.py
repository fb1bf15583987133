"""A thousand boards in a process of their own: how long until each has the last byte of a change.

Usage: python -m tests.benchmarks.board_watchers PORT SECRET BOARDS CHANGES. A change is a counter
that opens or pauses; the time runs from its request to the end of the event at each board. Prints
one JSON object: milliseconds of every board at every change, and the bytes of an event.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import cast

import httpx
import uvloop

END = b"\n\n"
EVENT = b"event: board"
ALL_WITHIN_S = 30.0


class Board(asyncio.Protocol):
    """One open stream; tells `hall` when an event is complete."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._got = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class
        self._transport.write(
            b"GET /api/v1/board/stream HTTP/1.1\r\nHost: l\r\n"
            b"Authorization: Bearer " + self._hall.secret.encode() + b"\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        self._got += data
        start = self._got.find(EVENT)
        if start >= 0 and self._got.find(END, start) >= 0:
            self._hall.event_bytes = len(self._got)
            self._got.clear()
            self._hall.shown()


class Hall:
    """All boards of one run."""

    def __init__(self, secret: str, boards: int) -> None:
        self.secret = secret
        self.event_bytes = 0
        self._boards = boards
        self._arrived: list[float] = []
        self._all = asyncio.Event()

    def shown(self) -> None:
        self._arrived.append(time.perf_counter())
        if len(self._arrived) == self._boards:
            self._all.set()

    async def everybody(self) -> list[float]:
        """When each board had it."""
        async with asyncio.timeout(ALL_WITHIN_S):
            await self._all.wait()
        arrived, self._arrived = self._arrived, []
        self._all.clear()
        return arrived


async def main() -> None:
    port, secret, boards, changes = sys.argv[1:]
    hall = Hall(secret, int(boards))
    loop = asyncio.get_running_loop()
    for _ in range(int(boards)):
        await loop.create_connection(lambda: Board(hall), "127.0.0.1", int(port))
    await hall.everybody()
    taken_ms: list[float] = []
    client = httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}/api/v1", headers={"Authorization": f"Bearer {secret}"}
    )
    async with client:
        for change in range(int(changes)):
            began = time.perf_counter()
            move = ("open", "pause")[change % 2]
            answer = await client.post(f"/counters/1/{move}")
            answer.raise_for_status()
            taken_ms += [(at - began) * 1e3 for at in await hall.everybody()]
    sys.stdout.write(json.dumps({"ms": taken_ms, "event_bytes": hall.event_bytes}) + "\n")


if __name__ == "__main__":
    uvloop.run(main())
