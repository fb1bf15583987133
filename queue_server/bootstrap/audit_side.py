"""The chain of a running office: signed once for each day that is over, checked when asked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from queue_server.adapters.anchor_file import AnchorFile
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap.settings import Settings
from queue_server.use_cases.anchors import AnchorDaily
from queue_server.use_cases.audit_desk import AuditDesk
from queue_server.use_cases.ports import StoreUnavailable

log = logging.getLogger("motcua")

LOOK_EVERY_S = 600.0
END_WITHIN_S = 10.0


class AuditSide:
    """Looks now, and again every few minutes, because a day ends at no certain time."""

    def __init__(
        self, settings: Settings, now: Callable[[], datetime], today: Callable[[], date]
    ) -> None:
        path = settings.data / "store" / "office.db"
        reader, wanted = SqliteReader(path), settings.file.audit.second_place
        second = settings.data / Path(wanted) if wanted else None
        book = AnchorFile(settings.data, second, now)
        self._daily = AnchorDaily(settings.file.office.id, reader, book)
        self.desk = AuditDesk(
            reader, book, self._daily, lambda: verify_file(path, book.anchors()), now
        )
        self._today = today
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="anchors", daemon=True)

    def start(self) -> None:
        """Begin; the first look comes at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after the look in hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(END_WITHIN_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._daily.look(self._today())
            except StoreUnavailable as fault:
                log.warning("the chain was not signed: %s", fault)
            if self._daily.fault is not None:
                log.warning("the second place of the signed heads: %s", self._daily.fault)
            self._stop.wait(LOOK_EVERY_S)
