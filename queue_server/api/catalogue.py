"""The office's catalogue over HTTP, for kiosks: whole, or 304 while it is the one they know."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from queue_server.api.access import EVERYBODY, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.contracts.catalogue_views import CatalogueNow
from queue_server.use_cases.kiosk_catalogue import catalogue_now

router = APIRouter(tags=["catalogue"], responses=RESPONSES)

UNCHANGED = 304


@router.get(
    "/catalogue",
    response_model=CatalogueNow,
    responses={UNCHANGED: {"description": "It is the one that `If-None-Match` names"}},
    dependencies=[Depends(role_in(EVERYBODY))],
)
async def get_catalogue(
    request: Request,
    response: Response,
    known: Annotated[str | None, Header(alias="If-None-Match", max_length=200)] = None,
) -> CatalogueNow | Response:
    """What each procedure asks for, costs and takes, as the office has it now."""
    office = parts(request)
    found = await asyncio.to_thread(office.catalogue.read)
    with office.live.look() as day:
        now = catalogue_now(found, day.office)
    tag = {"ETag": f'"{now.digest}"', "Cache-Control": "no-cache"}
    if known is not None and now.digest in known:
        return Response(status_code=UNCHANGED, headers=tag)
    response.headers.update(tag)
    return now
