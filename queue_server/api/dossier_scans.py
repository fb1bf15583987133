"""Scanned papers over HTTP: a kiosk keeps pages of a draft, staff see them as one PDF."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from queue_server.api.access import ISSUERS, LEADERS, Principal, role_in
from queue_server.api.carry import IdempotencyKey, NeededKey, carry
from queue_server.api.dossier_access import HolderCode, found, held, note_access
from queue_server.api.dossier_inbox import DossierId, StaffMember
from queue_server.api.dossier_papers import PAPER, pdf_answer
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import dossier_requests as r
from queue_server.contracts import dossier_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import dossier_commands as c
from queue_server.domain.dossier_scan_moves import MOST_PAGES, MOST_PAPERS
from queue_server.use_cases.dossier_scans import ScannedPage
from queue_server.use_cases.home_visit_desk import CannotBeOpened
from queue_server.use_cases.page_picture import NoPicture, page_picture

router = APIRouter(prefix="/dossiers", tags=["dossiers"], responses=RESPONSES)

Preparer = Annotated[Principal, Depends(role_in(ISSUERS | LEADERS))]
"""Kiosks and staff scan; from outside nobody sends pictures."""
PaperNumber = Annotated[int, Path(ge=1, le=MOST_PAPERS, description="Place in the list of papers")]
PageNumber = Annotated[int, Path(ge=1, le=MOST_PAGES)]


@router.put("/drafts/{code}/papers/{paper}/pages/{page}", response_model=v.DossierStatus)
async def keep_page(  # noqa: PLR0913, PLR0917 - the facts of one request
    request: Request,
    code: HolderCode,
    paper: PaperNumber,
    page: PageNumber,
    body: r.PageRequest,
    who: Preparer,
    key: IdempotencyKey = None,
) -> Response:
    """Keep one scanned page of a draft, sealed; the same place again replaces the page."""
    office, dossier = parts(request), await held(request, code)
    try:
        picture = await asyncio.to_thread(page_picture, body.image)
    except NoPicture as why:
        raise Refusal(ProblemCode.MALFORMED, f"image: {why}") from None
    kept = ScannedPage(picture, body.kind, body.expires_on)
    sealed = await asyncio.to_thread(office.scans.sealed, kept, dossier.id, (paper, page))
    command = c.KeepPage(dossier=dossier.id, paper=paper, page=page, sealed=sealed, by=who.id)
    meant = office.cards.of(f"{body.kind} {body.expires_on} {body.image.hex()}")
    return await carry(request, who, command, office.dossiers.answer_status, key=key, meant=meant)


@router.delete("/drafts/{code}/papers/{paper}/pages", response_model=v.DossierStatus)
async def drop_pages(
    request: Request,
    code: HolderCode,
    paper: PaperNumber,
    who: Preparer,
    key: IdempotencyKey = None,
) -> Response:
    """Forget the scanned pages of a paper of a draft."""
    office, dossier = parts(request), await held(request, code)
    names = await asyncio.to_thread(office.scans.parts, dossier, paper)
    command = c.DropPages(dossier=dossier.id, paper=paper, parts=names, by=who.id)
    return await carry(request, who, command, office.dossiers.answer_status, key=key)


@router.delete("/drafts/{code}/papers/{paper}/pages/{page}", response_model=v.DossierStatus)
async def drop_page(  # noqa: PLR0913, PLR0917 - the facts of one request
    request: Request,
    code: HolderCode,
    paper: PaperNumber,
    page: PageNumber,
    who: Preparer,
    key: NeededKey,
) -> Response:
    """Forget one page of a paper of a draft; the pages behind it move up, once for each key."""
    office, dossier = parts(request), await held(request, code)
    try:
        names, moved = await asyncio.to_thread(office.scans.without, dossier, paper, page)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    command = c.DropPages(dossier=dossier.id, paper=paper, parts=names, by=who.id, moved=moved)
    answer, meant = office.dossiers.answer_status, f"{paper} {page}"
    return await carry(request, who, command, answer, key=key, meant=meant)


@router.get("/{dossier}/scans/{paper}", response_class=Response, responses=PAPER)
async def get_scan(
    request: Request, dossier: DossierId, paper: PaperNumber, who: StaffMember
) -> Response:
    """A scanned paper as one PDF; who looked is written down before it is opened."""
    known = await found(request, dossier)
    failed = await note_access(request, known, who.id, f"scan-{paper:02d}")
    if failed is not None:
        return failed
    try:
        made = await asyncio.to_thread(parts(request).scans.paper, known, paper)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    if made is None:
        raise Refusal(ProblemCode.NOT_FOUND, "nothing was scanned of this paper")
    return pdf_answer(made, f"{known.code or 'ban-nhap'}-giay-{paper:02d}")
