"""Published months of the city over HTTP, for everybody."""

from __future__ import annotations

import csv
from io import SEEK_END, StringIO
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from queue_server.api.pages import NOT_BUILT, SAFE
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.problems import ProblemCode
from queue_server.hub.contracts.month_views import PublishedMonth, ShownMonth
from queue_server.hub.use_cases.city_publication import CityPublications
from queue_server.hub.use_cases.month_table import month_rows
from queue_server.hub.use_cases.ports import CityStoreAway

router = APIRouter(tags=["months"], responses=RESPONSES)

BOM = "\ufeff"
"""Spreadsheets take a file without it for another alphabet."""
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


def _publications(request: Request) -> CityPublications:
    found: CityPublications = request.app.state.city.publications
    return found


async def _shown(request: Request, month: str) -> ShownMonth:
    try:
        return await _publications(request).shown(month)
    except LookupError:
        raise Refusal(ProblemCode.NOT_FOUND) from None
    except CityStoreAway:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None


@router.get("/api/v1/months", response_model=list[PublishedMonth])
async def get_months(request: Request) -> list[PublishedMonth]:
    """What the city published, newest first; also what it withdrew, with the reason."""
    try:
        return await _publications(request).published()
    except CityStoreAway:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None


@router.get("/api/v1/months/{month}", response_model=ShownMonth)
async def get_month(request: Request, month: Id) -> ShownMonth:
    """The figures of a month; who reviews a draft has its id."""
    return await _shown(request, month)


@router.get("/api/v1/months/{month}/file.csv", response_class=Response)
async def get_file(request: Request, month: Id) -> Response:
    """The same as a table, an office a line."""
    text = StringIO(BOM)
    text.seek(0, SEEK_END)
    csv.writer(text).writerows(month_rows((await _shown(request, month)).month))
    headers = {"Content-Disposition": f'attachment; filename="thang_{month[:12]}.csv"'}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/months", include_in_schema=False)
@router.get("/months/{month}", include_in_schema=False)
async def page(request: Request) -> Response:
    """The month for people."""
    file = request.app.state.city.pages / "months.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(file, headers=SAFE)
