"""The command line as a client of the running server: what it changes holds at once."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import httpx

from queue_server.bootstrap.mqtt_side import EVERYWHERE, LOOPBACK
from queue_server.bootstrap.settings import Address, settle
from queue_server.contracts.config_file import ConfigError


def ask_office(data: Path, method: str, path: str, http: str | None = None) -> Any:
    """The answer of the running server of this office to its administrator's credential.

    Raises:
        ConfigError: the office does not run, or it refuses; one line that says what.
    """
    settings = settle(data, http, None)
    address = settings.http
    if address.host in EVERYWHERE:
        address = Address(LOOPBACK, address.port)
    url = f"{'https' if settings.tls else 'http'}://{address}/api/v1{path}"
    trust = ssl.create_default_context(cafile=data / "tls" / "ca.pem") if settings.tls else True
    headers = {"Authorization": f"Bearer {settings.credentials['admin'].secret}"}
    try:
        answer = httpx.request(method, url, headers=headers, verify=trust, timeout=30)
    except httpx.HTTPError as error:
        raise ConfigError(f"{url}: the server of {data} does not answer: {error}") from None
    body = answer.json() if answer.content else None
    if answer.is_error:
        detail = body.get("detail") or body.get("title") if isinstance(body, dict) else ""
        raise ConfigError(f"the server refuses ({answer.status_code}): {detail}")
    return body
