"""The chain over HTTP, for administrators: its signed heads, a check at a press, its events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response

from queue_server.api.access import Principal, Role, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import audit_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.use_cases.audit_desk import AuditDesk, Check, facts_of
from queue_server.use_cases.ports import StoredEvent, StoreUnavailable

router = APIRouter(prefix="/admin/audit", tags=["audit"], responses=RESPONSES)

Admin = Annotated[Principal, Depends(role_in(frozenset({Role.ADMIN})))]
T = TypeVar("T")
MOST = 100
SHOWN = 400
LINES = {"application/jsonl": {"schema": {"type": "string"}}}


@router.get("", response_model=v.AuditView)
async def get_audit(request: Request, _principal: Admin) -> v.AuditView:
    """The chain's signed heads, newest first, and what the last check found."""
    return await _carefully(lambda: _view(parts(request).audit))


@router.post("/check", response_model=v.CheckView)
async def check(request: Request, _principal: Admin) -> v.CheckView:
    """Check every event, table and signed head now; a store of years takes minutes."""
    return await _carefully(lambda: _check(parts(request).audit.check()))


@router.get("/events", response_model=list[v.AuditEvent])
async def get_events(
    request: Request,
    _principal: Admin,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> list[v.AuditEvent]:
    """A hundred events before this one, newest first; without it the newest."""
    past = parts(request).audit.events
    wanted = before or 2**53
    return await _carefully(lambda: [_event(one) for one in past.events_before(wanted, MOST)])


@router.get("/anchors.jsonl", response_class=Response, responses={200: {"content": LINES}})
async def get_anchors(request: Request, _principal: Admin) -> Response:
    """The signed heads as a file, to be kept where this server is not."""
    text = await _carefully(parts(request).audit.book.lines)
    headers = {"Content-Disposition": 'attachment; filename="anchors.jsonl"'}
    return Response(text, media_type="application/jsonl", headers=headers)


def _view(desk: AuditDesk) -> v.AuditView:
    anchors = list(reversed(desk.book.anchors()))[:SHOWN]
    heads = [(one.head, one.at) for one in anchors]
    return v.AuditView(
        newest=desk.events.newest(),
        anchors=[v.AnchorView(day=h.day, seq=h.seq, hash=h.hash, at=at) for h, at in heads],
        public_key=desk.book.public,
        second_place=desk.book.second_place,
        second_fault=desk.daily.fault,
        checking=desk.checking,
        check=_check(desk.last) if desk.last else None,
    )


def _check(found: Check) -> v.CheckView:
    verdict = found.verdict
    return v.CheckView(
        at=found.at,
        ok=verdict.ok,
        events=verdict.events,
        days=verdict.days,
        tickets=verdict.tickets,
        fault=verdict.fault,
        fault_vi=verdict.fault_vi,
    )


def _event(stored: StoredEvent) -> v.AuditEvent:
    event = stored.event
    by = getattr(event, "by", None)
    return v.AuditEvent(
        seq=stored.seq,
        at=event.at,
        kind=type(event).__name__,
        counter=getattr(event, "counter", None),
        by=by if isinstance(by, str) else None,
        facts=facts_of(event),
    )


async def _carefully(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except StoreUnavailable as fault:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE, str(fault)) from None
