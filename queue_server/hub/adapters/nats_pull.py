"""Pulls from a consumer: one ask brings thousands of messages, without a task or timer for each.

The client's own `fetch` makes two tasks and a timer a message: more than all else that a collector
does with it (measured; see the hub's SCALE.md).
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import Header

from queue_server.hub.adapters.nats_link import faults_named
from queue_server.hub.contracts import subjects
from queue_server.hub.use_cases.ports import StreamAway

ANSWER_S = 2.0
"""A leader that died answers never: soon asked again, and what comes late is not lost."""
ENDS = {"404", "408"}
NANO = 1_000_000_000


class Pulls:
    """Asks one after the other, by one task; what comes late belongs to the next one."""

    def __init__(self, client: Client, consumer: str) -> None:
        self._client = client
        self._where = f"$JS.API.CONSUMER.MSG.NEXT.{subjects.STREAM}.{consumer}"
        self._inbox = client.new_inbox()
        self._asks = 0
        self._come: list[Msg] = []
        self._wanted = 0
        self._ended: asyncio.Future[None] | None = None

    async def open(self) -> None:
        """Begin to listen.

        Raises:
            StreamAway: the connection is gone.
        """
        with faults_named():
            await self._client.subscribe(f"{self._inbox}.*", cb=self._take)

    async def some(self, most: int, moment_s: float) -> list[Msg]:
        """What is there now; where nothing is, what comes within a moment.

        Raises:
            StreamAway: the cluster refuses.
        """
        await self._ask(most, {"no_wait": True}, ANSWER_S)
        if not self._come:
            await self._ask(1, {"expires": int(moment_s * NANO)}, moment_s + ANSWER_S)
            if self._come and most > 1:
                await self._ask(most - 1, {"no_wait": True}, ANSWER_S)
        come, self._come = self._come, []
        return come

    async def _ask(self, most: int, how: dict[str, Any], within_s: float) -> None:
        self._asks += 1
        self._wanted = len(self._come) + most
        self._ended = asyncio.get_running_loop().create_future()
        words = json.dumps({"batch": most, **how}).encode()
        with faults_named(), suppress(TimeoutError):
            await self._client.publish(self._where, words, self._reply())
            async with asyncio.timeout(within_s):
                await self._ended

    def _reply(self) -> str:
        return f"{self._inbox}.{self._asks}"

    async def _take(self, message: Msg) -> None:
        if message.reply:
            self._come.append(message)
            if len(self._come) == self._wanted:
                self._end()
        elif message.subject == self._reply():
            said = message.headers or {}
            fault = " ".join(filter(None, map(said.get, (Header.STATUS, Header.DESCRIPTION))))
            self._end(None if said.get(Header.STATUS) in ENDS else StreamAway(fault))

    def _end(self, fault: StreamAway | None = None) -> None:
        if self._ended is None or self._ended.done():
            return
        if fault is None:
            self._ended.set_result(None)
        else:
            self._ended.set_exception(fault)
