"""An HTTP client as a kiosk is: the key is made before the first try, and it tries until told."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

ANSWER_WITHIN_S = 10.0
STORE_IS_AWAY = 503


@dataclass(frozen=True, slots=True)
class Told:
    """What the server answered in the end; `body` is empty for 204."""

    status: int
    body: dict[str, Any]
    replayed: bool
    tries: int


class PatientClient:
    """One kept-alive connection. `wait` is called before each further try; it may raise to end."""

    def __init__(
        self, port: int, secret: str, wait: Callable[[], None], host: str = "127.0.0.1"
    ) -> None:
        self._port, self._host = port, host
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self._wait = wait
        self._line = self._new_line()

    def close(self) -> None:
        self._line.close()

    def _new_line(self) -> HTTPConnection:
        return HTTPConnection(self._host, self._port, timeout=ANSWER_WITHIN_S)

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> Told:
        """Ask until there is an answer, always with the same key."""
        key = key or uuid.uuid4().hex
        tries = 0
        while True:
            tries += 1
            told = self._try(path, body, key, tries)
            if told is not None and told.status != STORE_IS_AWAY:
                return told
            self._wait()

    def _try(self, path: str, body: dict[str, Any], key: str, tries: int) -> Told | None:
        try:
            self._line.request(
                "POST",
                f"/api/v1{path}",
                json.dumps(body),
                {**self._headers, "Idempotency-Key": key},
            )
            response = self._line.getresponse()
            said = response.read()
        except (OSError, HTTPException):
            self._line.close()
            self._line = self._new_line()
            return None
        replayed = response.getheader("Idempotent-Replay") == "true"
        return Told(response.status, json.loads(said) if said else {}, replayed, tries)
