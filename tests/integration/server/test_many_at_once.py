"""Many clients at once get different numbers without gaps, and no ticket is called twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from threading import Barrier

import pytest

from queue_server.adapters.new_office import make_office_from
from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import running, secret_of
from tests.patient_http import PatientClient

ROOT = Path(__file__).parents[3]
CLIENTS = 32
COUNTERS = range(1, 9)
THREE_MORE = "".join(
    f'\n[[counters]]\nnumber = {number}\nservices = ["CT", "HT"]\n' for number in (6, 7, 8)
)


@pytest.fixture(scope="module")
def eight_counters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """The sample ward with three counters more."""
    folder = tmp_path_factory.mktemp("office") / "ward"
    ward = (files("queue_server.config") / "samples" / "ward.toml").read_text("utf-8")
    make_office_from(folder, ward + THREE_MORE)
    with running(folder) as office:
        yield office


def crowd_of_clients(office: RunningOffice, seconds: float) -> list[str]:
    """The numbers that a process full of clients was given."""
    asked = subprocess.run(
        [
            *(sys.executable, "-m", "tests.benchmarks.ticket_clients"),
            *(str(office.http.address.port), secret_of(office, "admin")),
            *(str(CLIENTS), str(seconds), "CT", "HT"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    seen = json.loads(asked.stdout)
    assert seen["refused"] == 0
    numbers: list[str] = seen["numbers"]
    return numbers


def call_all(office: RunningOffice, counter: int, start: Barrier) -> list[str]:
    """Call and finish until nobody waits; the tickets that were called."""
    client = PatientClient(office.http.address.port, secret_of(office, "admin"), wait=lambda: None)
    client.post(f"/counters/{counter}/open", {})
    called = []
    start.wait(30)
    while (told := client.post(f"/counters/{counter}/call-next", {})).status == 200:
        called.append(told.body["id"])
        assert client.post(f"/counters/{counter}/start", {}).body["id"] == called[-1]
        assert client.post(f"/counters/{counter}/finish", {}).body["id"] == called[-1]
    assert told.status == 204
    client.close()
    return called


def test_32_clients_then_8_counters_at_once(eight_counters: RunningOffice) -> None:
    numbers = crowd_of_clients(eight_counters, 0.7)
    assert len(numbers) > CLIENTS
    for letter in "AB":
        given = sorted(int(label[1:]) for label in numbers if label[0] == letter)
        assert given == list(range(1, len(given) + 1))
    start = Barrier(len(COUNTERS))
    with ThreadPoolExecutor(len(COUNTERS)) as pool:
        work = [pool.submit(call_all, eight_counters, number, start) for number in COUNTERS]
        called = [ticket for done in work for ticket in done.result(90)]
    assert max(Counter(called).values()) == 1
    assert len(called) == len(numbers)
