"""One live picture for many lookers: drawn once after a change, sent to all as an SSE event.

Each event is a whole snapshot, so a looker that missed some is right again with the next one.
Changes that follow within `gap_s` of each other share one picture.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

BEAT_S = 15.0
GAP_S = 0.05

Draw = Callable[[], tuple[int, str]]


def frame(event: str, seq: int, data: str) -> bytes:
    """One server-sent event; `data` is JSON without line breaks."""
    return f"event: {event}\nid: {seq}\ndata: {data}\n\n".encode()


BEAT = b"event: beat\ndata: {}\n\n"


class _Looker:
    """One open stream: the newest frame that it has not sent yet."""

    __slots__ = ("ended", "newest", "wake")

    def __init__(self) -> None:
        self.newest: bytes | None = None
        self.ended = False
        self.wake = asyncio.Event()

    def offer(self, newest: bytes) -> None:
        self.newest = newest
        self.wake.set()


class LiveStream:
    """The stream of one picture; `draw` gives its sequence number and JSON."""

    def __init__(self, event: str, draw: Draw, gap_s: float = GAP_S) -> None:
        self._event = event
        self._draw = draw
        self._gap_s = gap_s
        self._lookers: set[_Looker] = set()
        self._pending: asyncio.TimerHandle | None = None
        self._last_s = 0.0
        self._closed = False

    def __len__(self) -> int:
        return len(self._lookers)

    def changed(self) -> None:
        """Something to show; call it in the event loop."""
        if self._pending is not None or not self._lookers:
            return
        loop = asyncio.get_running_loop()
        delay = max(0.0, self._last_s + self._gap_s - loop.time())
        if delay == 0.0:
            self._send()
        else:
            self._pending = loop.call_later(delay, self._send)

    def passed(self) -> None:
        """Time alone changed the picture; call it in the event loop. It holds no change back."""
        if self._pending is None and self._lookers:
            self._offer()

    def _send(self) -> None:
        self._pending = None
        self._last_s = asyncio.get_running_loop().time()
        self._offer()

    def _offer(self) -> None:
        newest = frame(self._event, *self._draw())
        for looker in self._lookers:
            looker.offer(newest)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for looker in self._lookers:
            looker.wake.set()

    def send_home(self) -> None:
        """End the streams that are open now; whoever still may comes again by itself."""
        for looker in self._lookers:
            looker.ended = True
            looker.wake.set()

    async def follow(self, last_seq: int | None) -> AsyncIterator[bytes]:
        """Frames for one looker: at once if it has not seen the present one, then each new one."""
        looker = _Looker()
        self._lookers.add(looker)
        try:
            seq, data = self._draw()
            yield BEAT if last_seq == seq else frame(self._event, seq, data)
            while not (self._closed or looker.ended):
                yield await self._next(looker)
        finally:
            self._lookers.discard(looker)

    async def _next(self, looker: _Looker) -> bytes:
        try:
            async with asyncio.timeout(BEAT_S):
                await looker.wake.wait()
        except TimeoutError:
            return BEAT
        looker.wake.clear()
        newest, looker.newest = looker.newest, None
        return newest or BEAT
