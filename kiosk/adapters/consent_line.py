"""The kiosk's end of the camera's door: to connect is to agree, to close is to withdraw."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

CONNECT_S = 1.0
ANSWER_S = 15.0
COUNTED = "counted"


class ConsentLine:
    """One citizen's consent; used from two threads: one waits, the other may withdraw."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None

    def agree(self) -> str:
        """Let the camera look and wait for its answer.

        Returns:
            `counted`, `busy`, `fault`, `withdrawn`, or the reason why nothing is known.
        """
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket = line
        try:
            line.settimeout(CONNECT_S)
            line.connect(str(self._path))
            line.settimeout(ANSWER_S)
            with line.makefile("rb") as stream:
                body = stream.readline(200)
            said: Any = json.loads(body) if body else {"state": "withdrawn"}
        except (OSError, ValueError):
            self.withdraw()
            return "fault"
        if said.get("state") != COUNTED:
            self.withdraw()  # there is nothing to go with a rating
        return str(said.get("reason") or said.get("state") or "fault")

    def rate(self, rating: int) -> None:
        """Say how it was, 1 to 5, so that the office learns what a smile means here."""
        line = self._socket
        if line is not None:
            with suppress(OSError):
                line.sendall(json.dumps({"rating": rating}).encode() + b"\n")

    def withdraw(self) -> None:
        """End the consent at once; also the way to say goodbye."""
        line, self._socket = self._socket, None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
