"""Works the outbox off beside everything else: when something happened, and again after a fault."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from queue_server.use_cases.ports import StoreUnavailable

log = logging.getLogger(__name__)

AGAIN_S = 30.0


class OutboxThread:
    """Calls `work` at the start, when woken, and every `again_s` seconds."""

    def __init__(self, work: Callable[[], int], again_s: float = AGAIN_S) -> None:
        self._work = work
        self._again_s = again_s
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Something happened; returns at once."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the piece of work and end."""
        self._ending = True
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._ending:
            self._wake.clear()
            try:
                self._work()
            except StoreUnavailable as fault:
                log.warning("the outbox waits: %s", fault)
            self._wake.wait(self._again_s)
