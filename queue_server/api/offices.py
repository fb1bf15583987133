"""Offices on the map: one's own for everybody, all of them for who looks, as JSON and GeoJSON."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api import pace
from queue_server.api.access import LOOKERS, Principal, Role, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.contracts.map_views import GeoOffices, OfficesView, OfficeWait

router = APIRouter(tags=["offices"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS | {Role.DISPLAY}))]
GEOJSON = "application/geo+json"


@router.get("/office", response_model=OfficeWait)
async def get_office(request: Request, _who: pace.Looker) -> OfficeWait:
    """What everybody may know of this office, as its public display shows it; no sign-in."""
    office = parts(request)
    return office.map.wait(office.clock.now())


@router.get("/offices", response_model=OfficesView)
async def get_offices(request: Request, _principal: Looker) -> OfficesView:
    """This office and its neighbours, with their waits as they last said them."""
    office = parts(request)
    return await asyncio.to_thread(office.map.view, office.clock.now())


@router.get(
    "/offices.geojson", response_model=GeoOffices, responses={200: {"content": {GEOJSON: {}}}}
)
async def get_geojson(request: Request, _principal: Looker) -> Response:
    """The same as points for any map program."""
    office = parts(request)
    found = await asyncio.to_thread(office.map.geojson, office.clock.now())
    return Response(found.model_dump_json(), media_type=GEOJSON)
