"""`motcua enrol` and `motcua revoke` as an operator types them, at the server and at the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config.credentials import read_credentials
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from tests.campaign.damaged import motcua
from tests.fakes.offices import LOOPBACK
from tests.fakes.secure_ward import secure_ward, trusted


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    folder = secure_ward(tmp_path_factory.mktemp("enrol") / "office")
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as office:
        yield office


def let_in(office: RunningOffice, folder: Path, device: str) -> int:
    secret = read_credentials(folder / "credentials" / f"{device}.json").secret
    with trusted(office, device, secret.get_secret_value()) as client:
        return client.get("/services").status_code


def test_a_device_is_enrolled_renewed_and_revoked_by_typing(
    office: RunningOffice, tmp_path: Path
) -> None:
    data, http = office.settings.data, str(office.http.address)
    shown = motcua("enrol", "kiosk-1", "--data", data, "--http", http)
    assert shown.returncode == 0, shown.stderr
    code = re.search(r"Code for kiosk-1, once, until \d\d:\d\d: (\S+)", shown.stdout)
    assert code, shown.stdout
    assert "motcua enrol --server URL" in shown.stdout
    at_device = ("--server", office.http_url, "--into", tmp_path / "device")
    traded = motcua("enrol", *at_device, "--code", code[1])
    assert traded.returncode == 0, traded.stderr
    assert f"{tmp_path}/device/credentials/kiosk-1.json" in traded.stdout.split()
    assert let_in(office, tmp_path / "device", "kiosk-1") == 200
    again = motcua("enrol", *at_device, "--code", code[1])
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
    before = (tmp_path / "device/credentials/kiosk-1.json").read_text("utf-8")
    renewed = motcua("enrol", "kiosk-1", *at_device)
    assert renewed.returncode == 0, renewed.stderr
    assert (tmp_path / "device/credentials/kiosk-1.json").read_text("utf-8") != before
    assert let_in(office, tmp_path / "device", "kiosk-1") == 200
    gone = motcua("revoke", "kiosk-1", "--data", data, "--http", http)
    assert gone.returncode == 0, gone.stderr
    assert "kiosk-1 is refused from now on" in gone.stdout
    assert let_in(office, tmp_path / "device", "kiosk-1") == 401


@pytest.mark.parametrize(
    "words",
    [
        ("enrol",),
        ("enrol", "kiosk-1"),
        ("enrol", "kiosk-1", "--code", "x", "--server", "https://localhost:1", "--into", "x"),
        ("enrol", "--server", "http://localhost:1", "--code", "x", "--into", "x"),
        ("revoke", "kiosk-1", "--data", "no-such-office"),
        ("enrol", "kiosk-1", "--data", "no-such-office"),
    ],
)
def test_what_is_typed_wrongly_is_said_in_one_line(words: tuple[str, ...]) -> None:
    done = motcua(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_unknown_devices_and_an_office_that_is_closed_are_said(
    office: RunningOffice, tmp_path: Path
) -> None:
    data, http = office.settings.data, str(office.http.address)
    unknown = motcua("revoke", "kiosk-77", "--data", data, "--http", http)
    assert (unknown.returncode, "404" in unknown.stderr) == (2, True)
    closed = secure_ward(tmp_path / "closed")
    silent = motcua("enrol", "kiosk-1", "--data", closed, "--http", "127.0.0.1:9")
    assert (silent.returncode, "does not answer" in silent.stderr) == (2, True)
