"""Serves the web bundle: pages without data in them; all data needs a sign-in or a slip's code."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.staticfiles import StaticFiles

from queue_server.api.access import anybody
from queue_server.api.parts import parts

router = APIRouter(include_in_schema=False, dependencies=[Depends(anybody)])

SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
LOGO = """.brand::before { content: ""; display: inline-block; width: 2em; height: 2em;
  margin-right: .5em; vertical-align: -.6em;
  background: url("/api/v1/brand/logo?{}") center / contain no-repeat; }
"""
NOT_BUILT = (
    "Giao diện web chưa được đóng gói. / The web bundle was not built: "
    "run `pip install -e .` again with Node 20 or newer.\n"
)


def _page(pages: Path | None, name: str) -> Response:
    if pages is None or not (pages / name).is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    return FileResponse(pages / name, headers=SAFE)


@router.get("/")
async def home(request: Request) -> Response:
    """Sign-in, then the pages of this role."""
    return _page(parts(request).pages, "index.html")


@router.get("/display")
async def display(request: Request) -> Response:
    """The public display."""
    return _page(parts(request).pages, "display.html")


@router.get("/board")
async def board(request: Request) -> Response:
    """The manager's board."""
    return _page(parts(request).pages, "board.html")


@router.get("/admin")
async def admin(request: Request) -> Response:
    """The administration of the office."""
    return _page(parts(request).pages, "admin.html")


@router.get("/users")
async def users(request: Request) -> Response:
    """Who signs in by name."""
    return _page(parts(request).pages, "people.html")


@router.get("/publications")
async def publications(request: Request) -> Response:
    """A month's figures on their way to the public."""
    return _page(parts(request).pages, "publications.html")


@router.get("/published")
async def published(request: Request) -> Response:
    """What the office published, for everybody."""
    return _page(parts(request).pages, "published.html")


@router.get("/staff")
async def staff(request: Request) -> Response:
    """The sheet of work by person."""
    return _page(parts(request).pages, "staff.html")


@router.get("/post")
async def post(request: Request) -> Response:
    """Numbers for citizens, taken by a post operator."""
    return _page(parts(request).pages, "post.html")


@router.get("/expected")
async def expected(request: Request) -> Response:
    """Who is expected on a day: appointments and visits at home."""
    return _page(parts(request).pages, "expected.html")


@router.get("/rules")
async def rules(request: Request) -> Response:
    """The calling rules: edited, tried, then saved."""
    return _page(parts(request).pages, "rules.html")


@router.get("/audit")
async def audit(request: Request) -> Response:
    """The chain of events, for administrators."""
    return _page(parts(request).pages, "audit.html")


@router.get("/subjects")
async def subjects(request: Request) -> Response:
    """All that is held of one person, for leaders."""
    return _page(parts(request).pages, "subjects.html")


@router.get("/assets/theme.css")
async def theme(request: Request) -> Response:
    """The theme with the office's own two colours at its end."""
    office = parts(request)
    sheet = None if office.pages is None else office.pages / "assets" / "theme.css"
    if sheet is None or not sheet.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    digest, _ = await asyncio.to_thread(office.logo.now)
    logo = LOGO.replace("{}", digest).encode() if digest else b""
    body = sheet.read_bytes() + office.brand_css + logo
    headers = {**SAFE, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/css", headers=headers)


@router.get("/reports")
async def reports(request: Request) -> Response:
    """The reports of the office."""
    return _page(parts(request).pages, "reports.html")


@router.get("/counter/{number}")
async def console(request: Request, number: int) -> Response:  # noqa: ARG001 - read by the page
    """The clerk's console of one counter."""
    return _page(parts(request).pages, "console.html")


@router.get("/offices")
async def offices(request: Request) -> Response:
    """Offices on a map with their waits."""
    return _page(parts(request).pages, "offices.html")


@router.get("/replay")
async def replay(request: Request) -> Response:
    """A past day on the board, minute by minute."""
    return _page(parts(request).pages, "replay.html")


@router.get("/complaints")
async def complaints(request: Request) -> Response:
    """Complaints with their clocks."""
    return _page(parts(request).pages, "complaints.html")


@router.get("/satisfaction")
async def satisfaction(request: Request) -> Response:
    """Waits, ratings and the smile index over a day or a month."""
    return _page(parts(request).pages, "satisfaction.html")


@router.get("/rate/{number}")
async def rating(request: Request, number: int) -> Response:  # noqa: ARG001 - read by the page
    """The rating tablet of one counter."""
    return _page(parts(request).pages, "rating.html")


@router.get("/t/{code}")
async def follow(request: Request, code: str) -> Response:  # noqa: ARG001 - read by the page
    """The follow page of a slip."""
    return _page(parts(request).pages, "follow.html")


@router.get("/a")
async def booking(request: Request) -> Response:
    """Book a time, or ask for a visit at home."""
    return _page(parts(request).pages, "booking.html")


@router.get("/a/{code}")
async def booked(request: Request, code: str) -> Response:  # noqa: ARG001 - read by the page
    """The page of one appointment or home visit."""
    return _page(parts(request).pages, "booking.html")


@router.get("/dossiers")
async def dossiers(request: Request) -> Response:
    """The inbox of dossiers for staff."""
    return _page(parts(request).pages, "dossiers.html")


@router.get("/d/{code}")
async def dossier(request: Request, code: str) -> Response:  # noqa: ARG001 - read by the page
    """The page of one dossier, for whoever holds its code."""
    return _page(parts(request).pages, "dossier.html")


class Assets(StaticFiles):
    """Scripts, styles and fonts: a browser asks each time whether its copy is still the newest."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, or 304, with the headers of the pages."""
        response = super().file_response(*args, **kwargs)
        response.headers.update(SAFE)
        return response


def install(app: FastAPI, pages: Path | None) -> None:
    """Add pages and assets to the app."""
    app.include_router(router)
    if pages is not None and (pages / "assets").is_dir():
        app.mount("/assets", Assets(directory=pages / "assets"), name="assets")
