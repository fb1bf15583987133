"""uvicorn's HTTP protocol with a limit on how much, and how long, before a request is understood.

A client that never finishes its request would else hold its connection for ever, and one that
never finishes its headers would fill the memory: uvicorn with httptools has no limit for either.
"""

from __future__ import annotations

import asyncio
import re

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from queue_server.contracts.problems import MEDIA_TYPE, ProblemCode, problem

REQUEST_WITHIN_S = 20.0
MOST_HEAD_BYTES = 32 * 1024
MOST_BODY_BYTES = 64 * 1024
MOST_PAGE_BYTES = 1_400_000
PAGES = re.compile(rb"/api/v1/dossiers/drafts/[^/?]{4,20}/papers/\d{1,2}/pages/\d{1,2}")
"""A scanned page, a megabyte as base64, is the one thing that is larger than a form."""
LISTEN_ON_S = 2.0

REASONS = {
    400: ("Bad Request", "this is not HTTP"),
    408: ("Request Timeout", f"the request was not complete within {REQUEST_WITHIN_S:.0f} s"),
    413: ("Content Too Large", "more bytes of body than anything here has"),
    431: ("Request Header Fields Too Large", f"more than {MOST_HEAD_BYTES} bytes of headers"),
}


class CarefulHttp(HttpToolsProtocol):
    """One connection. Idle time between requests is uvicorn's `timeout_keep_alive`."""

    _patience: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _head_over = False
    _body_bytes = 0
    _most_body = MOST_BODY_BYTES
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait_for_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, then see whether the headers go on for too long."""
        if self._refused:
            return
        self._head_bytes += len(data)
        super().data_received(data)
        if not self._head_over and self._head_bytes > MOST_HEAD_BYTES:
            self._refuse(431)

    def on_message_begin(self) -> None:
        """The first byte of a request is there."""
        self._head_over = False
        self._body_bytes = 0
        self._wait_for_a_request()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand the request to the app, unless it announces too large a body."""
        self._head_over = True
        self._most_body = MOST_PAGE_BYTES if PAGES.fullmatch(self.url) else MOST_BODY_BYTES
        for name, value in self.headers:
            if name == b"content-length" and int(value) > self._most_body:
                self._refuse(413)
                return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count what comes without an announced length."""
        if self._refused:
            return
        self._body_bytes += len(body)
        if self._body_bytes > self._most_body:
            self._refuse(413)
            return
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole; how long its answer takes is our own affair."""
        if self._refused:
            return
        self._stop_waiting()
        self._head_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's English words
        """What cannot be parsed is refused as a problem, like everything else."""
        self._refuse(400)

    def _wait_for_a_request(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(REQUEST_WITHIN_S, self._refuse, 408)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, status: int) -> None:
        self._stop_waiting()
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        reason, detail = REASONS[status]
        said = problem(ProblemCode.MALFORMED, detail).model_copy(update={"status": status})
        body = said.model_dump_json(exclude_none=True)
        head = (
            f"HTTP/1.1 {status} {reason}\r\nContent-Type: {MEDIA_TYPE}\r\n"
            f"Content-Length: {len(body.encode())}\r\nConnection: close\r\n"
            "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
        )
        self.transport.write((head + body).encode())
        self.transport.write_eof()
        # A close with unread bytes would reset the connection, and the answer would be lost.
        self._patience = self.loop.call_later(LISTEN_ON_S, self.transport.close)
