"""Everything of one person over HTTP, for leaders: look, take away as a file, erase, and the rules.

Each request is written down before anything is looked for, each dossier before it is opened.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import LEADERS, Principal, role_in
from queue_server.api.dossier_access import note_access
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal, refuse
from queue_server.contracts import retention_views as rv
from queue_server.contracts import subject_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain.commands import Command
from queue_server.domain.subject_moves import EraseSubject, SeekSubject
from queue_server.use_cases.home_visit_desk import CannotBeOpened
from queue_server.use_cases.keep_day import Request as Work
from queue_server.use_cases.subject_desk import Held

router = APIRouter(prefix="/admin", tags=["subjects"], responses=RESPONSES)

Chief = Annotated[Principal, Depends(role_in(LEADERS))]
ZIP = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}


@router.get("/retention", response_model=rv.RetentionView)
async def get_retention(request: Request, _who: Chief) -> rv.RetentionView:
    """What is kept of people and by which rule, and what was forgotten lately."""
    return await asyncio.to_thread(parts(request).retention.report)


@router.post("/subjects/look", response_model=v.SubjectSummary)
async def look(request: Request, body: v.SubjectRequest, who: Chief) -> Response | v.SubjectSummary:
    """What is held of one person, without what they declared."""
    held = await _sought(request, body, who, "look")
    if isinstance(held, Response):
        return held
    office = parts(request)
    items = office.subjects.items(held)
    return v.SubjectSummary(at=office.clock.now(), found_by=body.by, items=items)


@router.post("/subjects/export", response_class=Response, responses={200: {"content": ZIP}})
async def export(request: Request, body: v.SubjectRequest, who: Chief) -> Response:
    """All of it as a file for that person: `export.json` and the scanned papers as PDF."""
    held = await _sought(request, body, who, "export")
    if isinstance(held, Response):
        return held
    for dossier in held.dossiers:
        failed = await note_access(request, dossier, who.id, "export")
        if failed is not None:
            return failed
    papers = parts(request).subjects
    try:
        content = await asyncio.to_thread(papers.export, held, body.by)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    headers = {"Content-Disposition": 'attachment; filename="export.zip"'}
    return Response(content, media_type="application/zip", headers=headers)


@router.post("/subjects/erase", response_model=v.SubjectErasure)
async def erase(
    request: Request, body: v.SubjectRequest, who: Chief
) -> Response | v.SubjectErasure:
    """Forget what may go, and say what went and what stays with the reason."""
    held = await _sought(request, body, who, "erase")
    if isinstance(held, Response):
        return held
    command = EraseSubject(
        by=who.id,
        how=body.by,
        reason=body.reason,
        dossiers=tuple(held.dossiers),
        appointments=tuple(one.id for one in held.appointments),
        visits=tuple(one.id for one in held.visits),
    )
    failed = await _kept(request, command)
    if failed is not None:
        return failed
    left = await _found(request, body)
    papers = parts(request).subjects
    before, after = papers.items(held), papers.items(left)
    names = {(one.kind, one.name) for one in after}
    return v.SubjectErasure(
        at=parts(request).clock.now(),
        found_by=body.by,
        erased=[one for one in before if (one.kind, one.name) not in names],
        kept=after,
    )


async def _sought(
    request: Request, body: v.SubjectRequest, who: Principal, what: str
) -> Response | Held:
    """All that is held, after it was written down who looks for it, how and why."""
    command = SeekSubject(by=who.id, what=what, how=body.by, reason=body.reason)
    failed = await _kept(request, command)
    return failed if failed is not None else await _found(request, body)


async def _found(request: Request, body: v.SubjectRequest) -> Held:
    desk = parts(request).subjects.subjects
    try:
        return await asyncio.to_thread(desk.find, body.by, body.value)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None


async def _kept(request: Request, command: Command) -> Response | None:
    work = Work(command, lambda *_: {})
    answer = await request.app.state.waits.answer_of(parts(request).writer.submit(work))
    return refuse(answer.fault, request) if answer.fault is not None else None
