"""The city's sign-on over HTTP: the browser goes there, comes back, and gets our own cookie."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from queue_server.api.access import Access, Principal, Role, anybody, cookie_name, who
from queue_server.api.pace import Paces
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES
from queue_server.api.sessions import begin_session, take_cookie
from queue_server.contracts.sign_on_views import CityFarewell, CitySignOn
from queue_server.contracts.views import Words
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.sign_on import (
    WITHIN_S,
    Hindrance,
    Returned,
    SignOnHindered,
)

log = logging.getLogger(__name__)

router = APIRouter(prefix="/session/city", tags=["session"], responses=RESPONSES)

PATH = "/api/v1/session/city"
BINDING = "motcua_sign_on"
"""The cookie of the one browser that began; it comes along from the city, so it is not strict."""
UNUSED = "Sign-in by the city is not set up"
LONG = 4_096
Text = Annotated[str | None, Query(max_length=LONG)]


@router.get("", response_model=CitySignOn, dependencies=[Depends(anybody)])
async def offered(request: Request) -> CitySignOn:
    """Whether people may enter by their city's sign-on, and whose it is."""
    sign_on = parts(request).sign_on
    if sign_on is None:
        return CitySignOn(offered=False, name=None)
    city = sign_on.city
    return CitySignOn(offered=True, name=Words(vi=city.name_vi, en=city.name_en))


@router.get("/start", include_in_schema=False, dependencies=[Depends(anybody)])
async def start(
    request: Request, wanted: Annotated[str | None, Query(alias="next", max_length=500)] = None
) -> Response:
    """Send the browser to the city; it shall come back to `next`, which the page checks."""
    sign_on = parts(request).sign_on
    if sign_on is None or not _may_try(request):
        return _home("too_many" if sign_on else Hindrance.AWAY)
    try:
        binding, address = await asyncio.to_thread(sign_on.begin, f"{PATH}/return", wanted)
    except SignOnHindered as hindered:
        return _hindered(hindered, wanted)
    there = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    there.set_cookie(
        BINDING,
        binding,
        max_age=WITHIN_S,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path=PATH,
    )
    return there


@router.get("/return", include_in_schema=False, dependencies=[Depends(anybody)])
async def come_back(
    request: Request, state: Text = None, code: Text = None, error: Text = None, iss: Text = None
) -> Response:
    """Who comes back with the provider's word gets a cookie; else the page says why not."""
    sign_on = parts(request).sign_on
    if sign_on is None or not _may_try(request):
        return _home("too_many" if sign_on else Hindrance.AWAY)
    returned = Returned(state or "", code, error, iss)
    try:
        person, wanted = await asyncio.to_thread(
            sign_on.finish, request.cookies.get(BINDING), returned
        )
    except SignOnHindered as hindered:
        return _hindered(hindered)
    except StoreUnavailable:
        return _home("store")
    access: Access = request.app.state.access
    principal = Principal(person.name, Role(person.role), person.counter, person=True)
    here = _home(None, wanted)
    begin_session(request, here, principal, access.new_cookie(principal))
    return here


@router.post("/end", response_model=CityFarewell)
async def end(
    request: Request, response: Response, principal: Annotated[Principal, Depends(who)]
) -> CityFarewell:
    """Sign out here, and say where to sign out of the city, too."""
    sign_on = parts(request).sign_on
    token = request.cookies.get(cookie_name(request))
    if token is not None:
        access: Access = request.app.state.access
        access.close_session(token)
    take_cookie(request, response)
    of_city = sign_on is not None and principal.person and sign_on.is_of_city(principal.id)
    if sign_on is None or not of_city:
        return CityFarewell(url=None)
    return CityFarewell(url=await asyncio.to_thread(sign_on.farewell))


def _may_try(request: Request) -> bool:
    paces: Paces = request.app.state.paces
    return paces.guesses.take(request.client.host if request.client else "")


def _hindered(hindered: SignOnHindered, wanted: str | None = None) -> Response:
    log.warning("nobody entered by the city's sign-on: %s", hindered)
    return _home(hindered.why, wanted)


def _home(why: str | None, wanted: str | None = None) -> Response:
    """The sign-in page, which says `why`; it alone decides whether `wanted` is one of ours."""
    query = {"sign_on": why, "next": wanted}
    text = urlencode({name: value for name, value in query.items() if value})
    back = RedirectResponse(
        f"/?{text}" if text else "/", 303, headers={"Cache-Control": "no-store"}
    )
    back.delete_cookie(BINDING, path=PATH)
    return back
