"""The door of the camera process: a local socket on which an open connection **is** the consent.

The kiosk connects when the citizen agreed and closes to withdraw; a kiosk that dies withdraws too.
Lines of JSON. In: `{"rating": 4}`, at any time after the answer. Out: one answer, `{"state":
"counted"}` or `{"state": "unknown", "reason": …}` or `{"state": "fault"}`. Nothing on this socket
says who it is about, and it never leaves the machine.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from kiosk.use_cases.camera_ports import Answer, Look, Rate

log = logging.getLogger(__name__)

LONGEST_LINE = 200
LONGEST_VISIT_S = 90.0
"""By then the citizen has rated or left."""


class ConsentDoor:
    """Listens; one person at a time, others are told that it is busy."""

    def __init__(self, path: Path, begin: Callable[[], tuple[Look, Rate]]) -> None:
        """Nothing listens before `start`.

        Args:
            path: of the socket; only this user and group may connect.
            begin: for each person, what looks (until the event is set) and what takes the rating.
        """
        self._path = path
        self._begin = begin
        self._busy = threading.Lock()
        self._closing = threading.Event()
        self._now: _Visit | None = None
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="consent-door", daemon=True)

    def start(self) -> None:
        """Open the door.

        Raises:
            OSError: the socket cannot be made.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(self._path))
        self._path.chmod(0o660)
        self._socket.listen(4)
        self._thread.start()

    def close(self) -> None:
        """Shut it; whoever is being looked at is let go at once."""
        self._closing.set()
        visit = self._now
        if visit is not None:
            visit.end()
        if self._socket is not None:
            # A blocked accept wakes only for a caller.
            with suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
                knock.connect(str(self._path))
            self._thread.join()
            self._socket.close()
            self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        listening = self._socket
        while listening is not None and not self._closing.is_set():
            try:
                line, _ = listening.accept()
            except OSError:
                return
            if self._closing.is_set():
                line.close()
            elif self._busy.acquire(blocking=False):
                threading.Thread(target=self._visit, args=(line,), daemon=True).start()
            else:
                _say(line, {"state": "busy"})
                line.close()

    def _visit(self, line: socket.socket) -> None:
        line.settimeout(LONGEST_VISIT_S)
        look, rate = self._begin()
        visit = self._now = _Visit(line, rate)
        try:
            listening = threading.Thread(target=visit.listen, name="withdrawal", daemon=True)
            listening.start()
            answer = look(visit.withdrawn)
            if not visit.withdrawn.is_set():
                _say(line, answer)
            listening.join(LONGEST_VISIT_S)
        except Exception:  # the door stays open for the next person, whatever one visit broke
            log.exception("a look failed")
        finally:
            self._now = None
            visit.end()
            line.close()
            self._busy.release()


class _Visit:
    """One connection; its end is the withdrawal."""

    def __init__(self, line: socket.socket, rate: Rate) -> None:
        self._line = line
        self._rate = rate
        self.withdrawn = threading.Event()

    def listen(self) -> None:
        """Take ratings until the line ends."""
        with suppress(OSError):
            for said in _lines(self._line):
                rating = said.get("rating")
                if isinstance(rating, int) and not self.withdrawn.is_set():
                    self._rate(rating)
        self.withdrawn.set()

    def end(self) -> None:
        """Withdraw from this side."""
        self.withdrawn.set()
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)


def _lines(line: socket.socket) -> Iterator[dict[str, object]]:
    with line.makefile("rb") as stream:
        while body := stream.readline(LONGEST_LINE):
            try:
                said = json.loads(body)
            except ValueError:
                continue
            if isinstance(said, dict):
                yield said


def _say(line: socket.socket, answer: Answer) -> None:
    with suppress(OSError):
        line.sendall(json.dumps(answer).encode() + b"\n")
