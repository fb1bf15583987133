"""`motcua init --name`: an office beyond one machine; its devices' files work as they were made."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

import httpx
import pytest

from kiosk.bootstrap.counter import start
from kiosk.bootstrap.kiosk_parts import make_gateway, make_presence, read_plan
from kiosk.config.counter import read_counter_config
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from tests.fakes.offices import LOOPBACK, secret_of

WITHIN_S = 60
COMMAND = [sys.executable, "-m", "queue_server"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    folder = tmp_path / "office"
    made = [*COMMAND, "init", str(folder), "--sample", "ward", "--name", "localhost"]
    done = subprocess.run(made, capture_output=True, text=True, check=True, timeout=60)
    assert "SHA-256" in done.stdout
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as running:
        yield running


def file_of(office: RunningOffice, device: str) -> Path:
    """The device's own file, with the free ports of this test."""
    path = office.settings.data / "devices" / f"{device}.toml"
    http = urlsplit(office.http_url).port
    text = path.read_text("utf-8").replace(":8443", f":{http}")
    path.write_text(text.replace("port = 8883", f"port = {office.broker.port}"), "utf-8")
    return path


def online(office: RunningOffice, device: str) -> bool:
    root = ssl.create_default_context(cafile=office.settings.data / "tls" / "ca.pem")
    headers = {"Authorization": f"Bearer {secret_of(office, 'admin')}"}
    answer = httpx.get(f"{office.http_url}/api/v1/devices", headers=headers, verify=root)
    return any(one["id"] == device and one["online"] for one in json.loads(answer.text))


def until(true: Callable[[], bool]) -> None:
    end = monotonic() + WITHIN_S
    while not true():
        assert monotonic() < end
        Event().wait(0.05)


def test_kiosk_and_counter_work_with_the_files_that_init_made(office: RunningOffice) -> None:
    plan = read_plan(file_of(office, "kiosk-1"))
    gateway, presence = make_gateway(plan), make_presence(plan)
    assert presence is not None
    agent = start(read_counter_config(file_of(office, "counter-1")))
    try:
        presence.start()
        issued = gateway.reserve(TicketOrder("CT", Language.VI), "secure 1")
        assert issued.number
        until(lambda: online(office, "kiosk-1") and online(office, "counter-1"))
    finally:
        presence.close()
        gateway.close()
        agent.close()
