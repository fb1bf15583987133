"""The office's own server as its relay sees it: HTTP on the same machine, and its kept answers."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.contracts.views import Words
from queue_server.hub.use_cases.office_desk import OfficeServerAway, Said
from queue_server.use_cases.ports import StoreUnavailable

WITHIN_S = 4.0
SERVER_FAULT = 500
LATER = frozenset({429})
KEPT = "SELECT body FROM kept_answer WHERE key = ?"


@dataclass(frozen=True, slots=True)
class OfficeAccess:
    """Where the office's server answers, who the relay is there, and where its store lies."""

    url: str
    who: str
    secret: str
    store: Path
    trust: ssl.SSLContext | None = None


class HttpOffice:
    """A connection for each question: there are few."""

    def __init__(self, access: OfficeAccess) -> None:
        self._access = access

    async def look(self, path: str, **query: str) -> Said:
        """Read something; a list comes as `items`."""
        return await self._ask("GET", path, params=query)

    async def do(self, path: str, body: Mapping[str, Any], key: str) -> Said:
        """Let it carry something out, once for this key."""
        return await self._ask("POST", path, json=dict(body), headers={"Idempotency-Key": key})

    async def put(self, path: str, body: Mapping[str, Any]) -> Said:
        """Let it have these settings."""
        return await self._ask("PUT", path, json=dict(body))

    def done_before(self, key: str) -> dict[str, Any] | None:
        """What the store keeps of this key."""
        try:
            with faults_named(), closing(connect_to_read(self._access.store)) as connection:
                name = f"http/{self._access.who}/{key}"
                row = connection.execute(KEPT, (name,)).fetchone()
        except StoreUnavailable as fault:
            raise OfficeServerAway(str(fault)) from fault
        found: dict[str, Any] | None = None if row is None else json.loads(row[0])
        return found

    async def _ask(self, method: str, path: str, **more: Any) -> Said:
        access = self._access
        headers = {"Authorization": f"Bearer {access.secret}", **more.pop("headers", {})}
        try:
            async with httpx.AsyncClient(
                base_url=f"{access.url}/api/v1", verify=access.trust or True, timeout=WITHIN_S
            ) as client:
                answer = await client.request(method, path, headers=headers, **more)
            body = answer.json()
        except (httpx.HTTPError, ValueError) as fault:
            raise OfficeServerAway(f"{type(fault).__name__}: {fault}") from fault
        if answer.status_code >= SERVER_FAULT or answer.status_code in LATER:
            raise OfficeServerAway(f"it answers {answer.status_code}")
        if answer.is_error:
            return Said({}, _words(body, whole=method == "PUT"))
        return Said(body if isinstance(body, dict) else {"items": body})


def _words(body: dict[str, Any], *, whole: bool) -> Words:
    """What a problem says; a person who waits reads its title, a city the detail, too."""
    english = str(body.get("title", "refused"))
    vietnamese = str(body.get("title_vi", english))
    more = f": {body['detail']}" if whole and body.get("detail") else ""
    return Words(vi=vietnamese + more, en=english + more)
