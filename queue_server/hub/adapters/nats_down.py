"""The way down over core NATS: the hub asks an office and hears it, or that nobody listens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout
from pydantic import ValidationError

from queue_server.hub.adapters.nats_link import AWAY, faults_named
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered


class NatsDown:
    """The hub's side; any number of requests at once."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def stands(self) -> bool:
        """Whether the hub itself is connected."""
        return self._client.is_connected

    async def ask(
        self, province: str, office: str, asked: HandedDown, within_s: float
    ) -> OfficeAnswer | Unanswered:
        """What the office says; `NOBODY` only where nothing left, or nobody listens for sure."""
        if not self._client.is_connected:
            return Unanswered.NOBODY
        subject = subjects.down(province, office)
        with faults_named():
            try:
                said = await self._client.request(
                    subject, asked.model_dump_json().encode(), timeout=within_s
                )
            except NoRespondersError:
                return Unanswered.NOBODY
            except (NatsTimeout, TimeoutError):
                return Unanswered.SILENT
        try:
            answer = OfficeAnswer.model_validate_json(said.data)
        except ValidationError:
            return Unanswered.SILENT
        return answer if answer.key == asked.key else Unanswered.SILENT


async def listen_down(
    client: Client,
    province: str,
    office: str,
    answer: Callable[[HandedDown], Awaitable[OfficeAnswer]],
) -> None:
    """Answer what the hub hands down from now on; what cannot be read is no request.

    Raises:
        StreamAway: the cluster does not answer.
    """

    async def asked(message: Msg) -> None:
        with suppress(ValidationError, *AWAY):
            request = HandedDown.model_validate_json(message.data)
            said = await answer(request)
            await message.respond(said.model_dump_json().encode())

    with faults_named():
        await client.subscribe(subjects.down(province, office), cb=asked)
