"""Who is expected where in the coming days, over HTTP, for everybody."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from queue_server.api.pages import NOT_BUILT, SAFE
from queue_server.hub.contracts.demand_views import CityDemand

router = APIRouter(tags=["demand"])


@router.get("/api/v1/demand", response_model=CityDemand)
async def get_demand(request: Request) -> CityDemand:
    """The forecast of each area, made this morning."""
    found: CityDemand = request.app.state.city.demand()
    return found


@router.get("/demand", include_in_schema=False)
async def page(request: Request) -> Response:
    """When it is quiet, for people."""
    file = request.app.state.city.pages / "demand.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(file, headers=SAFE)
