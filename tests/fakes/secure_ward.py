"""The sample ward as `motcua init --name localhost` makes it, without the command's start."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from queue_server.adapters.device_certificates import issue_missing
from queue_server.adapters.local_ca import CA, here, issue_server
from queue_server.adapters.new_office import make_office
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.tls_files import TlsFiles
from tests.fakes.offices import secret_of


def secure_ward(folder: Path) -> Path:
    """An office that speaks TLS only, with its authority and everybody's certificates."""
    make_office(folder, "ward", "localhost")
    issue_server(folder, here())
    issue_missing(folder, [path.stem for path in (folder / "credentials").glob("*.json")])
    return folder


def own_files(folder: Path, device: str) -> TlsFiles:
    """What a device shows the broker; `folder` is the office's or the device's own."""
    own = folder / "credentials" / f"{device}.pem"
    return TlsFiles(folder / CA, own, own.with_suffix(".key"))


@contextmanager
def trusted(
    office: RunningOffice, device: str | None = "admin", secret: str | None = None
) -> Iterator[httpx.Client]:
    """An HTTP client that trusts the office's root, signed in as `device` where there is one."""
    secret = secret or (secret_of(office, device) if device else None)
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    trust = ssl.create_default_context(cafile=office.settings.data / CA)
    base = f"{office.http_url}/api/v1"
    with httpx.Client(base_url=base, headers=headers, verify=trust, timeout=60) as client:
        yield client
