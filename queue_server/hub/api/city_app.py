"""The city board over HTTP, for everybody: it says no more than public displays do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Query, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.middleware.gzip import GZipMiddleware

from queue_server.api import problems
from queue_server.api.pages import NOT_BUILT, SAFE, Assets
from queue_server.contracts.problems import ProblemCode
from queue_server.hub.api import demand, months, wishes
from queue_server.hub.contracts.city_views import CityServices, CityView, OfficeLines, ServiceLines
from queue_server.hub.contracts.demand_views import CityDemand
from queue_server.hub.use_cases.city_board import CityBoard
from queue_server.hub.use_cases.city_publication import CityPublications
from queue_server.hub.use_cases.city_services import ServicesOfCity
from queue_server.hub.use_cases.wishes import Wishes

BEAT_S = 15.0
WORTH_PACKING = 2000


@dataclass(slots=True)
class City:
    """What pages ask: board, services, wishes, months, clock, and a bell that rings at a change."""

    board: CityBoard
    services: ServicesOfCity
    wishes: Wishes
    publications: CityPublications
    demand: Callable[[], CityDemand]
    now: Callable[[], datetime]
    pages: Path
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    ended: bool = False
    away: str | None = None
    """Why the database was not read the last time; the figures then stand still."""


router = APIRouter()


def _city(request: Request) -> City:
    city: City = request.app.state.city
    return city


@router.get("/api/v1/city", response_model=CityView)
async def get_city(
    request: Request, run: Annotated[str, Query(max_length=40)] = "", after: int = 0
) -> CityView:
    """All offices with their waits; with `run` and `after` only what changed since."""
    city = _city(request)
    return city.board.view(city.now(), run, after)


@router.get("/api/v1/city/stream")
async def stream_city(
    request: Request, last_event_id: Annotated[str, Header(max_length=80)] = ""
) -> StreamingResponse:
    """The same as it changes; the first event is what changed since `Last-Event-ID`, or all."""
    run, _, after = last_event_id.partition("/")
    told = _tell(_city(request), run, int(after) if after.isdigit() else 0)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


@router.get("/api/v1/city/{office}", response_model=OfficeLines)
async def get_office(request: Request, office: str) -> OfficeLines:
    """One office with its lines."""
    found = _city(request).board.lines(office)
    if found is not None:
        return found
    raise problems.Refusal(ProblemCode.NOT_FOUND)


@router.get("/api/v1/services", response_model=CityServices)
async def get_services(request: Request) -> CityServices:
    """What can be done at the offices of the city."""
    return CityServices(services=_city(request).services.services())


@router.get("/api/v1/services/lines", response_model=ServiceLines)
async def get_service_lines(
    request: Request, name: Annotated[str, Query(max_length=200)]
) -> ServiceLines:
    """One service, by its Vietnamese name, at every office that has it."""
    return ServiceLines(name=name, lines=_city(request).services.lines(name))


@router.get("/healthz")
async def health(request: Request) -> Response:
    """Whether the board follows its database."""
    away = _city(request).away
    return PlainTextResponse(away or "ok", status_code=503 if away else 200)


@router.get("/", include_in_schema=False)
@router.get("/city", include_in_schema=False)
async def page(request: Request) -> Response:
    """Choose an office."""
    file = _city(request).pages / "city.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(file, headers=SAFE)


async def _tell(city: City, run: str, after: int) -> AsyncIterator[str]:
    while not city.ended:
        view = city.board.view(city.now(), run, after)
        if view.whole or view.revision > after:
            run, after = view.run, view.revision
            yield f"event: city\nid: {run}/{after}\ndata: {view.model_dump_json()}\n\n"
        else:
            yield "event: beat\ndata: {}\n\n"
        async with city.changed:
            if city.ended or city.board.revision > after:
                continue
            try:
                async with asyncio.timeout(BEAT_S):
                    await city.changed.wait()
            except TimeoutError:
                continue


def city_app(city: City) -> FastAPI:
    """The app of a city board; nothing starts here."""
    app = FastAPI(title="Một Cửa Edge: city", docs_url=None, redoc_url=None)
    app.state.city = city
    app.state.pace = wishes.new_pace()
    problems.install(app)
    app.include_router(months.router)
    app.include_router(demand.router)
    app.include_router(wishes.router)
    app.include_router(router)
    app.add_middleware(GZipMiddleware, minimum_size=WORTH_PACKING)
    if (city.pages / "assets").is_dir():
        app.mount("/assets", Assets(directory=city.pages / "assets"), name="assets")
    return app
