"""Appointments over HTTP: what is free, book, move, cancel, check in; the code is the permission.

Nobody needs an account. An identity number comes in a body, never in an address, is turned into
a keyed hash before anything else sees it, and only kiosks and staff may send one.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from queue_server.api.access import ISSUERS, STAFF, Holder, Principal, role_in
from queue_server.api.carry import IdempotencyKey, NeededKey, carry
from queue_server.api.pace import Looker, Promised
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import appointment_requests as r
from queue_server.contracts import appointment_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.views import TicketIssued
from queue_server.contracts.written_times import Day
from queue_server.domain import appointment_commands as c
from queue_server.domain.appointment import Appointment
from queue_server.domain.faults import UnknownCounter, UnknownService
from queue_server.domain.office import working_day
from queue_server.domain.ticket import PriorityClass

router = APIRouter(prefix="/appointments", tags=["appointments"], responses=RESPONSES)

AtOffice = STAFF | ISSUERS
Here = Annotated[Principal, Depends(role_in(AtOffice))]
StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
Code = Annotated[str, Path(min_length=4, max_length=20)]
PUBLIC = Holder("public")


def plain_code(code: str) -> str:
    """A code as people type it, as it was made: capitals, no blanks, no hyphens."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def found(request: Request, code: str) -> Appointment:
    """The appointment with this code.

    Raises:
        Refusal: there is none.
    """
    with parts(request).live.look() as day:
        appointment = day.book.by_code(plain_code(code))
    if appointment is None:
        raise Refusal(ProblemCode.UNKNOWN_APPOINTMENT)
    return appointment


@router.get("/offer", response_model=v.AppointmentOffer)
async def get_offer(request: Request, _who: Looker) -> v.AppointmentOffer:
    """What can be booked at all."""
    return parts(request).appointments.offer()


@router.get("/slots", response_model=list[v.SlotDay])
async def get_slots(
    request: Request, service: Annotated[str, Query(max_length=40)], _who: Looker
) -> list[v.SlotDay]:
    """The half hours of a service that are not too near, and how much room each has."""
    try:
        return parts(request).appointments.slots(service)
    except UnknownService:
        raise Refusal(ProblemCode.UNKNOWN_SERVICE) from None


@router.get("", response_model=v.AppointmentDay)
async def get_day(
    request: Request,
    _principal: StaffMember,
    day: Day | None = None,
    counter: Annotated[int | None, Query(description="Only of this counter's services")] = None,
) -> v.AppointmentDay:
    """The appointments of a day, today if none is named."""
    office = parts(request)
    services = None
    with office.live.look() as today:
        if counter is not None:
            try:
                services = [entry.service for entry in today.counter(counter)[0].profile]
            except UnknownCounter:
                raise Refusal(ProblemCode.UNKNOWN_COUNTER) from None
    on = day or working_day(office.clock.now())
    return await asyncio.to_thread(office.appointments.of_day, on, services)


@router.post(
    "",
    status_code=201,
    response_model=v.AppointmentBooked,
    responses={200: {"model": v.AppointmentBooked, "description": "A repeat: the same one"}},
)
async def book(
    request: Request, body: r.BookingRequest, principal: Promised, key: NeededKey
) -> Response:
    """Book a time. A repeat with the same key answers 200 with the same appointment."""
    if body.card is not None and (principal is None or principal.role not in AtOffice):
        raise Refusal(ProblemCode.NOT_ALLOWED, "only kiosks and staff may send a card")
    office = parts(request)
    appointment, code = office.book_names()
    card = office.cards.of(body.card) if body.card is not None else None
    command = c.BookAppointment(
        appointment=appointment,
        code=code,
        service=body.service,
        slot_at=body.at,
        procedure=body.procedure,
        channel=body.channel.value,
        language=body.language,
        card=card,
    )
    meant = body.model_dump_json(exclude={"card"}) + (card or "")
    return await carry(
        request,
        principal or PUBLIC,
        command,
        office.appointments.answer_booked,
        key=key,
        status=201,
        meant=meant,
    )


@router.post("/find", response_model=list[v.AppointmentView])
async def find_by_card(
    request: Request, body: r.FindRequest, _principal: Here
) -> list[v.AppointmentView]:
    """What this card has booked; kiosks and staff only."""
    office = parts(request)
    return office.appointments.with_card(office.cards.of(body.card))


@router.get("/by-code/{code}", response_model=v.AppointmentView)
async def get_appointment(request: Request, code: Code, _who: Looker) -> v.AppointmentView:
    """The appointment with this code."""
    view = parts(request).appointments.by_code(plain_code(code))
    if view is None:
        raise Refusal(ProblemCode.UNKNOWN_APPOINTMENT)
    return view


@router.post("/by-code/{code}/move", response_model=v.AppointmentView)
async def move(
    request: Request, code: Code, body: r.MoveRequest, who: Looker, key: IdempotencyKey = None
) -> Response:
    """Another time; a refusal leaves the old one as it was."""
    appointment, by = found(request, code).id, who.id if who else None
    command = c.MoveAppointment(appointment=appointment, slot_at=body.at, by=by)
    answer = parts(request).appointments.answer
    return await carry(request, who or PUBLIC, command, answer, key=key)


@router.post("/by-code/{code}/cancel", response_model=v.AppointmentView)
async def cancel(request: Request, code: Code, who: Looker, key: IdempotencyKey = None) -> Response:
    """Give the place back."""
    appointment, by = found(request, code).id, who.id if who else None
    command = c.CancelAppointment(appointment=appointment, by=by)
    answer = parts(request).appointments.answer
    return await carry(request, who or PUBLIC, command, answer, key=key)


@router.post(
    "/by-code/{code}/check-in",
    status_code=201,
    response_model=TicketIssued,
    responses={200: {"model": TicketIssued, "description": "A repeat: the same ticket"}},
)
async def check_in(
    request: Request, code: Code, body: r.CheckInRequest, principal: Here, key: NeededKey
) -> Response:
    """The citizen is at the office: a number that counts from the appointed time."""
    ticket, follow_code = parts(request).names()
    command = c.CheckIn(
        appointment=found(request, code).id,
        ticket=ticket,
        follow_code=follow_code,
        priority=PriorityClass(body.priority.value),
        language=body.language,
        kiosk=principal.id if principal.sees_own_only else None,
        confirm=body.confirm,
    )
    issued = parts(request).answers.issued
    return await carry(request, principal, command, issued, key=key, status=201)
