"""What the holder of a slip does from a phone: leave, be late, rate; the code is the permission."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import LOOKERS, Holder, Principal, role_in
from queue_server.api.carry import IdempotencyKey, carry
from queue_server.api.pace import Looker
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.api.streams import follow_view
from queue_server.contracts import requests as r
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.views import FollowView, RatingsView
from queue_server.contracts.written_times import Day
from queue_server.domain import commands as c
from queue_server.domain.office import working_day
from queue_server.use_cases.ratings import ratings_of

router = APIRouter(responses=RESPONSES)

Manager = Annotated[Principal, Depends(role_in(LOOKERS))]


async def _carry(
    request: Request, code: str, command: c.Command, key: str | None
) -> Response | FollowView:
    """Send it to the writer; whoever holds the slip sees the page as it is then."""
    holder = Holder(f"t/{code}")
    done = await carry(request, holder, command, parts(request).answers.ticket, key=key)
    return done if done.status_code >= 400 else follow_view(parts(request), code)  # noqa: PLR2004 - HTTP


def _ticket(request: Request, code: str) -> str:
    ticket = parts(request).live.by_code(code)
    if ticket is None:
        raise Refusal(ProblemCode.UNKNOWN_TICKET)
    return ticket.id


@router.post("/follow/{code}/cancel", response_model=FollowView, tags=["follow"])
async def leave(
    request: Request, code: str, _who: Looker, key: IdempotencyKey = None
) -> Response | FollowView:
    """The holder of the slip goes home."""
    return await _carry(request, code, c.CancelTicket(ticket=_ticket(request, code)), key)


@router.post("/follow/{code}/late", response_model=FollowView, tags=["follow"])
async def be_late(
    request: Request, code: str, body: r.LateRequest, _who: Looker, key: IdempotencyKey = None
) -> Response | FollowView:
    """The holder of the slip comes later: moved back, within the tolerance of the office."""
    by = timedelta(minutes=body.minutes)
    return await _carry(request, code, c.DelayTicket(ticket=_ticket(request, code), by=by), key)


@router.post("/follow/{code}/rating", response_model=FollowView, tags=["follow"])
async def rate(
    request: Request, code: str, body: r.RatingRequest, _who: Looker, key: IdempotencyKey = None
) -> Response | FollowView:
    """The verdict of the holder of the slip, once, after the visit."""
    ticket = _ticket(request, code)
    command = c.RateVisit(
        ticket=ticket, score=body.score, reasons=body.reasons, comment=body.comment
    )
    return await _carry(request, code, command, key)


@router.get("/ratings", response_model=RatingsView, tags=["ratings"])
async def get_ratings(request: Request, _principal: Manager, day: Day | None = None) -> RatingsView:
    """The ratings of a day, today if none is named, with the number of visits that ended."""
    on = day or working_day(parts(request).clock.now())
    return await asyncio.to_thread(ratings_of, on, parts(request).events)
