"""What `motcua init` writes works as it is: server, mosquitto, a kiosk, a counter, an announcer."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.agents.counter import DISPLAY_LOST, KEYPAD_LOST
from kiosk.config.announcer import read_announcer_config
from kiosk.config.counter import read_counter_config
from kiosk.config.kiosk import KioskConfig
from queue_server.contracts.config_file import read_config
from tests.integration.amqtt_process import free_port
from tests.integration.office_brokers import MOSQUITTO, wait_for_port
from tests.office_process import OfficeProcess

READERS = {
    "kiosk": lambda path: read_config(path, KioskConfig),
    "counter": read_counter_config,
    "announcer": read_announcer_config,
}


def motcua(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "queue_server", *map(str, arguments)]


def done(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = motcua(*arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)


@contextmanager
def running(command: list[str]) -> Iterator[None]:
    child = subprocess.Popen(command, stderr=sys.stderr)
    try:
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    made = done("init", tmp_path / "ward", "--sample", "ward")
    assert made.returncode == 0, made.stderr
    assert "device files in devices/" in made.stdout
    return tmp_path / "ward"


def point_to(folder: Path, http: int, mqtt: int) -> None:
    """Free ports instead of the usual ones, so that tests run side by side."""
    for path in (folder / "devices").glob("*.toml"):
        text = path.read_text("utf-8").replace(":8080", f":{http}")
        path.write_text(text.replace("port = 18830", f"port = {mqtt}"), "utf-8")


def test_every_device_with_settings_has_a_file_that_its_program_reads(ward: Path) -> None:
    devices = tomllib.loads((ward / "motcua.toml").read_text("utf-8"))["devices"]
    wanted = {one["id"]: one["role"] for one in devices if one["role"] in READERS}
    assert {path.stem for path in (ward / "devices").iterdir()} == set(wanted)
    assert set(wanted.values()) == set(READERS)
    for device, role in wanted.items():
        config = READERS[role](ward / "devices" / f"{device}.toml")
        if role != "kiosk":
            assert config.credentials.resolve() == (ward / f"credentials/{device}.json").resolve()
            assert config.mqtt.port == 18830


def test_office_broker_and_devices_work_as_they_were_written(ward: Path, tmp_path: Path) -> None:
    if MOSQUITTO is None:
        pytest.skip("mosquitto is not installed; firmware_configs/debian/packages.txt names it")
    port, files = free_port(), tmp_path / "mosquitto"
    wrote = done("mosquitto", "--data", ward, "--out", files, "--port", str(port))
    assert wrote.returncode == 0, wrote.stderr
    assert sorted(path.name for path in files.iterdir()) == [
        "motcua.conf",
        "passwords",
        "topics.acl",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.iterdir()} == {0o600}
    with (files / "motcua.conf").open("a") as conf:
        conf.write("user root\n")  # else it becomes a user who may not read the test's folder
    broker = subprocess.Popen([MOSQUITTO, "-c", files / "motcua.conf"])
    office = OfficeProcess(ward, mqtt=f"127.0.0.1:{port}")
    try:
        wait_for_port(port)
        office.start()
        point_to(ward, office.port, port)
        issued = done("kiosk", "--config", ward / "devices/kiosk-1.toml", "--issue", "CT")
        assert issued.returncode == 0, issued.stderr
        assert json.loads(issued.stdout)["number"] == "B001"
        with running(motcua("counter", "--config", ward / "devices/counter-1.toml")):
            wait_for_board(office, "counter-1", f"{KEYPAD_LOST}; {DISPLAY_LOST}")
    finally:
        office.stop()
        broker.terminate()
        broker.wait(30)


def wait_for_board(office: OfficeProcess, device: str, detail: str) -> None:
    """Follow the board until it says this of a device."""
    headers = {"Authorization": f"Bearer {office.secret()}"}
    url = f"http://127.0.0.1:{office.port}/api/v1/board/stream"
    with httpx.stream("GET", url, headers=headers, timeout=60) as lines:
        for line in lines.iter_lines():
            if line.startswith('data: {"seq"'):
                board: dict[str, Any] = json.loads(line[6:])
                found = next(one for one in board["devices"] if one["id"] == device)
                if found["online"] and found["detail"] == detail:
                    return
    raise AssertionError("the board ended")


def test_what_cannot_be_written_is_one_line(ward: Path, tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    refused = done("mosquitto", "--data", ward, "--out", taken)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    nowhere = done("mosquitto", "--data", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (2, 1)
