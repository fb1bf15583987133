"""The office's picture: kept as an event, so it is in every backup and nobody changed it unseen."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import LogoChanged
from queue_server.use_cases.keep_day import Request, Writer

MOST_BYTES = 48 * 1024
MOST_PIXELS = 1024
MARK = b"\x89PNG\r\n\x1a\n"


class LogoRefused(Exception):  # noqa: N818 - a refusal
    """This is no picture that an office can show; the words say why."""


class LogoDesk:
    """May be asked from any thread."""

    def __init__(self, writer: Writer, newest: Callable[[], LogoChanged | None]) -> None:
        """`newest` reads what was kept last, when it is asked for the first time."""
        self._writer = writer
        self._newest = newest
        self._lock = Lock()
        self._kept: tuple[str, bytes] | None = None

    def now(self) -> tuple[str, bytes]:
        """Digest and picture; both empty where the office has none."""
        with self._lock:
            if self._kept is None:
                event = self._newest()
                self._kept = (event.digest, base64.b64decode(event.content)) if event else ("", b"")
            return self._kept

    def put(self, picture: bytes, by: str) -> str:
        """Show this PNG from now on, or none where it is empty; its digest.

        Raises:
            LogoRefused: it is no PNG, or too large.
            StoreUnavailable: nothing was changed.
        """
        digest = check(picture) if picture else ""
        event = LogoChanged(
            at=datetime.min,  # noqa: DTZ901 - a record's time becomes that of its commit
            by=by,
            digest=digest,
            content=base64.b64encode(picture).decode(),
        )
        with self._lock:
            answer = self._writer.submit(Request(KeepRecord(record=event), _nothing)).result()
            if answer.fault is not None:
                raise answer.fault
            self._kept = (digest, picture)
        return digest


def check(picture: bytes) -> str:
    """The digest of a PNG that may be shown.

    Raises:
        LogoRefused: it is not one.
    """
    if len(picture) > MOST_BYTES:
        raise LogoRefused(f"nhiều nhất {MOST_BYTES // 1024} kB / at most {MOST_BYTES // 1024} kB")
    if not picture.startswith(MARK) or picture[12:16] != b"IHDR" or b"IEND" not in picture[-16:]:
        raise LogoRefused("đây không phải ảnh PNG trọn vẹn / this is not a whole PNG picture")
    sides = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    if not all(1 <= side <= MOST_PIXELS for side in sides):
        raise LogoRefused(
            f"mỗi cạnh nhiều nhất {MOST_PIXELS} điểm ảnh / at most {MOST_PIXELS} pixels a side"
        )
    return hashlib.sha256(picture).hexdigest()


def _nothing(*_: object) -> dict[str, object]:
    return {}
