"""The office's look over HTTP: for kiosks and pages, and the picture for who leads."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import LEADERS, Principal, anybody, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.brand_views import BrandView
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.views import Words
from queue_server.use_cases.logo_desk import MOST_BYTES, LogoRefused
from queue_server.use_cases.ports import StoreUnavailable

router = APIRouter(tags=["brand"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
PNG = "image/png"
NO_PICTURE = (
    f"body: cần một ảnh PNG, nhiều nhất {MOST_BYTES // 1024} kB / "
    f"body: a PNG of at most {MOST_BYTES // 1024} kB"
)
PICTURE = {"schema": {"type": "string", "format": "binary"}}
BODY = {"requestBody": {"required": True, "content": {PNG: PICTURE}}}


@router.get("/brand", response_model=BrandView, dependencies=[Depends(anybody)])
async def get_brand(request: Request) -> BrandView:
    """Name, colours and which picture: no secret, it stands over the door."""
    office = parts(request)
    digest, _ = await asyncio.to_thread(office.logo.now)
    with office.live.look() as day:
        name = Words(vi=day.office.name_vi, en=day.office.name_en)
    light, dark = office.brand_colours
    return BrandView(office=name, colour=light, colour_dark=dark, logo=digest)


@router.get(
    "/brand/logo",
    response_class=Response,
    responses={200: {"content": {PNG: PICTURE}}},
    dependencies=[Depends(anybody)],
)
async def get_logo(request: Request) -> Response:
    """The picture."""
    _, picture = await asyncio.to_thread(parts(request).logo.now)
    if not picture:
        raise Refusal(
            ProblemCode.NOT_FOUND, "cơ quan chưa có biểu trưng / the office has no picture"
        )
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(picture, media_type=PNG, headers=headers)


@router.put("/admin/logo", status_code=204, openapi_extra=BODY)
async def put_logo(request: Request, principal: Leader) -> None:
    """Show this PNG from now on; an event with who and when."""
    picture = await request.body()
    if not picture:
        raise Refusal(ProblemCode.MALFORMED, NO_PICTURE)
    await _put(request, picture, principal.id)


@router.delete("/admin/logo", status_code=204)
async def drop_logo(request: Request, principal: Leader) -> None:
    """Show no picture any more."""
    await _put(request, b"", principal.id)


async def _put(request: Request, picture: bytes, by: str) -> None:
    try:
        await asyncio.to_thread(parts(request).logo.put, picture, by)
    except LogoRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
