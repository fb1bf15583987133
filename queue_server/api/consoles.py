"""The clerk's console over HTTP: the counter, its line with reasons, and what to choose from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from queue_server.api.access import STAFF, Principal, Role, role_in
from queue_server.api.counters import OwnCounter
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.api.streams import LastEvent, answer_stream, console_view, live_streams
from queue_server.contracts import console_views as v

router = APIRouter(tags=["consoles"], responses=RESPONSES)

AtADesk = Annotated[Principal, Depends(role_in(STAFF | {Role.POST_OPERATOR}))]
StaffMember = Annotated[Principal, Depends(role_in(STAFF))]


@router.get("/counters/{number}/line", response_model=v.LineView)
async def get_line(request: Request, number: OwnCounter) -> v.LineView:
    """Who waits for this counter, in the order in which it would call, each with the reason."""
    return console_view(parts(request), number).line


@router.get("/counters/{number}/console", response_model=v.ConsoleView)
async def get_console(request: Request, number: OwnCounter) -> v.ConsoleView:
    """All that the clerk of this counter sees, one consistent moment with its `seq`."""
    return console_view(parts(request), number)


@router.get("/counters/{number}/stream", response_class=StreamingResponse)
async def stream_console(request: Request, number: OwnCounter, last: LastEvent = None) -> Response:
    """Server-sent events `console`: a whole snapshot after each change, `beat` in between."""
    return answer_stream(live_streams(request).console(number), last)


@router.get("/outcomes", response_model=list[v.OutcomeView])
async def get_outcomes(request: Request, _principal: StaffMember) -> list[v.OutcomeView]:
    """How a visit may end; the codes that `finish` takes."""
    return parts(request).outcomes


@router.get("/procedures", response_model=list[v.ProcedureView])
async def get_procedures(request: Request, _principal: AtADesk) -> list[v.ProcedureView]:
    """The procedures that somebody may come for, with the papers that they ask for."""
    return parts(request).procedures
