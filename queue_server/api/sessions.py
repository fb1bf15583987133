"""Sign-in of browsers, and blocks of numbers for kiosks."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import (
    SESSION_S,
    Access,
    Principal,
    Role,
    anybody,
    cookie_name,
    role_in,
    who,
)
from queue_server.api.carry import NeededKey, carry
from queue_server.api.pace import Paces
from queue_server.api.parts import parts
from queue_server.api.people import carefully
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import requests as r
from queue_server.contracts import views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import commands as c

log = logging.getLogger(__name__)

router = APIRouter(responses=RESPONSES)

Kiosk = Annotated[Principal, Depends(role_in(frozenset({Role.KIOSK})))]


def _access(request: Request) -> Access:
    found: Access = request.app.state.access
    return found


def begin_session(request: Request, response: Response, principal: Principal, token: str) -> None:
    """Somebody has proved who they are: a cookie, and a line in the log."""
    address = request.client.host if request.client else "nowhere"
    log.info("signed in: %s as %s from %s", principal.id, principal.role.value, address)
    give_cookie(request, response, token)


def take_cookie(request: Request, response: Response) -> None:
    """Have the browser forget its session."""
    secure = request.url.scheme == "https"
    response.delete_cookie(cookie_name(request), path="/", secure=secure, httponly=True)


def give_cookie(request: Request, response: Response, token: str) -> None:
    """Keep a session in the browser: out of reach of scripts and of other sites' pages."""
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=SESSION_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )


@router.post(
    "/session", response_model=v.SignedIn, tags=["session"], dependencies=[Depends(anybody)]
)
async def sign_in(request: Request, response: Response, body: r.SignInRequest) -> v.SignedIn:
    """Trade a credential's secret for a cookie that scripts cannot read."""
    opened = _access(request).open_session(body.secret)
    if opened is None:
        raise Refusal(ProblemCode.NOT_SIGNED_IN)
    token, principal = opened
    begin_session(request, response, principal, token)
    return v.SignedIn(id=principal.id, role=principal.role.value, counter=principal.counter)


@router.post(
    "/session/person",
    response_model=v.SignedIn,
    tags=["session"],
    dependencies=[Depends(anybody)],
)
async def sign_in_person(request: Request, response: Response, body: r.PersonSignIn) -> v.SignedIn:
    """A person's name and password for a cookie; wrong ones cost time and become fewer."""
    address = request.client.host if request.client else ""
    paces: Paces = request.app.state.paces
    if not (paces.guesses.take(address) and paces.guesses_of_one.take(f"{address}/{body.name}")):
        raise Refusal(ProblemCode.TOO_MANY)
    person = await asyncio.to_thread(parts(request).people.check, body.name, body.password)
    if person is None:
        raise Refusal(ProblemCode.NOT_SIGNED_IN)
    principal = Principal(person.name, Role(person.role), person.counter, person=True)
    begin_session(request, response, principal, _access(request).new_cookie(principal))
    return v.SignedIn(id=principal.id, role=principal.role.value, counter=principal.counter)


@router.put("/session/password", status_code=204, tags=["session"])
async def change_password(
    request: Request, body: r.PasswordChange, principal: Annotated[Principal, Depends(who)]
) -> None:
    """A person chooses another password; every session of the old one ends."""
    desk = parts(request).people
    person = desk.find(principal.id) if principal.person else None
    if person is None:
        raise Refusal(ProblemCode.NOT_ALLOWED, "a device has no password")
    if await asyncio.to_thread(desk.check, person.name, body.old) is None:
        raise Refusal(ProblemCode.NOT_SIGNED_IN)
    await carefully(
        lambda: desk.put(person.name, person.name, person.role, person.counter, body.new)
    )


@router.get("/session", response_model=v.SignedIn, tags=["session"])
async def signed_in(
    request: Request, response: Response, principal: Annotated[Principal, Depends(who)]
) -> v.SignedIn:
    """Who is signed in; a page that asks once in a while keeps its cookie from ending."""
    kept = request.cookies.get(cookie_name(request))
    if kept is not None:
        token = _access(request).new_cookie(principal, kept)
        give_cookie(request, response, token)
    return v.SignedIn(id=principal.id, role=principal.role.value, counter=principal.counter)


@router.delete("/session", status_code=204, tags=["session"], dependencies=[Depends(anybody)])
async def sign_out(request: Request, response: Response) -> None:
    """Forget the cookie here and in the browser."""
    token = request.cookies.get(cookie_name(request))
    if token is not None:
        _access(request).close_session(token)
    take_cookie(request, response)


@router.post("/leases", response_model=v.LeaseView, tags=["tickets"])
async def lease_block(
    request: Request, body: r.LeaseRequest, principal: Kiosk, key: NeededKey
) -> Response:
    """A block of numbers that this kiosk may give while the server is away."""
    command = c.LeaseBlock(kiosk=principal.id, service=body.service, size=body.size)
    return await carry(request, principal, command, parts(request).answers.block, key=key)
