"""The stream as a collector sees it: one durable consumer that any number of them share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext, api
from nats.js.errors import NotFoundError
from pydantic import ValidationError

from queue_server.hub.adapters.nats_link import WITHIN_S, faults_named
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.use_cases.ports import Received

A_MOMENT_S = 0.5
ACK_WITHIN_S = 30.0
UNDER_WAY = 20_000
ACKED, AGAIN = b"+ACK", b"-NAK"


class NatsIn:
    """Made by `open_inbox`; used by one task."""

    def __init__(self, client: Client, inbox: JetStreamContext.PullSubscription) -> None:
        self._client = client
        self._inbox = inbox

    async def fetch(self, most: int) -> Sequence[Received]:
        """What is there; waits a moment where nothing is.

        Raises:
            StreamAway: the cluster does not answer.
        """
        with faults_named():
            try:
                messages = await self._inbox.fetch(most, timeout=A_MOMENT_S)
            # The client names its own kind, or the plain one where the moment was over already.
            except TimeoutError:
                return []
        return [_received(message) for message in messages]

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
        inbox = await context.pull_subscribe_bind(consumer=consumer, stream=subjects.STREAM)
    return NatsIn(client, inbox)


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
    with suppress(ValidationError):
        said = EventMessage.model_validate_json(message.data)
        # Who may publish where is the cluster's to say: the subject is the proof of the sender.
        if message.subject == subjects.events(said.province, said.office):
            event = said
    return Received(stored_at, event, message.reply)
