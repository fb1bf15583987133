"""The stream as a collector sees it: one durable consumer that any number of them share."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import api
from nats.js.errors import NotFoundError
from pydantic import ValidationError

from queue_server.hub.adapters.nats_link import WITHIN_S, faults_named
from queue_server.hub.adapters.nats_pull import Pulls
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.use_cases.ports import Received

A_MOMENT_S = 0.5
ACK_WITHIN_S = 30.0
UNDER_WAY = 20_000
ACKED, AGAIN = b"+ACK", b"-NAK"
NO_TEXT = b"\\u0000"
"""A character that no database text holds; one such message must not hold up all others."""
PERHAPS_NO_NUMBER = re.compile(rb"NaN|Infinity|[eE]\+?\d{3}|\d{300}")
"""What can be read as a number that no JSON of the database holds; few messages have it."""


class NatsIn:
    """Made by `open_inbox`; used by one task."""

    def __init__(self, client: Client, pulls: Pulls) -> None:
        self._client = client
        self._pulls = pulls

    async def fetch(self, most: int) -> Sequence[Received]:
        """What is there; waits a moment where nothing is.

        Raises:
            StreamAway: the cluster does not answer.
        """
        return [_received(message) for message in await self._pulls.some(most, A_MOMENT_S)]

    async def done(self, received: Collection[Received]) -> None:
        """Acknowledge; an acknowledgement that is lost means one more repeat."""
        await self._answer(received, ACKED)

    async def back(self, received: Collection[Received]) -> None:
        """Hand them back; one that is lost on the way comes again when its time is over."""
        await self._answer(received, AGAIN)

    async def ask(self, province: str, office: str, missing: AskAgain) -> None:
        """Ask an office to publish again."""
        with faults_named():
            subject = subjects.asks(province, office)
            await self._client.publish(subject, missing.model_dump_json().encode())

    async def _answer(self, received: Collection[Received], word: bytes) -> None:
        with faults_named():
            for one in received:
                await self._client.publish(one.handle, word)
            await self._client.flush(timeout=int(WITHIN_S))


async def open_inbox(client: Client, consumer: str = subjects.CONSUMER) -> NatsIn:
    """Share the consumer of this name; it is made where there is none, from the first event on.

    Raises:
        StreamAway: the cluster does not answer, or has no stream yet.
    """
    config = api.ConsumerConfig(
        durable_name=consumer,
        ack_policy=api.AckPolicy.EXPLICIT,
        deliver_policy=api.DeliverPolicy.ALL,
        ack_wait=ACK_WITHIN_S,
        max_ack_pending=UNDER_WAY,
    )
    context = client.jetstream(timeout=WITHIN_S)
    with faults_named():
        await context.add_consumer(subjects.STREAM, config)
    pulls = Pulls(client, consumer)
    await pulls.open()
    return NatsIn(client, pulls)


async def forget_inbox(client: Client, consumer: str = subjects.CONSUMER) -> None:
    """Let the next collector begin with the first event that the stream has.

    Raises:
        StreamAway: the cluster does not answer.
    """
    with faults_named():
        context = client.jetstream(timeout=WITHIN_S)
        with suppress(NotFoundError):
            await context.delete_consumer(subjects.STREAM, consumer)


def _received(message: Msg) -> Received:
    """Read it; what is no event of ours is handed on empty, to be counted and let go."""
    stored_at: datetime = message.metadata.timestamp
    event: EventMessage | None = None
    if NO_TEXT in message.data:
        return Received(stored_at, None, message.reply)
    with suppress(ValidationError):
        said = EventMessage.model_validate_json(message.data)
        # Who may publish where is the cluster's to say: the subject is the proof of the sender.
        if message.subject == subjects.events(said.province, said.office):
            event = said
    if event is not None and PERHAPS_NO_NUMBER.search(message.data) and not _finite(event):
        event = None
    return Received(stored_at, event, message.reply)


def _finite(event: EventMessage) -> bool:
    try:
        json.dumps(event.body, allow_nan=False)
    except ValueError:
        return False
    return True
