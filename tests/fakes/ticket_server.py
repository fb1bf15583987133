"""The in-memory office behind real HTTP: uvicorn on a free port, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Annotated, Any, Self

import uvicorn
from fastapi import FastAPI, Header, Request, Response

from queue_server.contracts.problems import MEDIA_TYPE, ProblemCode, problem
from queue_server.contracts.requests import ConfirmRequest
from queue_server.contracts.views import ForecastView, ServiceView, TicketIssued, Words
from queue_server.contracts.visit_requests import VisitTicketRequest
from tests.fakes.ticket_office import (
    FOLLOW,
    ISSUED_AT,
    SERVICES,
    OfficeError,
    Ticket,
    TicketOffice,
)

SECRET = "kiosk-secret-of-the-test-office"
FORECAST = ForecastView(p50_min=12.0, p90_min=25.0, basis="test")


def build(office: TicketOffice, faults: Faults) -> FastAPI:
    app = FastAPI()
    put_guard(app, faults)

    @app.exception_handler(OfficeError)
    async def office_error(_request: Request, error: OfficeError) -> Response:
        return refuse(error.code)

    put_routes(app, office)
    return app


def put_guard(app: FastAPI, faults: Faults) -> None:
    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        faults.seen.append((request.client.port if request.client else 0, dict(request.headers)))
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return refuse(ProblemCode.NOT_SIGNED_IN)
        reply: Response = await call_next(request)
        if faults.garble_next:
            faults.garble_next = False
            return Response("<html>proxy</html>", status_code=faults.garble_status)
        if faults.lose_next_reply:
            faults.lose_next_reply = False
            while not await request.is_disconnected():
                await request.receive()
        return reply


def put_routes(app: FastAPI, office: TicketOffice) -> None:
    @app.get("/api/v1/services")
    async def services() -> list[ServiceView]:
        return [
            ServiceView(
                id=service,
                letter=letter,
                name=Words(vi=vi, en=en),
                waiting=office.waiting[service],
                forecast=FORECAST,
                counters_open=2,
            )
            for service, (letter, vi, en) in SERVICES.items()
        ]

    @app.post("/api/v1/tickets")
    async def issue(
        body: VisitTicketRequest, response: Response, idempotency_key: Annotated[str, Header()]
    ) -> TicketIssued:
        assert not body.confirm
        ticket, replayed = office.reserve(body.model_dump(mode="json"), idempotency_key)
        response.status_code = 200 if replayed else 201
        return view(ticket)

    @app.post("/api/v1/tickets/{ticket_id}/confirm")
    async def confirm(ticket_id: str, body: ConfirmRequest) -> TicketIssued:
        return view(office.confirm(ticket_id, body.slip.value))

    @app.post("/api/v1/tickets/{ticket_id}/void")
    async def void(ticket_id: str) -> TicketIssued:
        return view(office.void(ticket_id))


def refuse(code: ProblemCode) -> Response:
    body = problem(code)
    return Response(body.model_dump_json(), status_code=body.status, media_type=MEDIA_TYPE)


def view(ticket: Ticket) -> TicketIssued:
    return TicketIssued(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        ahead=ticket.ahead,
        forecast=FORECAST,
        issued_at=ISSUED_AT,
        follow_url=FOLLOW + ticket.id,
        state=ticket.state,
    )


class Faults:
    """What the next request meets; `seen` are the client ports and headers that came."""

    def __init__(self) -> None:
        self.lose_next_reply = False
        self.garble_next = False
        self.garble_status = 502
        self.seen: list[tuple[int, dict[str, str]]] = []


class TicketServer:
    """Listens on entry, stops on exit."""

    def __init__(self, office: TicketOffice) -> None:
        self.faults = Faults()
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            build(office, self.faults), log_level="critical", lifespan="off", ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    def __enter__(self) -> Self:
        self._socket.listen(16)  # connections wait from here on; uvicorn accepts when it is up
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
