"""The manager asks a counter to open for a service; its clerk says no, or opens it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import AT_A_COUNTER, LEADERS, Principal, role_in
from queue_server.api.carry import IdempotencyKey, carry
from queue_server.api.counters import Number
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.requests import AskRequest
from queue_server.contracts.views import CounterView
from queue_server.domain import commands as c

router = APIRouter(prefix="/counters", tags=["counters"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
Clerk = Annotated[Principal, Depends(role_in(AT_A_COUNTER))]


@router.post("/{number}/ask", response_model=CounterView)
async def ask(
    request: Request,
    number: Number,
    principal: Leader,
    body: AskRequest,
    key: IdempotencyKey = None,
) -> Response:
    """Ask the clerk of a paused or closed counter to open it; the console says it at once."""
    command = c.AskCounter(counter=number, service=body.service, by=principal.id)
    return await carry(request, principal, command, parts(request).answers.counter(number), key=key)


@router.post("/{number}/decline", response_model=CounterView)
async def decline(
    request: Request, number: Number, principal: Clerk, key: IdempotencyKey = None
) -> Response:
    """The clerk cannot open now; the board says so."""
    if not principal.may_move(number):
        raise Refusal(ProblemCode.NOT_ALLOWED, f"this sign-in may not move counter {number}")
    command = c.DeclineAsk(counter=number, by=principal.id)
    return await carry(request, principal, command, parts(request).answers.counter(number), key=key)
