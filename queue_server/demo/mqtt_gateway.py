"""A kiosk's way to the server over MQTT alone: a request, and the reply that names it."""

from __future__ import annotations

import logging
import threading
import uuid
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoReply
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from kiosk.adapters.http_gateway import AWAY
from kiosk.adapters.mqtt_presence import MqttPresence
from kiosk.domain.ticket import Forecast, IssuedTicket, SlipOutcome, TicketOrder, WaitingLine
from kiosk.domain.words import Words
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts import topics
from queue_server.contracts.messages import KioskReply, KioskRequest
from queue_server.contracts.requests import ConfirmRequest, Priority, TicketRequest
from queue_server.contracts.requests import SlipOutcome as ContractOutcome
from queue_server.contracts.views import TicketIssued

log = logging.getLogger(__name__)

REPLY_WITHIN_S = 3.0
TRIES = 3


class MqttTicketGateway:
    """One kiosk's requests. Threads may share it; a call blocks for at most about 9 s."""

    def __init__(self, presence: MqttPresence, office: str, kiosk: str) -> None:
        """Listen for replies on the kiosk's own connection."""
        self._presence = presence
        self._kiosk = kiosk
        self._to = topics.kiosk_request(office, kiosk)
        self._lock = threading.Lock()
        self._asked: dict[str, Future[KioskReply]] = {}
        presence.subscribe(topics.kiosk_reply(office, kiosk), self._heard)

    def lines(self) -> tuple[WaitingLine, ...]:
        """MQTT has no question for the lines; the screen of such a kiosk shows none."""
        raise ServerAwayError(AWAY, "the lines are told over HTTP only")

    def reserve(self, order: TicketOrder, key: str) -> IssuedTicket:
        """Ask for a number up to three times with the one key."""
        ticket = TicketRequest(
            service=order.service,
            priority=Priority(order.priority.value),
            language=order.language.value,
            procedure=order.procedure,
            papers=order.papers,
            kiosk=self._kiosk,
            confirm=False,
        )
        body = self._ask(kind="issue", key=key, ticket=ticket)
        issued = TicketIssued.model_validate(body)
        forecast = issued.forecast
        basis = forecast.basis_words if forecast else None
        return IssuedTicket(
            **issued.model_dump(exclude={"forecast", "state"}),
            forecast=(
                Forecast(
                    forecast.p50_min,
                    forecast.p90_min,
                    Words(basis.vi, basis.en) if basis else None,
                )
                if forecast
                else None
            ),
        )

    def confirm(self, ticket_id: str, slip: SlipOutcome) -> None:
        """Confirm with a key that follows from the ticket, so a repeat is one confirmation."""
        said = ConfirmRequest(slip=ContractOutcome(slip.value))
        key = f"{ticket_id}-confirm-{slip.value}"
        self._ask(kind="confirm", key=key, ticket_id=ticket_id, confirm=said)

    def void(self, ticket_id: str) -> None:
        """Give the number back, once however often it is said."""
        self._ask(kind="void", key=f"{ticket_id}-void", ticket_id=ticket_id)

    def close(self) -> None:
        """The connection belongs to the presence."""

    def _ask(self, **fields: Any) -> dict[str, Any]:
        for _ in range(TRIES):
            reply = self._try(fields)
            if reply is not None:
                break
        else:
            raise ServerAwayError(AWAY, "no reply over MQTT")
        problem = reply.problem
        if problem is not None:
            words = Words(problem.title_vi, problem.title)
            raise RefusedError(problem.code.value, words, problem.detail or "")
        return reply.body or {}

    def _try(self, fields: dict[str, Any]) -> KioskReply | None:
        """Send once under a new id and wait; the key inside makes the repeat harmless."""
        request_id = uuid.uuid4().hex
        sent_at = datetime.now(UTC)
        request = KioskRequest(id=request_id, sent_at=sent_at, source=self._kiosk, **fields)
        answer: Future[KioskReply] = Future()
        with self._lock:
            self._asked[request_id] = answer
        try:
            self._presence.publish(self._to, request.model_dump_json(exclude_none=True))
            return answer.result(REPLY_WITHIN_S)
        except NoReply:
            return None
        finally:
            with self._lock:
                del self._asked[request_id]

    def _heard(self, _topic: str, payload: bytes) -> None:
        try:
            reply = KioskReply.model_validate_json(payload)
        except ValidationError as error:
            log.warning("a reply of another kind: %s", error.title)
            return
        with self._lock:
            answer = self._asked.get(reply.request_id)
        # A second reply to one request says the same as the first.
        if answer is not None and not answer.done():
            answer.set_result(reply)
