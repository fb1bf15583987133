"""A small real HTTP server that speaks the contract of the pages, for the browser tests."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import uvicorn
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from queue_server.contracts.console_views import ConsoleView
from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.rating_views import TabletView
from queue_server.contracts.requests import SignInRequest
from queue_server.contracts.views import DisplayView, FollowView, SignedIn
from queue_server.web import DIST

Endpoint = Callable[[Request], Awaitable[Response]]
SECRET = "a-secret-of-sixteen-or-more"
FOLLOW_CODE = "k3v9x2"
COOKIE = "motcua_session"
EVENTS = {
    ManagerBoardView: "board",
    DisplayView: "display",
    FollowView: "follow",
    ConsoleView: "console",
    TabletView: "tablet",
}
# As strict as it gets: a page that needs more is a fault of the page.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
POLICY += " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"


class StubOffice:
    """Serves the built pages and, as streams and JSON, whatever `show` was given last."""

    def __init__(self) -> None:
        self._views: dict[str, BaseModel] = {}
        self._listeners: dict[str, set[asyncio.Queue[str | None]]] = {}
        self._port = 0
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.fixed: dict[str, object] = {"session/city": {"offered": False, "name": None}}
        self.asked: list[str] = []
        self.session_calls: list[str] = []
        self.posted: list[tuple[str, Any]] = []

    @property
    def url(self) -> str:
        """Where it listens; the same after a restart."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen; returns when it answers."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        up = threading.Event()
        self._server = uvicorn.Server(
            uvicorn.Config(self._app(up), log_level="critical", timeout_graceful_shutdown=1)
        )
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, daemon=True
        )
        self._thread.start()
        if not up.wait(10):
            raise TimeoutError("the stub server did not start")

    def stop(self) -> None:
        """End every stream and close the port."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._tell_all(None)
        self._thread.join(10)

    def show(self, view: BaseModel) -> None:
        """Make `view` the newest of its kind, and send it to who listens."""
        self.hide(view)
        event = EVENTS[type(view)]
        self._tell(event, self._message(event))

    def hide(self, view: BaseModel) -> None:
        """Make `view` the newest of its kind, but let the open streams stay silent."""
        self._views[EVENTS[type(view)]] = view

    def _message(self, event: str) -> str:
        view = self._views[event]
        seq = view.model_dump()["seq"]
        return f"event: {event}\nid: {seq}\ndata: {view.model_dump_json()}\n\n"

    def _tell_all(self, message: str | None) -> None:
        for event in list(self._listeners):
            self._tell(event, message)

    def _tell(self, event: str, message: str | None) -> None:
        for queue in list(self._listeners.get(event, ())):
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(queue.put_nowait, message)

    def _app(self, up: threading.Event) -> Starlette:
        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            self._loop = asyncio.get_running_loop()
            up.set()
            yield

        api = [
            Route("/session", self._session, methods=["GET", "POST", "DELETE"]),
            Route("/board", self._snapshot("board")),
            Route("/board/stream", self._stream("board")),
            Route("/display/stream", self._stream("display")),
            Route("/follow/{code}", self._snapshot("follow")),
            Route("/follow/{code}/stream", self._stream("follow")),
            Route("/counters/{number}/console", self._snapshot("console")),
            Route("/counters/{number}/stream", self._stream("console")),
            Route("/counters/{number}/rating", self._snapshot("tablet"), methods=["GET"]),
            Route("/counters/{number}/rating/stream", self._stream("tablet")),
            Route("/{path:path}", self._fixed, methods=["GET", "POST"]),
        ]
        pages = [
            Route("/", self._page("index")),
            Route("/display", self._page("display")),
            Route("/board", self._page("board")),
            Route("/reports", self._page("reports")),
            Route("/t/{code}", self._page("follow")),
            Route("/counter/{number}", self._page("console")),
            Route("/offices", self._page("offices")),
            Route("/complaints", self._page("complaints")),
            Route("/rate/{number}", self._page("rating")),
            Mount("/assets", StaticFiles(directory=DIST / "assets")),
        ]
        return Starlette(routes=[Mount("/api/v1", routes=api), *pages], lifespan=lifespan)

    def _page(self, name: str) -> Endpoint:
        async def page(_: Request) -> Response:
            headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
            return FileResponse(DIST / f"{name}.html", headers=headers)

        return page

    async def _session(self, request: Request) -> Response:
        self.session_calls.append(request.method)
        signed_in = request.cookies.get(COOKIE) == SECRET
        if request.method == "POST":
            signed_in = SignInRequest.model_validate(await request.json()).secret == SECRET
        if not signed_in:
            return Response(status_code=401)
        who = SignedIn(id="admin", role="admin").model_dump()
        answer = Response(status_code=204) if request.method == "DELETE" else JSONResponse(who)
        if request.method == "POST":
            answer.set_cookie(COOKIE, SECRET, httponly=True, samesite="strict")
        if request.method == "DELETE":
            answer.delete_cookie(COOKIE)
        return answer

    def _refusal(self, event: str, request: Request) -> Response | None:
        self.asked.append(request.url.path)
        if event == "follow":
            known = request.path_params["code"] == FOLLOW_CODE
            return None if known else Response(status_code=404)
        return None if request.cookies.get(COOKIE) == SECRET else Response(status_code=401)

    def _snapshot(self, event: str) -> Endpoint:
        async def snapshot(request: Request) -> Response:
            refusal = self._refusal(event, request)
            body = self._views[event].model_dump_json()
            return refusal or Response(body, media_type="application/json")

        return snapshot

    async def _fixed(self, request: Request) -> Response:
        """What pages ask for once, as `fixed` has it; what they post is kept in `posted`."""
        if request.method == "POST":
            self.posted.append((request.path_params["path"], await request.json()))
        known = self.fixed.get(request.path_params["path"])
        return Response(status_code=404) if known is None else JSONResponse(known)

    def _stream(self, event: str) -> Endpoint:
        async def stream(request: Request) -> Response:
            refusal = self._refusal(event, request)
            return refusal or StreamingResponse(self._events(event), media_type="text/event-stream")

        return stream

    async def _events(self, event: str) -> AsyncIterator[str]:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.setdefault(event, set()).add(queue)
        try:
            yield self._message(event)
            while (message := await queue.get()) is not None:
                yield message
        finally:
            self._listeners[event].discard(queue)
