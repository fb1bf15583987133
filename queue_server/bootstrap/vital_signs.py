"""Whether the office works: HTTP comes to its next turn and the writer to its next commit.

A process that runs may hang all the same, and nobody outside sees it. systemd is told by
`queue_server.contracts.service_notify`, in a thread of its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as TookTooLong

from queue_server.adapters.writer_thread import TICK, WriterThread
from queue_server.bootstrap.http_server import HttpServer

TURNS_WITHIN_S = 30.0
CHANGES_WITHIN_S = 600.0
"""An office that starts again with other settings may load a long day first."""


def office_works(http: HttpServer, writer: WriterThread) -> Callable[[], bool]:
    """The question for one office; a disk that refuses is an answer, only silence is none."""

    def works() -> bool:
        turned = threading.Event()
        http.soon(turned.set)
        asked = writer.submit(TICK)
        if not turned.wait(TURNS_WITHIN_S):
            return False
        try:
            asked.result(TURNS_WITHIN_S)
        except TookTooLong:
            return False
        return True

    return works


def office_changes(now: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
    """The question while one office ends and the next begins: not longer than it may take."""
    until_s = now() + CHANGES_WITHIN_S
    return lambda: now() < until_s
