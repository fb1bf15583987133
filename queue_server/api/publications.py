"""Monthly publication over HTTP: steps for leaders, and what is published for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from queue_server.api.access import LEADERS, Principal, anybody, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.api.reports import FILES, MEDIA
from queue_server.contracts import publication_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.report_views import FileForm, ReportView
from queue_server.contracts.views import Words
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.publication_desk import Publication
from queue_server.use_cases.publication_steps import AFTER, PUBLIC, Step, StepRefused
from queue_server.use_cases.reports.period import PeriodRefused
from queue_server.use_cases.reports.report_desk import StillCounting

router = APIRouter(tags=["publication"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
T = TypeVar("T")


@router.get("/publications", response_model=list[v.PublicationView])
async def get_publications(request: Request, _principal: Leader) -> list[v.PublicationView]:
    """Every snapshot, newest first, with who did what when."""
    desk = parts(request).publications
    return await _carefully(lambda: [_view(one) for one in desk.all()])


@router.post("/publications", response_model=v.PublicationView, status_code=201)
async def draft(request: Request, body: v.DraftRequest, principal: Leader) -> v.PublicationView:
    """Make a snapshot of a month that is over; its figures are fixed from now on."""
    desk = parts(request).publications
    return await _carefully(lambda: _view(desk.draft(body.on, principal.id, body.note.strip())))


@router.get("/publications/{publication}", response_model=ReportView)
async def get_snapshot(request: Request, publication: Id, _principal: Leader) -> ReportView:
    """The figures of a snapshot, as everybody will see them."""
    desk = parts(request).publications
    return await _carefully(lambda: desk.find(publication).report())


@router.post("/publications/{publication}/step", response_model=v.PublicationView)
async def take_step(
    request: Request, publication: Id, body: v.StepRequest, principal: Leader
) -> v.PublicationView:
    """Review, return, publish or withdraw; who drafted does not review."""
    desk = parts(request).publications
    return await _carefully(
        lambda: _view(
            desk.take(
                publication,
                Step(body.step),
                principal.id,
                body.note.strip(),
                person=principal.person,
            )
        )
    )


@router.get("/published", response_model=list[v.PublishedView], dependencies=[Depends(anybody)])
async def get_published(request: Request) -> list[v.PublishedView]:
    """What the office published, newest first; also what it withdrew, with the reason."""
    desk = parts(request).publications
    return await _carefully(lambda: [_public(one) for one in desk.all() if _is_public(one)])


@router.get("/published/{publication}", response_model=ReportView, dependencies=[Depends(anybody)])
async def get_published_report(request: Request, publication: Id) -> ReportView:
    """The figures of a published snapshot; those of a withdrawn one are not shown any more."""
    return await _carefully(lambda: parts(request).publications.published(publication).report())


@router.get(
    "/published/{publication}/file",
    response_class=Response,
    responses=FILES,
    dependencies=[Depends(anybody)],
)
async def get_published_file(
    request: Request,
    publication: Id,
    form: Annotated[FileForm, Query()],
    lang: Annotated[Literal["vi", "en"], Query()] = "vi",
) -> Response:
    """The same as CSV, Excel book or A4 paper."""
    desk = parts(request).publications
    content = await _carefully(lambda: desk.file(publication, form, lang))
    headers = {"Content-Disposition": f'attachment; filename="cong-khai_{publication[:12]}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _is_public(one: Publication) -> bool:
    return one.state in PUBLIC


def _view(one: Publication) -> v.PublicationView:
    vi, en = one.period.name()
    return v.PublicationView(
        id=one.id,
        first=one.period.first,
        last=one.period.last,
        name=Words(vi=vi, en=en),
        state=one.state.value,
        replaced=one.replaced,
        correction=bool(one.steps[0].note),
        steps=[
            v.PublicationStep(step=s.step.value, at=s.at, by=s.by, note=s.note) for s in one.steps
        ],
        next=[step.value for step in Step if step in AFTER[one.state]],
    )


def _public(one: Publication) -> v.PublishedView:
    vi, en = one.period.name()
    published, reviewed = one.when(Step.PUBLISHED), one.when(Step.REVIEWED)
    assert published is not None  # noqa: S101 - it is public
    assert reviewed is not None  # noqa: S101 - nothing is published before
    withdrawn = one.when(Step.WITHDRAWN)
    return v.PublishedView(
        id=one.id,
        first=one.period.first,
        last=one.period.last,
        name=Words(vi=vi, en=en),
        state="withdrawn" if withdrawn else "replaced" if one.replaced else "published",
        published_at=published.at,
        reviewed_at=reviewed.at,
        withdrawn_at=withdrawn.at if withdrawn else None,
        correction=bool(one.steps[0].note),
        reason=withdrawn.note if withdrawn else one.steps[0].note,
    )


async def _carefully(work: Callable[[], T]) -> T:
    """In a thread, because it reads the store; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except StepRefused as refused:
        raise Refusal(ProblemCode.ILLEGAL_MOVE, str(refused)) from None
    except PeriodRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except LookupError as unknown:
        raise Refusal(ProblemCode.NOT_FOUND, str(unknown)) from None
    except StillCounting as state:
        raise Refusal(ProblemCode.STILL_COUNTING, str(state)) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
