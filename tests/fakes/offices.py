"""A real office in a temporary folder, running in this process on free ports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from queue_server.adapters.new_office import make_office
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.use_cases.ports import Clock

LOOPBACK = "127.0.0.1:0"


def new_ward(folder: Path) -> Path:
    """The sample ward, made once in `folder`."""
    if not (folder / "motcua.toml").exists():
        make_office(folder, "ward")
    return folder


@contextmanager
def running(folder: Path, clock: Clock | None = None) -> Iterator[RunningOffice]:
    """The office of `folder`, running."""
    with RunningOffice(settle(new_ward(folder), LOOPBACK, "embedded"), clock) as office:
        yield office


def secret_of(office: RunningOffice, device: str) -> str:
    """The secret of a credential file."""
    path = office.settings.data / "credentials" / f"{device}.json"
    secret: str = json.loads(path.read_text())["secret"]
    return secret


@contextmanager
def signed_in(office: RunningOffice, device: str = "admin") -> Iterator[httpx.Client]:
    """An HTTP client of the office that is signed in as `device`."""
    headers = {"Authorization": f"Bearer {secret_of(office, device)}"}
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1", headers=headers) as client:
        yield client


@contextmanager
def as_person(office: RunningOffice, name: str, password: str) -> Iterator[httpx.Client]:
    """An HTTP client as a browser in which this person signed in by name."""
    headers = {"Origin": office.http_url}
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1", headers=headers) as client:
        entered = client.post("/session/person", json={"name": name, "password": password})
        entered.raise_for_status()
        yield client
