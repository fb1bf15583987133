"""Home visits over HTTP: ask for one, cancel it, and the route sheet that staff take along.

Name, phone and address are sealed before anything else sees them. No answer repeats them; only
the route sheet, a paper for staff, has them opened.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import STAFF, Principal, role_in
from queue_server.api.appointments import PUBLIC, Code, plain_code
from queue_server.api.carry import IdempotencyKey, NeededKey, carry
from queue_server.api.pace import Looker, Promised
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import appointment_requests as r
from queue_server.contracts import appointment_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.written_times import Day
from queue_server.domain import appointment_commands as c
from queue_server.domain.appointment import HalfDay, HomeVisit
from queue_server.domain.office import working_day
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.home_visit_desk import CannotBeOpened, Contact, sealed_contact

router = APIRouter(prefix="/home-visits", tags=["home visits"], responses=RESPONSES)

StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
PDF = "application/pdf"
CONTACT = {"name", "phone", "address"}


def _found(request: Request, code: str) -> HomeVisit:
    with parts(request).live.look() as day:
        visit = day.book.visit_by_code(plain_code(code))
    if visit is None:
        raise Refusal(ProblemCode.UNKNOWN_APPOINTMENT)
    return visit


@router.get("/half-days", response_model=list[v.HalfDayView])
async def get_half_days(request: Request, _who: Looker) -> list[v.HalfDayView]:
    """When staff can come home, and how much room each half day has; none where not offered."""
    return parts(request).home_visits.half_days()


@router.get("", response_model=list[v.HomeVisitView])
async def get_day(
    request: Request, _principal: StaffMember, day: Day | None = None
) -> list[v.HomeVisitView]:
    """The home visits of today or a later day, without name, phone and address."""
    office = parts(request)
    return office.home_visits.of_day(day or working_day(office.clock.now()))


@router.post(
    "",
    status_code=201,
    response_model=v.HomeVisitView,
    responses={200: {"model": v.HomeVisitView, "description": "A repeat: the same one"}},
)
async def ask(
    request: Request, body: r.HomeVisitRequest, principal: Promised, key: NeededKey
) -> Response:
    """Ask staff to come home. The answer repeats nothing personal."""
    office = parts(request)
    visit, code = office.book_names()
    contact = Contact(body.name, body.phone, body.address)
    command = c.RequestHomeVisit(
        visit=visit,
        code=code,
        service=body.service,
        on=body.day,
        part=HalfDay(body.part),
        sealed=sealed_contact(office.home_visits.seal, contact, visit),
        procedure=body.procedure,
        priority=PriorityClass(body.priority.value),
        language=body.language,
    )
    answer = office.home_visits.answer
    meant = office.cards.of(body.model_dump_json())
    sender = principal or PUBLIC
    return await carry(request, sender, command, answer, key=key, status=201, meant=meant)


@router.get(
    "/sheet",
    response_class=Response,
    responses={200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}},
)
async def get_sheet(request: Request, _principal: StaffMember, day: Day | None = None) -> Response:
    """The route sheet of today or a later day as PDF: names, phones, addresses."""
    office = parts(request)
    on = day or working_day(office.clock.now())

    def made() -> bytes:
        return office.route_sheet(office.home_visits.sheet(on))

    try:
        paper = await asyncio.to_thread(made)
    except CannotBeOpened:
        # The key file is not the one these addresses were sealed with.
        raise Refusal(ProblemCode.INTERNAL, "the addresses are sealed with another key") from None
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="home-visits-{on.isoformat()}.pdf"',
    }
    return Response(paper, media_type=PDF, headers=headers)


@router.get("/by-code/{code}", response_model=v.HomeVisitView)
async def get_visit(request: Request, code: Code, _who: Looker) -> v.HomeVisitView:
    """The home visit with this code."""
    view = parts(request).home_visits.by_code(plain_code(code))
    if view is None:
        raise Refusal(ProblemCode.UNKNOWN_APPOINTMENT)
    return view


@router.post("/by-code/{code}/cancel", response_model=v.HomeVisitView)
async def cancel(request: Request, code: Code, who: Looker, key: IdempotencyKey = None) -> Response:
    """Nobody needs to come; the address is forgotten at once."""
    command = c.CancelHomeVisit(visit=_found(request, code).id, by=who.id if who else None)
    answer = parts(request).home_visits.answer
    return await carry(request, who or PUBLIC, command, answer, key=key)


@router.post("/by-code/{code}/end", response_model=v.HomeVisitView)
async def end(
    request: Request,
    code: Code,
    body: r.VisitEndRequest,
    principal: StaffMember,
    key: IdempotencyKey = None,
) -> Response:
    """What staff found. A visit that is done has its address forgotten at once."""
    visit = _found(request, code).id
    command = c.EndHomeVisit(visit=visit, done=body.done, by=principal.id)
    answer = parts(request).home_visits.answer
    return await carry(request, principal, command, answer, key=key)
