"""Who signed out, as a file of lines, so that a server that starts again lets nobody back in.

A line is the second from which on the session would have ended anyway, and its mark; the mark
alone signs nobody in. A power cut may take the newest lines, nothing else does.
"""

from __future__ import annotations

import logging
import math
import os
import re
import time
from pathlib import Path

from queue_server.adapters.whole_file import write_whole

log = logging.getLogger(__name__)

FILE = Path("people") / "signed-out"
LINE = re.compile(r"^([0-9]{1,15}) ([\w.-]+)$", re.ASCII | re.MULTILINE)
"""What is not written so was damaged, and is left out."""


class ClosedSessions:
    """`known` is what was left of the file; what is over goes at each start."""

    def __init__(self, data: Path, now_s: float | None = None) -> None:
        self._path = data / FILE
        now = time.time() if now_s is None else now_s
        self.known = {mark: until for mark, until in self._read().items() if until >= now}
        self._write_anew()

    def add(self, mark: str, until_s: float) -> None:
        """Keep one more; a disk that refuses is logged, the session is closed all the same."""
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="ascii") as file:
                file.write(_line(mark, until_s))
        except OSError as fault:
            log.warning("a sign-out is known until the next start only: %s", fault.strerror)

    def _read(self) -> dict[str, float]:
        try:
            text = self._path.read_text(encoding="ascii", errors="replace")
        except OSError:
            return {}
        return {mark: float(until) for until, mark in LINE.findall(text)}

    def _write_anew(self) -> None:
        lines = "".join(_line(mark, until) for mark, until in self.known.items())
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(self._path, lines.encode("ascii"), 0o600)
        except OSError as fault:
            log.warning("%s: cannot be written: %s", self._path, fault.strerror)


def _line(mark: str, until_s: float) -> str:
    return f"{math.ceil(until_s)} {mark}\n"
