"""Liveness, readiness and metrics.

`/healthz` and `/readyz` answer one word without a sign-in, because what watches them has none;
they tell nothing about the office. `/metrics` needs a manager's or the admin's sign-in.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from queue_server.api.access import LEADERS, Principal, anybody, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """One word."""

    status: Literal["ok", "unavailable"]


@router.get("/healthz", response_model=Health, dependencies=[Depends(anybody)])
async def healthz() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get(
    "/readyz",
    response_model=Health,
    dependencies=[Depends(anybody)],
    responses={503: {"model": Health, "description": "Tickets cannot be kept now"}},
)
async def readyz(request: Request, response: Response) -> Health:
    """Tickets can be taken and kept."""
    if parts(request).ready():
        response.status_code = 503
        return Health(status="unavailable")
    return Health(status="ok")


@router.get("/metrics", response_class=Response, responses=RESPONSES)
async def metrics(
    request: Request, _principal: Annotated[Principal, Depends(role_in(LEADERS))]
) -> Response:
    """Prometheus text format."""
    return Response(parts(request).metrics(), media_type="text/plain; version=0.0.4")
