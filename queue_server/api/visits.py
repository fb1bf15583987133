"""Visits over HTTP: the limits that a kiosk explains before it asks for a card."""

from __future__ import annotations

from fastapi import APIRouter, Request

from queue_server.api.pace import Looker
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.contracts.visit_views import VisitRules

router = APIRouter(prefix="/visits", tags=["visits"], responses=RESPONSES)


@router.get("/rules", response_model=VisitRules)
async def get_rules(request: Request, _who: Looker) -> VisitRules:
    """How much one person may take in a day."""
    with parts(request).live.look() as day:
        limits = day.office.limits
    return VisitRules(
        tickets_per_person=limits.tickets,
        dossiers_per_person=limits.dossiers,
        bulk_from=limits.bulk_from,
    )
