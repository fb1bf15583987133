"""The stream as a relay sees it: in order, confirmed by the disks of most nodes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import PubAck
from nats.js.errors import NotFoundError
from pydantic import ValidationError

from queue_server.hub.adapters.nats_link import AWAY, WITHIN_S, confirmed_before, faults_named
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.use_cases.ports import StreamAway

MESSAGE_ID = "Nats-Msg-Id"
ANSWER_S = 2.0
"""A leader that died answers never: soon again, and the stream knows a repeat."""


class NatsOut:
    """One client; batches one after the other."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._context = client.jetstream(timeout=WITHIN_S)

    async def publish(self, messages: Sequence[EventMessage], again: str = "") -> int:
        """Publish all, then wait; how many from the first on were confirmed.

        Raises:
            StreamAway: none was.
        """
        if not messages:
            return 0
        waiting: list[asyncio.Future[PubAck]] = []
        fault: BaseException | None = None
        try:
            for one in messages:
                waiting.append(await self._send(one, again))  # noqa: PERF401 - kept when one fails
        except AWAY as error:
            fault = error
        results: list[object] = []
        if waiting:
            await asyncio.wait(waiting, timeout=ANSWER_S)
            for answer in waiting:
                answer.cancel()
            results = [*await asyncio.gather(*waiting, return_exceptions=True)]
        taken = confirmed_before(results)
        if taken == 0:
            fault = fault or next((r for r in results if isinstance(r, BaseException)), None)
            words = "no answer in time" if isinstance(fault, asyncio.CancelledError) else str(fault)
            raise StreamAway(f"the stream confirms nothing: {words or type(fault).__name__}")
        return taken

    async def _send(self, one: EventMessage, again: str) -> asyncio.Future[PubAck]:
        return await self._context.publish_async(
            subjects.events(one.province, one.office),
            one.model_dump_json(exclude_defaults=True).encode(),
            wait_stall=WITHIN_S,
            stream=subjects.STREAM,
            headers={MESSAGE_ID: one.message_id + (f"/{again}" if again else "")},
        )

    async def last(self, province: str, office: str) -> EventMessage | None:
        """The newest that the stream has of an office; None where it has nothing that is read."""
        with faults_named():
            try:
                raw = await self._context.get_last_msg(
                    subjects.STREAM, subjects.events(province, office), direct=True
                )
            except NotFoundError:
                return None
        try:
            return EventMessage.model_validate_json(raw.data or b"")
        except ValidationError:
            return None

    async def on_ask(
        self, province: str, office: str, answer: Callable[[AskAgain], Awaitable[object]]
    ) -> None:
        """Answer the hub's asks from now on; an ask that cannot be read is not one."""

        async def asked(message: Msg) -> None:
            with suppress(ValidationError, StreamAway):
                await answer(AskAgain.model_validate_json(message.data))

        with faults_named():
            await self._client.subscribe(subjects.asks(province, office), cb=asked)
