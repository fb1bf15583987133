"""The command line as a client of the running server: what it changes holds at once."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import httpx

from queue_server.bootstrap.mqtt_side import EVERYWHERE, LOOPBACK
from queue_server.bootstrap.settings import Address, Settings, settle
from queue_server.contracts.config_file import ConfigError


def own_address(settings: Settings) -> tuple[str, ssl.SSLContext | None]:
    """Where this office's server answers, seen from this machine, and what it is trusted by."""
    address = settings.http
    if address.host in EVERYWHERE:
        address = Address(LOOPBACK, address.port)
    root = settings.data / "tls" / "ca.pem"
    trust = ssl.create_default_context(cafile=root) if settings.tls else None
    return f"{'https' if settings.tls else 'http'}://{address}", trust


def ask_office(
    data: Path, method: str, path: str, http: str | None = None, body: Any = None
) -> Any:
    """The answer of the running server of this office to its administrator's credential.

    Raises:
        ConfigError: the office does not run, or it refuses; one line that says what.
    """
    answer = _asked(data, method, path, http, body)
    return answer.json() if answer.content else None


def file_from_office(data: Path, path: str, body: Any, http: str | None = None) -> bytes:
    """A file that the running server makes for its administrator.

    Raises:
        ConfigError: the office does not run, or it refuses; one line that says what.
    """
    return _asked(data, "POST", path, http, body).content


def _asked(data: Path, method: str, path: str, http: str | None, body: Any) -> httpx.Response:
    settings = settle(data, http, None)
    server, known = own_address(settings)
    url, trust = f"{server}/api/v1{path}", known or True
    headers = {"Authorization": f"Bearer {settings.credentials['admin'].secret}"}
    try:
        answer = httpx.request(method, url, headers=headers, verify=trust, timeout=30, json=body)
    except httpx.HTTPError as error:
        raise ConfigError(f"{url}: the server of {data} does not answer: {error}") from None
    if answer.is_error:
        said = answer.json() if answer.content else None
        detail = said.get("detail") or said.get("title") if isinstance(said, dict) else ""
        raise ConfigError(f"the server refuses ({answer.status_code}): {detail}")
    return answer
