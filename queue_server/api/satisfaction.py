"""The smile index beside ratings and waits over HTTP: a day by hours, a month by days."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from queue_server.api.access import LOOKERS, Principal, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.contracts.satisfaction_views import SatisfactionView, SmileIndexView
from queue_server.contracts.written_times import Day
from queue_server.domain.office import working_day
from queue_server.use_cases.satisfaction_day import satisfaction_of

router = APIRouter(prefix="/satisfaction", tags=["satisfaction"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS))]
Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


@router.get("", response_model=SatisfactionView)
async def get_satisfaction(
    request: Request, _principal: Looker, day: Day | None = None, month: Month | None = None
) -> SatisfactionView:
    """Today, another `day`, or a `month` such as 2026-03: smile index, ratings, waits, each with n.

    Also what goes with low ratings, from log facts alone. Never about a clerk, a counter or a
    ticket, and never about fewer than ten people in front of the camera.
    """
    office = parts(request)
    first = day or working_day(office.clock.now())
    last = first
    if month is not None:
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return await asyncio.to_thread(satisfaction_of, office.past_satisfaction, first, last)


@router.get("/now", response_model=SmileIndexView)
async def get_smile_index(request: Request, _principal: Looker) -> SmileIndexView:
    """The smile index of today so far, with the words that belong beside it."""
    office = parts(request)
    return office.smiles.view(office.clock.now())
