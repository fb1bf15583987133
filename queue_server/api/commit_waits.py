"""Brings the writer's answers into the event loop: one wake-up for all answers of a commit."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Lock

from queue_server.use_cases.keep_day import Answer

Waiting = asyncio.Future[Answer]


class CommitWaits:
    """Everything that waits for the writer in one event loop.

    `asyncio.wrap_future` wakes the loop once for each answer, and each wake-up takes the
    interpreter lock away from the writer; here the first answer wakes it, the others ride along.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._done: list[tuple[Waiting, Answer]] = []

    async def answer_of(self, future: Future[Answer]) -> Answer:
        """Wait until the writer has answered; if the sender gives up, the work goes on."""
        loop = asyncio.get_running_loop()
        waiting: Waiting = loop.create_future()

        def answered(done: Future[Answer]) -> None:
            with self._lock:
                first = not self._done
                self._done.append((waiting, done.result()))
            if first:
                loop.call_soon_threadsafe(self._hand_out)

        future.add_done_callback(answered)
        return await waiting

    def _hand_out(self) -> None:
        with self._lock:
            done, self._done = self._done, []
        for waiting, answer in done:
            if not waiting.done():
                waiting.set_result(answer)
