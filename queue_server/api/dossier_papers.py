"""What is made of dossiers over HTTP: forms 01 to 06 and the register 07 as PDF, and figures."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from queue_server.api.dossier_access import HOLDER, HolderCode, found, held, note_access
from queue_server.api.dossier_inbox import DossierId, StaffMember
from queue_server.api.named_days import NamedDays, at_most
from queue_server.api.pace import Looker
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.dossier_views import CompletionView
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.province_messages import OutboxView
from queue_server.domain.dossier import Dossier
from queue_server.use_cases.dossier_history import history
from queue_server.use_cases.dossier_papers import may_print, register_of, sheet_of
from queue_server.use_cases.filing_measures import completion
from queue_server.use_cases.home_visit_desk import CannotBeOpened

router = APIRouter(prefix="/dossiers", tags=["dossiers"], responses=RESPONSES)

PDF = "application/pdf"
PAPER: dict[int | str, dict[str, object]] = {
    200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}
}
FormNumber = Annotated[str, Path(pattern="^0[1-6]$")]
MOST_DAYS = 366
MOST_MEASURED_DAYS = 92
NO_STEPS = {"DossierSeen", "DossierSaved", "DossierPageKept", "DossierPagesDropped"}
"""Looks and half a declaration are no steps of the work: they stay in the history."""


@router.get("/register", response_class=Response, responses=PAPER)
async def get_register(
    request: Request,
    _who: StaffMember,
    days: Annotated[NamedDays, Depends(at_most(MOST_DAYS))],
) -> Response:
    """Form 07 of some days, without names."""
    office = parts(request)
    first, last = days

    def made() -> bytes:
        dossiers = office.dossiers.kept.dossiers_filed(first, last + timedelta(days=1))
        sheet = register_of(office.dossiers, dossiers, first, last)
        return office.dossier_paper("dossier_register.typ", sheet)

    return pdf_answer(await asyncio.to_thread(made), f"so-theo-doi-{first.isoformat()}")


@router.get("/completion", response_model=list[CompletionView])
async def get_completion(
    request: Request,
    _who: StaffMember,
    days: Annotated[NamedDays, Depends(at_most(MOST_MEASURED_DAYS))],
) -> list[CompletionView]:
    """How far people came with their filings on some days, by procedure and stage."""
    office = parts(request)
    first, last = days
    names = {code: fact.name for code, fact in office.dossiers.facts.items()}

    def measured() -> list[CompletionView]:
        with office.live.look() as day:
            earliest = first - timedelta(days=day.office.dossiers.draft_days + 1)
        known = [day for day in office.events.days() if earliest <= day <= last]
        kept = office.dossiers.kept
        events = (stored.event for day in known for stored in kept.filing_steps(day))
        return completion(events, names, first)

    return await asyncio.to_thread(measured)


@router.get("/outbox", response_model=OutboxView)
async def get_outbox(request: Request, _who: StaffMember) -> OutboxView:
    """What the province's system was told, what waits and why, and the count to reconcile with."""
    return await asyncio.to_thread(parts(request).outbox.view)


@router.get("/by-code/{code}/receipt", response_class=Response, responses=PAPER)
async def get_receipt(request: Request, code: HolderCode, who: Looker) -> Response:
    """Form 01 for whoever holds the code; the look is written down."""
    dossier = await held(request, code)
    return await _paper(request, dossier, "01", who.id if who is not None else HOLDER)


@router.get("/{dossier}/papers/{number}", response_class=Response, responses=PAPER)
async def get_paper(
    request: Request, dossier: DossierId, number: FormNumber, who: StaffMember
) -> Response:
    """A form of a dossier. It holds names: who had it made is written down first."""
    return await _paper(request, await found(request, dossier), number, who.id)


async def _paper(request: Request, dossier: Dossier, number: str, by: str) -> Response:
    if not may_print(dossier, number):
        raise Refusal(ProblemCode.NOT_FILEABLE, f"form {number} says nothing of this dossier now")
    failed = await note_access(request, dossier, by, f"paper-{number}")
    if failed is not None:
        return failed
    office = parts(request)
    desk = office.dossiers

    def made() -> bytes:
        steps = history(desk.kept.of_dossier(dossier.id)) if number == "06" else []
        steps = [step for step in steps if step.kind not in NO_STEPS]
        sheet = sheet_of(desk, dossier, number, desk.declared(dossier), steps)
        return office.dossier_paper("dossier_form.typ", sheet)

    try:
        paper = await asyncio.to_thread(made)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    return pdf_answer(paper, f"{dossier.code}-mau-{number}")


def pdf_answer(paper: bytes, name: str) -> Response:
    """A PDF to be looked at, of which nothing stays behind."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{name}.pdf"',
    }
    return Response(paper, media_type=PDF, headers=headers)
