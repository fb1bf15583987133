"""How a dossier is found by a code, and how each look at it is written down before it is shown."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Path, Request, Response

from queue_server.api.access import Principal
from queue_server.api.appointments import plain_code
from queue_server.api.parts import parts
from queue_server.api.problems import Refusal, refuse
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import dossier_commands as c
from queue_server.domain.dossier import Dossier
from queue_server.use_cases.keep_day import Request as Work

HolderCode = Annotated[str, Path(min_length=4, max_length=20)]
HOLDER = "holder"


async def found(request: Request, code: str) -> Dossier:
    """The dossier with this id or code; it may be in the store only.

    Raises:
        Refusal: there is none.
    """
    dossier = await asyncio.to_thread(parts(request).dossiers.find, code)
    if dossier is None:
        raise Refusal(ProblemCode.UNKNOWN_DOSSIER)
    return dossier


async def held(request: Request, code: str) -> Dossier:
    """The dossier in whose holder's hand this code is; no other name opens it.

    Raises:
        Refusal: there is none.
    """
    dossier = await found(request, plain_code(code))
    if dossier.holder != plain_code(code):
        raise Refusal(ProblemCode.UNKNOWN_DOSSIER)
    return dossier


async def note_access(request: Request, dossier: Dossier, by: str, what: str) -> Response | None:
    """Have it written down who looks, before anything is shown; a response where that failed."""
    work = Work(c.NoteAccess(dossier=dossier.id, by=by, what=what), lambda *_: {})
    answer = await request.app.state.waits.answer_of(parts(request).writer.submit(work))
    return refuse(answer.fault, request) if answer.fault is not None else None


def sender(principal: Principal | None) -> str:
    """Who asks: a device or a person by id, else whoever holds the code."""
    return principal.id if principal is not None else HOLDER
