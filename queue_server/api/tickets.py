"""Tickets over HTTP: take one, look at it, and the moves that need no counter."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from queue_server.api.access import ISSUERS, STAFF, Principal, Role, role_in
from queue_server.api.carry import IdempotencyKey, NeededKey, carry
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import requests as r
from queue_server.contracts import views as v
from queue_server.contracts.console_views import SlipView
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.requests import SENT_AT_HEADER
from queue_server.contracts.visit_requests import VisitTicketRequest
from queue_server.contracts.visit_views import TakenTicket
from queue_server.contracts.written_times import Moment
from queue_server.domain import commands as c
from queue_server.domain.faults import UnknownTicket
from queue_server.domain.ticket import PriorityClass, Ticket
from queue_server.use_cases.history import history_of, why_of
from queue_server.use_cases.present import ticket_view

router = APIRouter(prefix="/tickets", tags=["tickets"], responses=RESPONSES)

Issuer = Annotated[Principal, Depends(role_in(ISSUERS))]
StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
SlipGiver = Annotated[Principal, Depends(role_in(STAFF | {Role.POST_OPERATOR}))]
OwnOnly = Annotated[Principal, Depends(role_in(frozenset({Role.KIOSK, Role.POST_OPERATOR})))]
AtTickets = Annotated[Principal, Depends(role_in(STAFF | ISSUERS))]
SentAt = Annotated[
    Moment | None,
    Header(
        alias=SENT_AT_HEADER,
        description="The sender's clock at this try; with it only the age of `issued_at` counts",
    ),
]


@router.post(
    "",
    status_code=201,
    response_model=v.TicketIssued,
    responses={200: {"model": v.TicketIssued, "description": "A repeat: the same ticket"}},
)
async def issue_ticket(
    request: Request,
    body: VisitTicketRequest,
    principal: Issuer,
    key: NeededKey,
    sent_at: SentAt = None,
) -> Response:
    """Take a ticket. A repeat with the same key answers 200 with the same ticket.

    A kiosk that was alone hands in what it gave: `number` from its block, `issued_at`, and with
    `Motcua-Sent-At` its own clock, so that a wrong clock does not make a wrong wait.
    """
    card = parts(request).cards.of(body.card) if body.card is not None else None
    meant = body.model_dump_json(exclude={"card"}) + card if card is not None else None
    kiosk = principal.id if principal.sees_own_only else body.kiosk
    ticket, follow_code = parts(request).names()
    command = c.IssueTicket(
        ticket=ticket,
        follow_code=body.follow_code or follow_code,
        service=body.service,
        priority=PriorityClass(body.priority.value),
        channel=body.channel.value,
        language=body.language,
        procedure=body.procedure,
        papers=body.papers,
        kiosk=kiosk,
        issued_at=body.issued_at,
        sent_at=sent_at,
        number=body.number,
        day=body.day,
        appointment_at=body.appointment,
        confirm=body.confirm,
        slip=(body.slip or r.SlipOutcome.SHOWN).value,
        also=body.also,
        dossiers=body.dossiers,
        visit=body.visit,
        card=card,
    )
    return await carry(
        request,
        principal,
        command,
        parts(request).answers.issued,
        key=key,
        status=201,
        replaces=body.replaces,
        meant=meant,
    )


@router.get("/taken", response_model=list[TakenTicket])
async def get_taken(request: Request, principal: OwnOnly) -> list[TakenTicket]:
    """What this kiosk or post operator took today, newest first, each as it stands now."""
    office = parts(request)
    with office.live.look() as day:
        mine = [one for one in day.tickets.values() if one.kiosk == principal.id]
    at = office.clock.now()
    return [
        TakenTicket(
            id=one.id,
            issued_at=one.issued_at,
            follow_url=office.answers.follow_url(one),
            now=office.board.follow(one, at),
        )
        for one in sorted(mine, key=lambda one: one.issued_at, reverse=True)
    ]


def _visible(request: Request, principal: Principal, ticket_id: str) -> Ticket:
    """A ticket of today that this sign-in may see; kiosks and post operators see only their own."""
    with parts(request).live.look() as day:
        try:
            ticket = day.ticket(ticket_id)
        except UnknownTicket:
            raise Refusal(ProblemCode.UNKNOWN_TICKET) from None
    if principal.sees_own_only and ticket.kiosk != principal.id:
        raise Refusal(ProblemCode.UNKNOWN_TICKET)
    return ticket


@router.get("/{ticket_id}", response_model=v.TicketView)
async def get_ticket(request: Request, ticket_id: str, principal: AtTickets) -> v.TicketView:
    """A ticket of today."""
    ticket = _visible(request, principal, ticket_id)
    with parts(request).live.look() as day:
        return ticket_view(ticket, day.day)


@router.get("/{ticket_id}/history", response_model=list[v.HistoryEntry])
async def get_history(
    request: Request, ticket_id: str, _principal: StaffMember
) -> list[v.HistoryEntry]:
    """Everything that happened to a ticket, of any day."""
    events = await asyncio.to_thread(parts(request).events.of_ticket, ticket_id)
    if not events:
        raise Refusal(ProblemCode.UNKNOWN_TICKET)
    return history_of(events)


@router.get("/{ticket_id}/why", response_model=v.WhyView)
async def get_why(request: Request, ticket_id: str, _principal: StaffMember) -> v.WhyView:
    """Why the ticket was called when it was, in words."""
    events = await asyncio.to_thread(parts(request).events.of_ticket, ticket_id)
    if not events:
        raise Refusal(ProblemCode.UNKNOWN_TICKET)
    why = why_of(events)
    if why is None:
        raise Refusal(ProblemCode.NOT_FOUND, "this ticket has not been called")
    return why


@router.post("/{ticket_id}/confirm", response_model=v.TicketView)
async def confirm_ticket(
    request: Request,
    ticket_id: str,
    body: r.ConfirmRequest,
    principal: Issuer,
    key: IdempotencyKey = None,
) -> Response:
    """The slip was printed, or the number shown."""
    _visible(request, principal, ticket_id)
    command = c.ConfirmTicket(ticket=ticket_id, slip=body.slip.value)
    return await carry(request, principal, command, parts(request).answers.ticket, key=key)


@router.post("/{ticket_id}/void", response_model=v.TicketView)
async def void_ticket(
    request: Request, ticket_id: str, principal: Issuer, key: IdempotencyKey = None
) -> Response:
    """The citizen left before the number reached them."""
    _visible(request, principal, ticket_id)
    command = c.VoidTicket(ticket=ticket_id)
    return await carry(request, principal, command, parts(request).answers.ticket, key=key)


@router.post("/{ticket_id}/cancel", response_model=v.TicketView)
async def cancel_ticket(
    request: Request, ticket_id: str, principal: StaffMember, key: IdempotencyKey = None
) -> Response:
    """The citizen leaves the line."""
    command = c.CancelTicket(ticket=ticket_id, by=principal.id)
    return await carry(request, principal, command, parts(request).answers.ticket, key=key)


@router.post("/{ticket_id}/slip", response_model=SlipView)
async def give_slip_again(
    request: Request, ticket_id: str, principal: SlipGiver, key: IdempotencyKey = None
) -> Response:
    """The slip once more, for a browser to print; the number and its place stay the same."""
    _visible(request, principal, ticket_id)
    command = c.GiveSlipAgain(ticket=ticket_id, by=principal.id)
    return await carry(request, principal, command, parts(request).answers.slip, key=key)


@router.post("/{ticket_id}/transfer", response_model=v.TicketView)
async def transfer_ticket(
    request: Request,
    ticket_id: str,
    body: r.CounterMove,
    principal: StaffMember,
    key: IdempotencyKey = None,
) -> Response:
    """Move a waiting ticket to another line or counter."""
    command = c.TransferWaiting(
        ticket=ticket_id,
        to_service=body.to_service,
        to_counter=body.to_counter,
        by=principal.id,
    )
    return await carry(request, principal, command, parts(request).answers.ticket, key=key)


@router.post("/{ticket_id}/reinstate", response_model=v.TicketView)
async def reinstate_ticket(
    request: Request, ticket_id: str, principal: StaffMember, key: IdempotencyKey = None
) -> Response:
    """A late-comer gets the old place back."""
    command = c.Reinstate(ticket=ticket_id, by=principal.id)
    return await carry(request, principal, command, parts(request).answers.ticket, key=key)
