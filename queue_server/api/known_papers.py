"""Papers that the office holds already, over HTTP: asked for with consent, taken over once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import ISSUERS, Principal, role_in
from queue_server.api.dossier_access import note_access, sender
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import dossier_requests as r
from queue_server.contracts import dossier_views as v
from queue_server.contracts.answers import cleaned
from queue_server.contracts.problems import ProblemCode
from queue_server.use_cases.home_visit_desk import CannotBeOpened

router = APIRouter(prefix="/dossiers", tags=["dossiers"], responses=RESPONSES)

AtTheOffice = Annotated[Principal, Depends(role_in(ISSUERS))]


@router.post("/known-papers", response_model=list[v.KnownPaper])
async def get_known_papers(
    request: Request, body: r.KnownPapersRequest, principal: AtTheOffice
) -> Response | list[v.KnownPaper]:
    """The papers that the office holds of this citizen; each look is written down.

    Only at a kiosk or by staff: who merely knows somebody's number must not learn from home
    what that person once filed.
    """
    return await _known(request, body.procedure, body.answers, sender(principal))


async def _known(
    request: Request,
    procedure: str,
    answers: Mapping[str, str],
    by: str,
    only: AbstractSet[str | None] | None = None,
) -> Response | list[v.KnownPaper]:
    """What earlier dossiers hold, or those with these codes; each look is written down before it.

    Raises:
        Refusal: sealed with a key that is not here.
    """
    reuse, given = parts(request).reuse, cleaned(answers)
    earlier = await asyncio.to_thread(reuse.earlier, procedure, given)
    earlier = [one for one in earlier if only is None or one.code in only]
    for source in earlier:
        failed = await note_access(request, source, by, "reuse")
        if failed is not None:
            return failed
    if not earlier:
        return []
    try:
        known = await asyncio.to_thread(reuse.offers, procedure, given, earlier)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    return [one.paper for one in known]


async def reused(request: Request, body: r.FileRequest, by: str) -> int:
    """How many papers are taken over; each is one that the office still holds.

    Raises:
        Refusal: one of them is not.
    """
    taken = {(paper.name, paper.reuse) for paper in body.papers if paper.reuse}
    if not taken:
        return 0
    known = await _known(request, body.procedure, body.answers, by, {code for _, code in taken})
    if isinstance(known, Response):
        raise Refusal(ProblemCode.STORE_UNAVAILABLE)
    if taken - {(one.name, one.dossier) for one in known}:
        raise Refusal(ProblemCode.NOT_FILEABLE, "a paper is not held any more")
    return len(taken)
