"""A device comes by a code that counts once, gets new keys, and is refused once it is revoked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from kiosk.adapters.http_enrolment import EnrolmentRefused
from kiosk.bootstrap.enrol import enrol, renew
from kiosk.config.credentials import read_credentials
from queue_server.adapters.mosquitto_files import tell_mosquitto
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.mqtt_side import write_broker_files
from queue_server.bootstrap.settings import settle
from queue_server.contracts.enrolment import clear_signs
from tests.fakes.offices import LOOPBACK
from tests.fakes.secure_ward import own_files, secure_ward, trusted
from tests.integration.office_brokers import WAIT_S, Device, Mosquitto
from tests.integration.test_broker_rights import needs_mosquitto

BOTH = ["embedded", pytest.param("mosquitto", marks=needs_mosquitto)]


@dataclass
class Ward:
    """A running office by TLS, a folder of a device, and what closes devices."""

    office: RunningOffice
    at_device: Path
    stack: ExitStack

    def code(self, device: str = "kiosk-1") -> str:
        with trusted(self.office) as admin:
            answer = admin.post(f"/admin/devices/{device}/code").raise_for_status()
        return str(answer.json()["code"])

    def revoke(self, device: str = "kiosk-1") -> None:
        with trusted(self.office) as admin:
            admin.post(f"/admin/devices/{device}/revoke").raise_for_status()

    def enrolled(self, device: str = "kiosk-1") -> Path:
        enrol(self.office.http_url, self.code(device), self.at_device)
        return self.at_device

    def http_says(self, folder: Path, device: str = "kiosk-1") -> int:
        secret = read_credentials(folder / "credentials" / f"{device}.json").secret
        with trusted(self.office, device, secret.get_secret_value()) as client:
            return client.get("/services").status_code

    def broker_admits(self, folder: Path, device: str = "kiosk-1") -> bool:
        password = read_credentials(folder / "credentials" / f"{device}.json").secret
        come = Device(
            self.office.broker.port,
            device,
            password=password.get_secret_value(),
            tls=own_files(folder, device),
        )
        self.stack.callback(come.close)
        return come.admitted


def comes_to(be: Callable[[], bool]) -> bool:
    """Whether it comes to be so; an embedded broker starts anew, mosquitto reads in its loop."""
    until = monotonic() + 6 * WAIT_S
    while monotonic() < until:
        try:
            if be():
                return True
        except OSError:
            continue
    return False


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """One office for all tests that only ask it; each enrols what it needs anew."""
    folder = secure_ward(tmp_path_factory.mktemp("shared") / "office")
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as office:
        yield office


@pytest.fixture
def ward(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ward]:
    with ExitStack() as stack:
        if getattr(request, "param", "embedded") == "embedded":
            yield Ward(request.getfixturevalue("shared"), tmp_path / "device", stack)
            return
        folder = secure_ward(tmp_path / "office")
        mqtt = _mosquitto(folder, tmp_path / "broker", stack)
        office = stack.enter_context(RunningOffice(settle(folder, LOOPBACK, mqtt)))
        yield Ward(office, tmp_path / "device", stack)


def _mosquitto(folder: Path, lists: Path, stack: ExitStack) -> str:
    broker = Mosquitto(lists, office=folder)
    write_broker_files(folder, lists, broker.port)
    with (lists / "motcua.conf").open("a", encoding="utf-8") as conf:
        conf.write("user root\n")
    config = folder / "motcua.toml"
    text = config.read_text("utf-8").replace("[server]", f'[server]\nmosquitto = "{lists}"')
    config.write_text(text, "utf-8")
    broker.start()
    stack.callback(broker.close)
    return f"mqtts://127.0.0.1:{broker.port}"


@pytest.mark.parametrize("ward", BOTH, indirect=True)
def test_a_device_is_let_in_by_its_code_and_refused_once_revoked(ward: Ward) -> None:
    before = ward.at_device.with_name("before")
    shutil.copytree(ward.office.settings.data, before, ignore=shutil.ignore_patterns("store"))
    assert ward.http_says(before) == 200
    assert ward.broker_admits(before)
    device = ward.enrolled()
    assert (device / "devices" / "kiosk-1.toml").exists()
    assert ward.http_says(device) == 200
    assert comes_to(lambda: ward.broker_admits(device))
    assert ward.http_says(before) == 401
    assert comes_to(lambda: not ward.broker_admits(before))
    ward.revoke()
    assert ward.http_says(device) == 401
    assert comes_to(lambda: not ward.broker_admits(device))
    other = ward.enrolled("display-1")
    assert comes_to(lambda: ward.broker_admits(other, "display-1"))
    assert not ward.broker_admits(device)


@pytest.mark.parametrize("ward", BOTH, indirect=True)
def test_an_open_connection_ends_with_its_device(ward: Ward) -> None:
    port, folder = ward.office.broker.port, ward.office.settings.data
    kept = ward.at_device.with_name("kept")
    shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("store"))
    password = read_credentials(kept / "credentials" / "kiosk-2.json").secret.get_secret_value()
    device = Device(port, "kiosk-2", password=password, tls=own_files(kept, "kiosk-2"))
    ward.stack.callback(device.close)
    assert device.admitted
    ward.revoke("kiosk-2")
    assert device.linked.get(timeout=WAIT_S) is False
    # It tries again by itself with what it has; only an enrolment lets it in.
    assert comes_to(lambda: not ward.broker_admits(kept, "kiosk-2"))


def test_new_keys_end_the_old_ones(ward: Ward) -> None:
    device = ward.enrolled()
    old = ward.at_device.with_name("old")
    shutil.copytree(device, old)
    renew(ward.office.http_url, "kiosk-1", device)
    assert ward.http_says(device) == 200
    assert ward.http_says(old) == 401
    with pytest.raises(EnrolmentRefused, match="new code"):
        renew(ward.office.http_url, "kiosk-1", old)


def test_an_open_stream_ends_with_its_device(ward: Ward) -> None:
    with (
        trusted(ward.office, "board-1") as board,
        board.stream("GET", "/board/stream") as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines).startswith("event")
        ward.revoke("board-1")
        for _line in lines:
            pass  # what was on its way; then the stream ends
        assert board.get("/board").status_code == 401


def test_a_code_counts_once_and_the_newest_alone(ward: Ward) -> None:
    first, second = ward.code(), ward.code()
    url = ward.office.http_url
    with pytest.raises(EnrolmentRefused, match="new code"):
        enrol(url, first, ward.at_device)
    enrol(url, second.lower().replace("-", " "), ward.at_device)
    with pytest.raises(EnrolmentRefused, match="new code"):
        enrol(url, second, ward.at_device)


def test_nothing_secret_goes_to_a_server_of_another_root(ward: Ward) -> None:
    secret = ward.code()[:14]
    other = clear_signs(bytes(10))
    with pytest.raises(EnrolmentRefused, match="another machine"):
        enrol(ward.office.http_url, f"{secret}-{other}", ward.at_device)
    with pytest.raises(EnrolmentRefused, match="https"):
        enrol("http://localhost:1", ward.code(), ward.at_device)
    assert not ward.at_device.exists()


def test_only_the_office_s_devices_and_sound_requests(ward: Ward) -> None:
    with trusted(ward.office) as admin:
        assert admin.post("/admin/devices/kiosk-77/code").status_code == 404
        assert admin.post("/admin/devices/admin/revoke").status_code == 404
        assert admin.post("/admin/devices/server/code").status_code == 404
    code = ward.code().replace("-", "")[:12]
    with trusted(ward.office, None) as stranger:
        asked = stranger.post("/enrol", json={"code": code, "request": "x" * 200})
        assert asked.status_code == 422
        assert stranger.get("/enrol/root").content.startswith(b"-----BEGIN CERTIFICATE")


def test_who_did_what_stands_in_the_record(ward: Ward) -> None:
    ward.enrolled()
    ward.revoke()
    with trusted(ward.office) as admin:
        record = admin.get("/admin/record").json()
    said = [(one["by"], one["what"]) for one in record if one["kind"] == "DeviceChanged"]
    assert said[:3] == [
        ("admin", "device kiosk-1: revoked"),
        ("kiosk-1", "device kiosk-1: enrolled"),
        ("admin", "device kiosk-1: code"),
    ]


def test_an_office_that_starts_again_still_refuses(ward: Ward, tmp_path: Path) -> None:
    device = ward.enrolled()
    ward.revoke()
    folder = tmp_path / "again"
    shutil.copytree(ward.office.settings.data, folder, ignore=shutil.ignore_patterns("store"))
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as again:
        later = Ward(again, device, ward.stack)
        assert later.http_says(device) == 401
        assert not later.broker_admits(device)


def test_mosquitto_is_not_confused_with_another_program(tmp_path: Path) -> None:
    assert not tell_mosquitto(tmp_path)
    (tmp_path / "mosquitto.pid").write_text("1\n")
    assert not tell_mosquitto(tmp_path)
