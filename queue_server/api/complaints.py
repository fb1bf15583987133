"""Complaints over HTTP: filed by staff, moved on by those who lead, each with its clocks."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import LEADERS, LOOKERS, STAFF, Principal, role_in
from queue_server.api.carry import NeededKey
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, refuse
from queue_server.contracts.complaint_views import (
    ComplaintRequest,
    ComplaintStep,
    ComplaintsView,
    ComplaintView,
)
from queue_server.domain.faults import DomainFault
from queue_server.use_cases.keep_day import KeyReused
from queue_server.use_cases.ports import StoreUnavailable

router = APIRouter(prefix="/complaints", tags=["complaints"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS))]
Leader = Annotated[Principal, Depends(role_in(LEADERS))]
StaffMember = Annotated[Principal, Depends(role_in(STAFF))]


@router.get("", response_model=ComplaintsView)
async def get_complaints(request: Request, _principal: Looker) -> ComplaintsView:
    """Open complaints by their nearest deadline, then the newest closed ones."""
    office = parts(request)
    return office.complaints.view(office.clock.now())


@router.post("", response_model=ComplaintView)
async def file_complaint(
    request: Request, principal: StaffMember, body: ComplaintRequest, key: NeededKey
) -> Response | ComplaintView:
    """Keep what a citizen complained about; the clocks begin."""
    office = parts(request)
    own = f"http/{principal.id}/{key}"
    try:
        return await asyncio.to_thread(
            office.complaints.file, body, own, principal.id, office.clock.now()
        )
    except (DomainFault, StoreUnavailable, KeyReused) as fault:
        return refuse(fault, request)


@router.post("/{complaint}/step", response_model=ComplaintView)
async def take_step(
    request: Request, complaint: str, principal: Leader, body: ComplaintStep
) -> Response | ComplaintView:
    """Accept, refuse, ask for more, answer or publish; the version makes a repeat harmless."""
    office = parts(request)
    at = office.clock.now()
    try:
        return await asyncio.to_thread(office.complaints.step, complaint, body, principal.id, at)
    except (DomainFault, StoreUnavailable) as fault:
        return refuse(fault, request)
