"""uvicorn in a thread of its own: bound before it starts, stopped without waiting for boards."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from queue_server.bootstrap.careful_http import CarefulHttp
from queue_server.bootstrap.guarded_answers import GuardedAnswers
from queue_server.bootstrap.settings import Address
from queue_server.contracts.config_file import ConfigError

TLS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
"""A year. A browser keeps it only from a certificate that it trusts (RFC 6797, 8.1), so nobody who
does not know the office's root yet is shut out by it."""
STOP_WITHIN_S = 10.0
BEAT_EVERY_S = 5.0


class HttpServer:
    """Serves one app. `soon` runs a function in its event loop; uvloop sets TCP_NODELAY."""

    def __init__(self, address: Address, tls: tuple[Path, Path] | None = None) -> None:
        """Take the port; `tls` are certificate and key, None for plain HTTP."""
        self._tls = tls
        try:
            self._socket = socket.create_server((address.host, address.port), backlog=2048)
        except OSError as error:
            raise ConfigError(f"http: cannot listen on {address}: {error.strerror}") from None
        host, port = self._socket.getsockname()[:2]
        self.address = Address(host, port)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looping = threading.Event()
        self._on_stop: Callable[[], None] = _nothing
        self._on_beat: Callable[[], None] = _nothing
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{'https' if self._tls else 'http'}://{self.address}"

    def start(
        self, app: FastAPI, *, on_stop: Callable[[], None], on_beat: Callable[[], None]
    ) -> None:
        """Serve `app`.

        In its loop, `on_stop` runs before requests are waited for at the stop, and `on_beat`
        every few seconds, for what changes without a commit: a device that fell silent.
        """
        config = uvicorn.Config(
            GuardedAnswers(app),
            loop="uvloop",
            http=CarefulHttp,
            ws="none",
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
            server_header=False,
            headers=[TLS_ONLY] if self._tls else [],
            ssl_certfile=self._tls[0] if self._tls else None,
            ssl_keyfile=self._tls[1] if self._tls else None,
        )
        if self._tls:
            config.load()
            config.ssl.minimum_version = ssl.TLSVersion.TLSv1_2  # type: ignore[union-attr]  # made by load
        self._server = server = uvicorn.Server(config)
        self._on_stop, self._on_beat = on_stop, on_beat
        self._thread = threading.Thread(target=self._run, args=(server,), name="http", daemon=True)
        self._thread.start()
        self._looping.wait()

    def soon(self, call: Callable[[], None]) -> None:
        """Run in the event loop; dropped when the server is gone."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(call)

    def stop(self) -> None:
        """End streams, finish requests, return when all is done."""
        if self._thread is not None:
            self.soon(self._begin_stop)
            self._thread.join(STOP_WITHIN_S)

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()

    def _begin_stop(self) -> None:
        self._on_stop()
        if self._server is not None:
            self._server.should_exit = True

    def _run(self, server: uvicorn.Server) -> None:
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(self._serve(server))

    async def _serve(self, server: uvicorn.Server) -> None:
        self._loop = asyncio.get_running_loop()
        self._looping.set()
        beat = asyncio.create_task(self._beat())
        await server.serve(sockets=[self._socket])
        beat.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY_S)
            self._on_beat()


def _nothing() -> None:
    """What is done before there is an app."""
