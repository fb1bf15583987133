"""Dossiers over HTTP for citizens: save a draft, continue it, hand in, follow; the code permits.

What is declared comes in a body, never in an address, is sealed before anything else sees it,
and no answer repeats it except the draft to its holder.
"""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from queue_server.api.access import Principal
from queue_server.api.appointments import PUBLIC
from queue_server.api.carry import IdempotencyKey, NeededKey, carry
from queue_server.api.dossier_access import HolderCode, held, note_access, sender
from queue_server.api.known_papers import taken_over
from queue_server.api.pace import Looker, Promised
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import dossier_requests as r
from queue_server.contracts import dossier_views as v
from queue_server.contracts.answers import cleaned, faults_of
from queue_server.contracts.forms import Form, form_of
from queue_server.contracts.problems import ProblemCode
from queue_server.domain import dossier_commands as c
from queue_server.domain.deadline import Processing
from queue_server.domain.dossier import Dossier, DossierState, Stage
from queue_server.domain.dossier_scan_moves import page_counts
from queue_server.domain.office import working_day
from queue_server.use_cases.dossier_desk import Declaration, sealed_declaration
from queue_server.use_cases.dossier_scans import missing
from queue_server.use_cases.home_visit_desk import CannotBeOpened

router = APIRouter(prefix="/dossiers", tags=["dossiers"], responses=RESPONSES)

CREATED = 201


def form_for(procedure: str) -> Form:
    """The form of a procedure.

    Raises:
        Refusal: it cannot be declared here.
    """
    form = form_of(procedure)
    if form is None:
        raise Refusal(ProblemCode.NOT_FILEABLE, "no form for this procedure")
    return form


def _filing(
    request: Request, body: r.DraftRequest | r.FileRequest, principal: Principal | None
) -> c.Filing:
    form = form_for(body.procedure)
    at_kiosk = principal is not None and body.channel == "kiosk"
    fact = parts(request).dossiers.facts[body.procedure]
    return c.Filing(
        procedure=body.procedure,
        catalogue=f"{fact.version}/{form.version}",
        service=fact.service,
        channel=body.channel if principal is not None else "online",
        language=body.language,
        kiosk=sender(principal) if at_kiosk else None,
        assistant=body.assistant,
    )


def _check_taken(request: Request, procedure: str) -> None:
    """A new declaration needs a procedure that the office takes so.

    Raises:
        Refusal: it has no form, or is taken by appointment or at the counter only.
    """
    form_for(procedure)
    if not parts(request).dossiers.facts[procedure].is_filed:
        raise Refusal(ProblemCode.NOT_FILEABLE, "the office takes this procedure another way")


def _sealed(request: Request, body: r.DraftRequest | r.FileRequest, dossier: str) -> bytes:
    return sealed_declaration(parts(request).dossiers.seal, _declaration(body), dossier)


def _declaration(body: r.DraftRequest | r.FileRequest) -> Declaration:
    papers = tuple((paper.name, paper.brought) for paper in body.papers)
    reused = tuple((paper.name, paper.reuse) for paper in body.papers if paper.reuse)
    return Declaration(cleaned(body.answers), papers, reused)


@router.post(
    "/drafts",
    status_code=201,
    response_model=v.DossierStatus,
    responses={200: {"model": v.DossierStatus, "description": "A repeat: the same draft"}},
)
async def begin_draft(
    request: Request, body: r.DraftRequest, principal: Promised, key: NeededKey
) -> Response:
    """Begin a draft; its code is what the citizen continues with.

    A repeat gives the same draft, whatever it holds: `PUT` then keeps what was answered since.
    """
    _check_taken(request, body.procedure)
    dossier, holder = parts(request).book_names()
    return await _save(request, body, principal, (dossier, holder), key=key, status=CREATED)


@router.put("/drafts/{code}", response_model=v.DossierStatus)
async def save_draft(
    request: Request,
    code: HolderCode,
    body: r.DraftRequest,
    principal: Promised,
    key: IdempotencyKey = None,
) -> Response:
    """Keep what was answered so far."""
    dossier = await held(request, code)
    if dossier.procedure != body.procedure:
        raise Refusal(ProblemCode.NOT_FILEABLE, "the draft is about another procedure")
    return await _save(request, body, principal, (dossier.id, dossier.holder), key=key, status=200)


async def _save(  # noqa: PLR0913 - the facts of one request
    request: Request,
    body: r.DraftRequest,
    principal: Principal | None,
    names: tuple[str, str],
    *,
    key: str | None,
    status: int,
) -> Response:
    office = parts(request)
    command = c.SaveDraft(
        dossier=names[0],
        holder=names[1],
        filing=_filing(request, body, principal),
        stage=Stage(body.stage),
        sealed=_sealed(request, body, names[0]),
        by=sender(principal),
    )
    answer = office.dossiers.answer_status
    who = principal or PUBLIC
    meant = body.procedure if status == CREATED else office.cards.of(body.model_dump_json())
    return await carry(request, who, command, answer, key=key, status=status, meant=meant)


@router.get("/drafts/{code}", response_model=v.DraftView)
async def get_draft(request: Request, code: HolderCode, who: Looker) -> Response | v.DraftView:
    """A draft to be continued, with its answers; the look is written down."""
    dossier = await held(request, code)
    failed = await note_access(request, dossier, sender(who), "draft")
    if failed is not None:
        return failed
    try:
        draft = await asyncio.to_thread(parts(request).dossiers.draft, dossier)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    if draft is None:
        raise Refusal(ProblemCode.UNKNOWN_DOSSIER)
    return draft


@router.post("/drafts/{code}/drop", response_model=v.DossierStatus)
async def drop_draft(
    request: Request, code: HolderCode, who: Looker, key: IdempotencyKey = None
) -> Response:
    """Give the draft up: what it held is forgotten at once."""
    dossier = await held(request, code)
    command = c.DropDraft(dossier=dossier.id, by=sender(who))
    answer = parts(request).dossiers.answer_status
    return await carry(request, who or PUBLIC, command, answer, key=key)


@router.post(
    "",
    status_code=201,
    response_model=v.DossierStatus,
    responses={200: {"model": v.DossierStatus, "description": "A repeat: the same dossier"}},
)
async def file_dossier(
    request: Request, body: r.FileRequest, principal: Promised, key: NeededKey
) -> Response:
    """Hand in, once for each key; the answer is what form 01 says."""
    office, answers = parts(request), checked_answers(request, body)
    names = office.book_names()
    if body.draft is not None:
        draft = await held(request, body.draft)
        names = (draft.id, draft.holder)
    else:
        _check_taken(request, body.procedure)
    known = await taken_over(request, body, sender(principal), names[0])
    command = c.FileDossier(
        dossier=names[0],
        holder=names[1],
        filing=_filing(request, body, principal),
        sealed=_sealed(request, body, names[0]),
        by=sender(principal),
        processing=_processing(request, body.procedure),
        place_help=body.place_help if principal is not None else "",
        person=office.reuse.person(body.procedure, answers),
        reused=known.papers,
        papers=sum(paper.brought for paper in body.papers),
        digitised=await _scanned(request, body, names[0], known.pages),
        fee_vnd=office.dossiers.fee(body.procedure, answers),
        copies=known.pages,
    )
    meant = office.cards.of(body.model_dump_json())
    answer = office.dossiers.answer_status
    who = principal or PUBLIC
    return await carry(request, who, command, answer, key=key, status=201, meant=meant)


@router.put("/by-code/{code}", response_model=v.DossierStatus)
async def correct_dossier(
    request: Request, code: HolderCode, body: r.FileRequest, principal: Promised
) -> Response | v.DossierStatus:
    """Declare anew what nobody has looked at yet; the same declaration again changes nothing."""
    office, answers = parts(request), checked_answers(request, body)
    dossier = await held(request, code)
    if dossier.procedure != body.procedure or dossier.code is None:
        raise Refusal(ProblemCode.NOT_FILEABLE, "nothing was handed in about this procedure")
    try:
        before = await asyncio.to_thread(office.dossiers.declared, dossier)
    except CannotBeOpened:
        raise Refusal(ProblemCode.INTERNAL, "sealed with another key") from None
    if before == _declaration(body):
        return office.dossiers.status(dossier)
    known = await taken_over(request, body, sender(principal), dossier.id)
    command = c.CorrectDossier(
        dossier=dossier.id,
        sealed=_sealed(request, body, dossier.id),
        by=sender(principal),
        reused=known.papers,
        papers=sum(paper.brought for paper in body.papers),
        fee_vnd=office.dossiers.fee(body.procedure, answers),
        copies=known.pages,
        dropped=await asyncio.to_thread(_unwanted, request, dossier, before, known.pages),
    )
    return await carry(
        request, principal or PUBLIC, command, office.dossiers.answer_status, key=None
    )


def _unwanted(
    request: Request, dossier: Dossier, before: Declaration | None, copies: c.Pages
) -> tuple[str, ...]:
    """The copies of before whose place no new one takes."""
    if before is None:
        return ()
    again, wanted = dict(before.reused), dict(copies)
    numbers = [number for number, (name, _) in enumerate(before.papers, 1) if name in again]
    scans = parts(request).scans
    kept = (part for number in numbers for part in scans.parts(dossier, number))
    return tuple(part for part in kept if part not in wanted)


async def _scanned(request: Request, body: r.FileRequest, dossier: str, copies: c.Pages) -> int:
    """How many papers were scanned.

    Raises:
        Refusal: a page that its sender believes to be kept is not here, or one more is. A repeat
            finds the copies that the first try kept: they are none of its sender's.
    """
    said = [paper.pages for paper in body.papers]
    names = await asyncio.to_thread(parts(request).dossiers.kept.part_names, dossier)
    counts, copied = page_counts(names), page_counts(part for part, _ in copies)
    lacking = [n for n in missing(counts, said) if n not in copied or counts[n] != copied[n]]
    if lacking:
        raise Refusal(ProblemCode.NOT_FILEABLE, f"other pages are kept of the papers {lacking}")
    return sum(pages > 0 for pages in said)


def checked_answers(request: Request, body: r.FileRequest) -> dict[str, str]:
    """The answers as they are kept.

    Raises:
        Refusal: there is no such form, or something is missing or wrong.
    """
    form, answers = form_for(body.procedure), cleaned(body.answers)
    faults = faults_of(form, answers, working_day(parts(request).clock.now()))
    if faults:
        said = "; ".join(f"{fault.field}: {fault.flaw.value}" for fault in faults)
        raise Refusal(ProblemCode.WRONG_ANSWERS, said)
    return answers


def _processing(request: Request, procedure: str) -> Processing | None:
    fact = parts(request).dossiers.facts[procedure].processing
    return fact.to_domain() if fact is not None else None


@router.get("/by-code/{code}", response_model=v.DossierStatus)
async def get_status(request: Request, code: HolderCode, _who: Looker) -> v.DossierStatus:
    """Where a dossier stands, for whoever holds its code; nothing personal."""
    dossier = await held(request, code)
    if dossier.state is DossierState.DROPPED:
        raise Refusal(ProblemCode.UNKNOWN_DOSSIER)
    return parts(request).dossiers.status(dossier)
