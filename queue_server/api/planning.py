"""The coming hours over HTTP: demand of today, Erlang C at once, advice from the simulation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from queue_server.api.access import LOOKERS, Principal, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.contracts.planning_views import PlanningView

router = APIRouter(prefix="/planning", tags=["planning"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS))]


@router.get("", response_model=PlanningView)
def get_planning(request: Request, _principal: Looker) -> PlanningView:
    """Who is expected today, what Erlang C says now, and the newest advice on counters.

    The advice is renewed by itself while people come and go; `POST /planning/advice` asks for it.
    """
    office = parts(request)
    return office.planning.view(office.clock.now())


@router.post("/advice", response_model=PlanningView)
def ask_advice(request: Request, _principal: Looker) -> PlanningView:
    """Simulate the next two hours from this moment on; about two seconds.

    An advice that was made a moment ago is shown as it is.
    """
    office = parts(request)
    office.planning.advise(office.clock.now())
    return office.planning.view(office.clock.now())
