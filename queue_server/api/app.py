"""The FastAPI app of one office."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI, Request

from queue_server.api import (
    admin,
    appointments,
    audit,
    brand,
    catalogue,
    complaints,
    consoles,
    counter_asks,
    counters,
    dossier_inbox,
    dossier_papers,
    dossier_scans,
    dossiers,
    enrolment,
    follow_moves,
    health,
    home_visits,
    known_papers,
    offices,
    pages,
    payments,
    people,
    planning,
    problems,
    publications,
    ratings,
    replay,
    reports,
    rules,
    satisfaction,
    sessions,
    sign_on,
    staff_appeals,
    streams,
    subjects,
    tickets,
    visits,
)
from queue_server.api.access import who
from queue_server.api.commit_waits import CommitWaits
from queue_server.api.pace import Paces
from queue_server.api.parts import Parts

DESCRIPTION = (
    "Tickets, counters, board and display of one office. Errors are RFC 9457 problems with "
    "Vietnamese and English titles. Sign in with `Authorization: Bearer <secret>` or, in a "
    "browser, with the cookie of `POST /api/v1/session`."
)


API = "/api/v1"
ROUTED = (
    tickets,
    complaints,
    offices,
    replay,
    ratings,
    visits,
    counter_asks,
    counters,
    consoles,
    streams,
    sessions,
    sign_on,
    people,
    rules,
    reports,
    staff_appeals,
    publications,
    brand,
    catalogue,
    admin,
    enrolment,
    audit,
    subjects,
    appointments,
    home_visits,
    follow_moves,
    planning,
    dossier_papers,
    dossier_scans,
    payments,
    known_papers,
    dossiers,
    dossier_inbox,
    satisfaction,
)


async def _schema(request: Request) -> dict[str, Any]:
    """This description, for everybody who is signed in."""
    app: FastAPI = request.app
    return app.openapi()


def create_app(office: Parts) -> FastAPI:
    """Put the routers together; nothing starts here."""
    app = FastAPI(
        title="Một Cửa Edge",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.parts = office
    app.state.access = office.access
    app.state.waits = CommitWaits()
    app.state.paces = Paces()
    app.state.streams = streams.Streams(office)
    problems.install(app)
    # Health stands first and nothing is nested: a router is built when a request comes to it, so
    # a server that starts again answers a twentieth of a second sooner.
    app.include_router(health.router)
    app.include_router(health.router, prefix=API, include_in_schema=False)
    for module in ROUTED:
        app.include_router(module.router, prefix=API)
    schema = f"{API}/openapi.json"
    app.add_api_route(schema, _schema, dependencies=[Depends(who)], tags=["schema"])
    pages.install(app, office.pages)
    return app
