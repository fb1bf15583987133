"""Reports over HTTP: of any period, as JSON or file, and the visits behind each figure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from queue_server.api.access import LEADERS, LOOKERS, Principal, Role, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.report_views import FileForm, ReportView, ReportVisits
from queue_server.contracts.written_times import Day
from queue_server.domain.office import working_day
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.reports.period import (
    Kind,
    Period,
    PeriodRefused,
    period_between,
    period_on,
)
from queue_server.use_cases.reports.report_desk import StillCounting
from queue_server.use_cases.reports.selection import Selection, SelectionRefused

router = APIRouter(prefix="/reports", tags=["reports"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LOOKERS))]
OnSheet = Annotated[Principal, Depends(role_in(LEADERS | {Role.CLERK}))]
"""Who leads sees everybody's work by person, a clerk the own."""
T = TypeVar("T")
MEDIA: dict[FileForm, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
FILE = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[int | str, dict[str, object]] = {
    200: {"content": {kind.partition(";")[0]: FILE for kind in MEDIA.values()}}
}


def _asked(
    request: Request,
    kind: Annotated[Kind, Path(description="How long the period is")],
    on: Annotated[Day | None, Query(description="A day of the period; today if not said")] = None,
    first: Annotated[Day | None, Query(alias="from", description="Of a range")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Of a range")] = None,
) -> Period:
    try:
        if kind is Kind.RANGE and first is not None and last is not None:
            return period_between(first, last)
        return period_on(kind, on or working_day(parts(request).clock.now()))
    except PeriodRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None


Asked = Annotated[Period, Depends(_asked)]


@router.get("/{kind}", response_model=ReportView)  # noqa: FAST003 - `Asked` takes it
async def get_report(request: Request, period: Asked, _principal: Leader) -> ReportView:
    """The report of the period that contains `on`, or of the range `from` to `to`."""
    return await _carefully(lambda: parts(request).reports.report(period))


@router.get("/{kind}/visits", response_model=ReportVisits)  # noqa: FAST003 - `Asked` takes it
async def get_visits(
    request: Request,
    period: Asked,
    principal: Leader,
    opens: Annotated[str, Query(max_length=200, description="`opens` of a figure")],
    after: Annotated[str | None, Query(max_length=40)] = None,
) -> ReportVisits:
    """The visits behind a figure, 100 at a time, each with the numbers of its events."""
    if principal.role is Role.VIEWER and ";clerk=" in opens:
        raise Refusal(ProblemCode.NOT_ALLOWED, "visits by person are for who leads the office")
    return await _carefully(
        lambda: parts(request).reports.visits(period, Selection.parse(opens), after)
    )


@router.get("/{kind}/file", response_class=Response, responses=FILES)  # noqa: FAST003 - as above
async def get_file(
    request: Request,
    period: Asked,
    _principal: Leader,
    form: Annotated[FileForm, Query()],
    lang: Annotated[Literal["vi", "en"], Query()] = "vi",
) -> Response:
    """The same report as CSV, Excel book or A4 paper."""
    office = parts(request)

    def made() -> bytes:
        return office.report_file(office.reports.report(period), form, lang)

    return _file(await _carefully(made), "bao-cao", period, form)


@router.get("/{kind}/staff", response_model=ReportView)  # noqa: FAST003 - as above
async def get_staff_sheet(request: Request, period: Asked, principal: OnSheet) -> ReportView:
    """The sheet of work by person: everybody's for who leads, the own row for a clerk."""
    return await _carefully(lambda: parts(request).reports.staff_sheet(period, _only(principal)))


@router.get("/{kind}/staff/visits", response_model=ReportVisits)  # noqa: FAST003 - as above
async def get_staff_visits(
    request: Request,
    period: Asked,
    principal: OnSheet,
    opens: Annotated[str, Query(max_length=200, description="`opens` of a figure")],
    after: Annotated[str | None, Query(max_length=40)] = None,
) -> ReportVisits:
    """The visits behind a figure of the sheet; a clerk's own, whatever `opens` says of whom."""

    def found() -> ReportVisits:
        chosen = Selection.parse(opens)
        only = _only(principal)
        if only is not None and not chosen.by_person:
            raise SelectionRefused(
                f"'{opens[:40]}' không phải số liệu theo người / is no figure of a person"
            )
        if only is not None:
            chosen = Selection(chosen.visits, "clerk", only)
        return parts(request).reports.visits(period, chosen, after)

    return await _carefully(found)


@router.get("/{kind}/staff/file", response_class=Response, responses=FILES)  # noqa: FAST003 - as above
async def get_staff_file(
    request: Request,
    period: Asked,
    principal: OnSheet,
    form: Annotated[FileForm, Query()],
    lang: Annotated[Literal["vi", "en"], Query()] = "vi",
) -> Response:
    """The sheet as CSV, Excel book or A4 paper."""
    office = parts(request)

    def made() -> bytes:
        return office.report_file(office.reports.staff_sheet(period, _only(principal)), form, lang)

    return _file(await _carefully(made), "can-bo", period, form)


def _only(principal: Principal) -> str | None:
    return principal.id if principal.role is Role.CLERK else None


def _file(content: bytes, name: str, period: Period, form: FileForm) -> Response:
    span = f"{period.first.isoformat()}_{period.last.isoformat()}"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}_{span}.{form}"',
    }
    return Response(content, media_type=MEDIA[form], headers=headers)


async def _carefully(work: Callable[[], T]) -> T:
    """In a thread, because it reads files; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except SelectionRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except StillCounting as state:
        raise Refusal(ProblemCode.STILL_COUNTING, str(state)) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
