"""Dossiers over HTTP for staff: inbox, moves, content with every look written down, erasure."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from queue_server.api.access import LEADERS, STAFF, Principal, role_in
from queue_server.api.carry import IdempotencyKey, carry
from queue_server.api.dossier_access import found, note_access
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import dossier_requests as r
from queue_server.contracts import dossier_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import dossier_commands as c
from queue_server.domain.dossier import FINAL, DossierState, Move
from queue_server.use_cases.dossier_history import history
from queue_server.use_cases.home_visit_desk import CannotBeOpened

router = APIRouter(prefix="/dossiers", tags=["dossiers"], responses=RESPONSES)

StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
Chief = Annotated[Principal, Depends(role_in(LEADERS))]
DossierId = Annotated[str, Path(min_length=4, max_length=60)]
Reveal = Annotated[bool, Query(description="Show identity and phone numbers in full")]
OPEN = frozenset(DossierState) - FINAL - {DossierState.DRAFT}


@router.get("", response_model=v.DossierInbox)
async def get_inbox(
    request: Request,
    _who: StaffMember,
    state: Annotated[list[DossierState] | None, Query(description="Only these states")] = None,
) -> v.DossierInbox:
    """The dossiers that are open or ended today, those due first above; no personal data."""
    return parts(request).dossiers.inbox(frozenset(state) if state else OPEN)


@router.get("/{dossier}", response_model=v.DossierView)
async def get_dossier(request: Request, dossier: DossierId, _who: StaffMember) -> v.DossierView:
    """One dossier by id or code, also one that has ended; without what was declared."""
    return parts(request).dossiers.look(await found(request, dossier))


@router.get("/{dossier}/history", response_model=list[v.DossierStep])
async def get_history(
    request: Request, dossier: DossierId, _who: StaffMember
) -> list[v.DossierStep]:
    """Everything that happened to it, every look at it too."""
    known = await found(request, dossier)
    return history(await asyncio.to_thread(parts(request).dossiers.kept.of_dossier, known.id))


@router.get("/{dossier}/content", response_model=v.DossierContent)
async def get_content(
    request: Request,
    dossier: DossierId,
    who: StaffMember,
    reveal: Reveal = False,  # noqa: FBT002 - a query parameter has a name
) -> Response | v.DossierContent:
    """What was declared. Who looked, and whether unmasked, is written down before it is shown."""
    return await _content(request, dossier, who.id, "unmasked" if reveal else "content")


@router.get("/{dossier}/export", response_model=v.DossierExport)
async def get_export(
    request: Request, dossier: DossierId, who: Chief
) -> Response | v.DossierExport:
    """All that is held about it, for its citizen who asked."""
    content = await _content(request, dossier, who.id, "export")
    if isinstance(content, Response):
        return content
    kept = parts(request).dossiers.kept
    steps = await asyncio.to_thread(kept.of_dossier, content.dossier.id)
    return v.DossierExport(content=content, history=history(steps))


async def _content(
    request: Request, dossier: str, by: str, what: str
) -> Response | v.DossierContent:
    known = await found(request, dossier)
    failed = await note_access(request, known, by, what)
    if failed is not None:
        return failed
    desk = parts(request).dossiers

    def opened() -> v.DossierContent | None:
        return desk.content(known, masked=what == "content")

    try:
        content = await asyncio.to_thread(opened)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    if content is None:
        raise Refusal(ProblemCode.NOT_FOUND, "what was declared is forgotten")
    return content


@router.post("/{dossier}/moves", response_model=v.DossierView)
async def move(
    request: Request,
    dossier: DossierId,
    body: r.DossierMoveRequest,
    who: StaffMember,
    key: IdempotencyKey = None,
) -> Response:
    """A clerk's move; a stale one is refused."""
    known = await found(request, dossier)
    said = body.model_dump(exclude={"move"})
    command = c.MoveDossier(dossier=known.id, move=Move(body.move), by=who.id, **said)
    return await carry(request, who, command, parts(request).dossiers.answer_view, key=key)


@router.post("/{dossier}/erase", response_model=v.DossierView)
async def erase(
    request: Request,
    dossier: DossierId,
    body: r.EraseRequest,
    who: Chief,
    key: IdempotencyKey = None,
) -> Response:
    """Forget what an ended dossier holds of its citizen; the figures stay."""
    known = await found(request, dossier)
    command = c.EraseDossier(dossier=known, by=who.id, reason=body.reason)
    return await carry(request, who, command, parts(request).dossiers.answer_view, key=key)
