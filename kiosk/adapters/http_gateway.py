"""Takes numbers from the server over HTTP: kept-alive connections, one key for all tries."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from kiosk.adapters.forecast_words import forecast_of
from kiosk.config.credentials import Credentials
from kiosk.domain.own_numbers import Block, OwnTicket
from kiosk.domain.ticket import (
    IssuedTicket,
    SlipOutcome,
    TicketOrder,
    WaitingLine,
)
from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Words
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.appointment_requests import CheckInRequest
from queue_server.contracts.problems import Problem, ProblemCode
from queue_server.contracts.requests import (
    SENT_AT_HEADER,
    ConfirmRequest,
    LeaseRequest,
    Priority,
)
from queue_server.contracts.requests import SlipOutcome as ContractOutcome
from queue_server.contracts.views import LeaseView, ServiceView, TicketIssued
from queue_server.contracts.visit_requests import VisitTicketRequest
from queue_server.contracts.visit_views import VisitRules as RulesView

API = "/api/v1"
UNCHANGED = 304
TRIES = 3
PAUSE_S = 0.2
CONNECT_S = 1.0
HALF_SECOND = timedelta(seconds=0.5)
READ_S = 2.5
AWAY = Words(
    "Hệ thống đang kết nối lại, xin ông/bà thử lại sau ít phút",
    "Reconnecting, please try again in a moment",
    "កំពុងភ្ជាប់ឡើងវិញ សូមសាកម្តងទៀត បន្តិចក្រោយ",
)
# The server is there but says that a later try may succeed.
PASSING = {ProblemCode.STORE_UNAVAILABLE, ProblemCode.INTERNAL}

Answer = TypeVar("Answer")
_LINES = TypeAdapter(list[ServiceView])


class HttpTicketGateway:
    """One kiosk's way to the server. Threads may share it; a call blocks for at most about 11 s."""

    def __init__(  # noqa: PLR0913 - each is one fact of the way to the server
        self,
        url: str,
        credentials: Credentials,
        *,
        tries: int = TRIES,
        read_s: float = READ_S,
        pause: Callable[[float], object] | None = None,
        ca: Path | None = None,
    ) -> None:
        """Nothing is asked yet. `ca` is the root to trust for https, None the system's."""
        self._kiosk = credentials.id
        self._pause = pause or threading.Event().wait
        self._tries = tries
        self._ahead = timedelta(0)
        self._client = httpx.Client(
            base_url=url.rstrip("/") + API,
            headers={"Authorization": f"Bearer {credentials.secret.get_secret_value()}"},
            timeout=httpx.Timeout(read_s, connect=CONNECT_S),
            transport=httpx.HTTPTransport(
                verify=ssl.create_default_context(cafile=ca) if ca else True,
                limits=httpx.Limits(max_keepalive_connections=2, keepalive_expiry=60),
                # Without it a small second packet waits for an acknowledgement: 40 ms and more.
                socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
            ),
        )

    def lines(self) -> tuple[WaitingLine, ...]:
        """Ask once: the next round asks again anyway."""
        views = self._call(lambda: self._client.get("/services"), _LINES.validate_json, tries=1)
        return tuple(_line(view) for view in views)

    def visit_rules(self) -> VisitRules:
        """Ask once, as for the lines."""
        view = self._call(
            lambda: self._client.get("/visits/rules"), RulesView.model_validate_json, tries=1
        )
        return VisitRules(view.tickets_per_person, view.dossiers_per_person, view.bulk_from)

    def reserve(self, order: TicketOrder, key: str) -> IssuedTicket:
        """Ask for a number, `tries` times at most, with the one key."""
        card = order.card.digits if order.card else None
        wish = self._wish(order) | {"visit": order.visit, "card": card}
        path, body = "/tickets", VisitTicketRequest(**wish, confirm=False)
        text = body.model_dump_json(exclude_none=True)
        if order.appointment is not None:
            path, text = _check_in(order, order.appointment)
        issued = self._call(
            lambda: self._post(path, key, text), TicketIssued.model_validate_json, self._tries
        )
        return _ticket(issued)

    def lease(self, service: str, size: int, key: str) -> Block:
        """Ask once: the next round asks again with the same key."""
        body = LeaseRequest(service=service, size=size).model_dump_json()
        view = self._call(
            lambda: self._post("/leases", key, body), LeaseView.model_validate_json, tries=1
        )
        return Block(**view.model_dump())

    def hand_in(self, ticket: OwnTicket, sent_at: datetime) -> None:
        """Send the ticket as it was given; only the header tells of this try."""
        body = VisitTicketRequest(
            **self._wish(ticket.order),
            number=ticket.number,
            day=ticket.day,
            issued_at=ticket.issued_at,
            follow_code=ticket.follow_code,
            slip=ContractOutcome(ticket.slip.value) if ticket.slip else None,
            replaces=ticket.replaces,
            # The kiosk knows a ticket of its own by its key: the next one of the stay names that.
            visit=ticket.order.visit or ticket.key,
        ).model_dump_json(exclude_none=True)
        sent = {SENT_AT_HEADER: sent_at.isoformat()}
        self._call(lambda: self._post("/tickets", ticket.key, body, sent), _ignore, tries=1)

    def clock_ahead(self) -> timedelta:
        """By the date of the last answer, which counts whole seconds."""
        return self._ahead

    def confirm(self, ticket_id: str, slip: SlipOutcome) -> None:
        """Confirm with a key that follows from the ticket, so a repeat is one confirmation."""
        body = ConfirmRequest(slip=ContractOutcome(slip.value)).model_dump_json()
        key = f"{ticket_id}-confirm-{slip.value}"
        self._call(lambda: self._post(f"/tickets/{ticket_id}/confirm", key, body), _ignore)

    def void(self, ticket_id: str) -> None:
        """Give the number back, once however often it is said."""
        key = f"{ticket_id}-void"
        self._call(lambda: self._post(f"/tickets/{ticket_id}/void", key, "{}"), _ignore)

    def ask(self, method: str, path: str, body: str | None, key: str | None) -> bytes:
        """Any other request of this kiosk; tried again only where it has a key or changes nothing.

        Raises:
            GatewayError: refused, or nobody answered.
        """
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key
        tries = self._tries if key is not None or method == "GET" else 1
        return self._call(
            lambda: self._client.request(method, path, content=body, headers=headers), bytes, tries
        )

    def newer(self, path: str, known: str, read: Callable[[bytes], Answer]) -> Answer | None:
        """What stands there; None while its entity tag is the `known` one. Asked once.

        Raises:
            GatewayError: refused, or nobody answered.
        """
        headers = {"If-None-Match": f'"{known}"'} if known else {}
        return self._call(
            lambda: self._client.get(path, headers=headers),
            lambda content: read(content) if content else None,
            tries=1,
        )

    def close(self) -> None:
        """Close the kept connections."""
        self._client.close()

    def _wish(self, order: TicketOrder) -> dict[str, Any]:
        return {
            "service": order.service,
            "priority": Priority(order.priority.value),
            "language": order.language.value,
            "procedure": order.procedure,
            "papers": order.papers,
            "also": order.also,
            "dossiers": order.dossiers,
            "kiosk": self._kiosk,
        }

    def _post(
        self, path: str, key: str, body: str, more: dict[str, str] | None = None
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json", **(more or {})}
        return self._client.post(path, content=body, headers=headers)

    def _call(
        self,
        ask: Callable[[], httpx.Response],
        read: Callable[[bytes], Answer],
        tries: int = TRIES,
    ) -> Answer:
        away = ServerAwayError(AWAY)
        for attempt in range(tries):
            if attempt:
                self._pause(PAUSE_S * 2 ** (attempt - 1))
            try:
                answer = ask()
                self._note_clock(answer)
                return read(_content(answer))
            except httpx.HTTPError as error:
                away = ServerAwayError(AWAY, str(error) or type(error).__name__)
            except ValidationError as error:
                away = ServerAwayError(AWAY, f"an answer of another kind: {error.title}")
            except ServerAwayError as error:
                away = error
        raise away

    def _note_clock(self, answer: httpx.Response) -> None:
        try:
            theirs = parsedate_to_datetime(answer.headers["date"])
        except (KeyError, ValueError):
            return
        ahead = theirs + HALF_SECOND - datetime.now(UTC)
        # A date of whole seconds cannot tell a smaller difference from none.
        self._ahead = ahead if abs(ahead) > timedelta(seconds=2) else timedelta(0)


def _content(response: httpx.Response) -> bytes:
    if response.is_success or response.status_code == UNCHANGED:
        return response.content
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        raise ServerAwayError(AWAY, f"HTTP {response.status_code} without a problem") from None
    words = Words(problem.title_vi, problem.title, problem.title_km or "")
    if problem.code in PASSING:
        raise ServerAwayError(words, problem.detail or "")
    raise RefusedError(problem.code.value, words, problem.detail or "")


def _check_in(order: TicketOrder, code: str) -> tuple[str, str]:
    """Where an appointment becomes a number, and what is said there."""
    body = CheckInRequest(
        priority=Priority(order.priority.value), language=order.language.value, confirm=False
    )
    return f"/appointments/by-code/{code}/check-in", body.model_dump_json()


def _ignore(_content: bytes) -> None:
    """The status said everything."""


def _ticket(issued: TicketIssued) -> IssuedTicket:
    facts: dict[str, Any] = issued.model_dump(exclude={"forecast", "state"})
    return IssuedTicket(**facts, forecast=forecast_of(issued.forecast))


def _line(view: ServiceView) -> WaitingLine:
    return WaitingLine(
        service=view.id,
        letter=view.letter,
        name=Words(view.name.vi, view.name.en),
        waiting=view.waiting,
        forecast=forecast_of(view.forecast),
        counters_open=view.counters_open,
    )
