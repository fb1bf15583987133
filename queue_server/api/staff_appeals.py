"""Appeals against the staff sheet over HTTP: by the clerk concerned, answered by who leads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from queue_server.api.access import LEADERS, Principal, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal, refuse
from queue_server.api.reports import OnSheet
from queue_server.contracts.appeal_views import (
    AppealReplyRequest,
    AppealRequest,
    AppealsView,
    AppealView,
)
from queue_server.contracts.problems import ProblemCode
from queue_server.domain.faults import DomainFault
from queue_server.use_cases.appeal_desk import AppealRefused, Asker
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.reports.period import PeriodRefused

router = APIRouter(prefix="/staff-appeals", tags=["reports"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
Id = Annotated[str, Path(max_length=64)]


@router.get("", response_model=AppealsView)
async def get_appeals(request: Request, principal: OnSheet) -> AppealsView:
    """All appeals for who leads, the own ones for a clerk; open ones by their deadline first."""
    office = parts(request)
    return office.appeals.view(_asker(principal), office.clock.now())


@router.post("", response_model=AppealView)
async def appeal(
    request: Request, principal: OnSheet, body: AppealRequest
) -> Response | AppealView:
    """A figure of the own row is wrong; sent again with the same words it is the same appeal."""
    office = parts(request)
    return await _kept(
        request, lambda: office.appeals.file(body, _asker(principal), office.clock.now())
    )


@router.post("/{appeal}/answer", response_model=AppealView)
async def answer(
    request: Request, appeal: Id, principal: Leader, body: AppealReplyRequest
) -> Response | AppealView:
    """What the events behind the figure say, within five working days; never the own appeal."""
    office = parts(request)
    return await _kept(
        request,
        lambda: office.appeals.answer(appeal, body, _asker(principal), office.clock.now()),
    )


def _asker(principal: Principal) -> Asker:
    return Asker(principal.id, principal.person, principal.role in LEADERS)


async def _kept(request: Request, work: Callable[[], AppealView]) -> Response | AppealView:
    """In a thread, because it waits for the commit; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except LookupError:
        raise Refusal(ProblemCode.NOT_FOUND) from None
    except (AppealRefused, PeriodRefused) as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except (DomainFault, StoreUnavailable) as fault:
        return refuse(fault, request)
