"""Papers that the office holds already, over HTTP: asked for with consent, taken over once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
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
from queue_server.domain.dossier_commands import Pages
from queue_server.use_cases.home_visit_desk import CannotBeOpened
from queue_server.use_cases.paper_reuse import Offer

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
    known = await _offers(request, body.procedure, body.answers, sender(principal))
    return known if isinstance(known, Response) else [one.paper for one in known]


async def _offers(
    request: Request,
    procedure: str,
    answers: Mapping[str, str],
    by: str,
    only: AbstractSet[str | None] | None = None,
) -> Response | list[Offer]:
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
        return await asyncio.to_thread(reuse.offers, procedure, given, earlier)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many papers are taken from earlier dossiers, and their scanned pages, sealed anew."""

    papers: int = 0
    pages: Pages = ()


async def taken_over(request: Request, body: r.FileRequest, by: str, dossier: str) -> TakenOver:
    """The papers that are used again; each is one that the office still holds.

    Raises:
        Refusal: one of them is not.
    """
    taken = {(paper.name, paper.reuse) for paper in body.papers if paper.reuse}
    if not taken:
        return TakenOver()
    known = await _offers(request, body.procedure, body.answers, by, {code for _, code in taken})
    if isinstance(known, Response):
        raise Refusal(ProblemCode.STORE_UNAVAILABLE)
    sources = {(one.paper.name, one.paper.dossier): (one.source, one.number) for one in known}
    if taken - sources.keys():
        raise Refusal(ProblemCode.NOT_FILEABLE, "a paper is not held any more")
    scans = parts(request).scans

    def copied() -> Pages:
        return tuple(
            page
            for number, paper in enumerate(body.papers, 1)
            if paper.reuse
            for page in scans.copied(sources[paper.name, paper.reuse], dossier, number)
        )

    try:
        return TakenOver(len(taken), await asyncio.to_thread(copied))
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
