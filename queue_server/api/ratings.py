"""Ratings away from the phone: the tablet of a counter, live, and the kiosk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from queue_server.api.access import AT_A_COUNTER, Principal, Role, role_in
from queue_server.api.carry import NeededKey, carry
from queue_server.api.counters import OwnCounter
from queue_server.api.live_stream import LiveStream
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal, refuse
from queue_server.api.streams import LastEvent, answer_stream, live_streams
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.rating_views import KioskRating, RatingKept, TabletRating, TabletView
from queue_server.contracts.requests import RatingRequest
from queue_server.domain import commands as c
from queue_server.domain.decide import Outcome
from queue_server.domain.faults import DomainFault, UnknownCounter
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket
from queue_server.use_cases.keep_day import Body

router = APIRouter(tags=["ratings"], responses=RESPONSES)

Kiosk = Annotated[Principal, Depends(role_in(frozenset({Role.ADMIN, Role.KIOSK})))]
AtCounter = Annotated[Principal, Depends(role_in(AT_A_COUNTER))]


def _tablet(request: Request, number: int) -> TabletView:
    office = parts(request)
    try:
        return office.rating_places.tablet(number, office.clock.now())
    except UnknownCounter:
        raise Refusal(ProblemCode.UNKNOWN_COUNTER) from None


@router.get("/counters/{number}/rating", response_model=TabletView)
async def get_tablet(request: Request, number: OwnCounter) -> TabletView:
    """Whether somebody was just served here and may rate."""
    return _tablet(request, number)


@router.get("/counters/{number}/rating/stream", response_class=StreamingResponse)
async def stream_tablet(request: Request, number: OwnCounter, last: LastEvent = None) -> Response:
    """Server-sent events `tablet`: a whole snapshot after each change, `beat` in between."""
    _tablet(request, number)

    def draw() -> tuple[int, str]:
        view = _tablet(request, number)
        return view.seq, view.model_dump_json()

    streams = live_streams(request)
    return answer_stream(streams.shared(f"tablet {number}", LiveStream("tablet", draw)), last)


@router.post("/counters/{number}/rating", response_model=RatingKept)
async def rate_at_counter(
    request: Request, number: OwnCounter, principal: AtCounter, body: TabletRating, key: NeededKey
) -> Response:
    """The verdict of the citizen who was just served at this counter."""
    office = parts(request)
    try:
        ticket = office.rating_places.at_counter(number, body.number, office.clock.now())
    except DomainFault as fault:
        return refuse(fault, request)
    return await _rate(request, principal, _verdict(ticket, body, "counter"), key)


@router.post("/ratings", response_model=RatingKept)
async def rate_at_kiosk(
    request: Request, principal: Kiosk, body: KioskRating, key: NeededKey
) -> Response:
    """The verdict of a citizen who types the number of the slip at a kiosk."""
    office = parts(request)
    try:
        ticket = office.rating_places.at_kiosk(body.number, office.clock.now())
    except DomainFault as fault:
        return refuse(fault, request)
    return await _rate(request, principal, _verdict(ticket, body, "kiosk"), key)


def _verdict(ticket: Ticket, body: RatingRequest, by: str) -> c.RateVisit:
    return c.RateVisit(
        ticket=ticket.id, score=body.score, reasons=body.reasons, comment=body.comment, by=by
    )


async def _rate(request: Request, principal: Principal, command: c.RateVisit, key: str) -> Response:
    """One ticket has one verdict, whoever asks; the comment stands in no fingerprint."""
    meant = f"{command.ticket} {command.score}"
    return await carry(request, principal, command, _kept, key=key, meant=meant)


def _kept(_day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
    ticket = outcome.ticket
    if ticket is None or ticket.score is None:
        raise ValueError("a verdict without a ticket")
    return RatingKept(number=ticket.label, score=ticket.score).model_dump()
