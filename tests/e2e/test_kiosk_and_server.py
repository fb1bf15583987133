"""The kiosk's own processes against the real server: number, slip, presence, and an orderly end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zxingcpp
from PIL import Image

from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import Happening, SimulatedPrinter
from queue_server.bootstrap import RunningOffice
from queue_server.contracts import topics
from tests.fakes.offices import running, signed_in
from tests.integration.amqtt_process import AmqttProcess
from tests.integration.test_kiosk_issue import write_config
from tests.integration.test_mqtt_presence import Listener

KIOSK = [sys.executable, "-W", "error", "-m", "queue_server", "kiosk", "--config"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward")) as found:
        yield found


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[PrinterSimulator]:
    simulated = PrinterSimulator(SimulatedPrinter(folder=tmp_path / "paper"), port=0)
    yield simulated
    simulated.close()


def kiosk_of(office: RunningOffice, folder: Path, extra: str = "") -> Path:
    path = write_config(folder, office.http_url, extra)
    secret = office.settings.data / "credentials" / "kiosk-1.json"
    (folder / "kiosk-1.json").write_text(secret.read_text())
    return path


def test_one_number_from_the_real_server_on_real_paper(
    office: RunningOffice, simulator: PrinterSimulator, tmp_path: Path
) -> None:
    host, port = simulator.address
    extra = f"[printer]\nkind = 'network'\nhost = '{host}'\nport = {port}"
    config = kiosk_of(office, tmp_path, extra)
    done = subprocess.run(
        [*KIOSK, str(config), "--issue", "CT"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["slip"], answer["confirmed"], answer["fault"]) == ("printed", True, None)
    slip = simulator.printer.wait_for(Happening.SLIP_CUT).slip
    assert slip is not None
    assert slip.path is not None
    with Image.open(slip.path) as paper:
        (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.text == answer["follow_url"]
    with signed_in(office) as client:
        ticket = client.get(f"/tickets/{answer['id']}").json()
    assert (ticket["state"], ticket["number"]) == ("waiting", answer["number"])


@pytest.mark.fault
def test_nothing_on_the_paper_is_still_a_number_that_counts(
    office: RunningOffice, tmp_path: Path
) -> None:
    extra = "[printer]\nkind = 'network'\nhost = '127.0.0.1'\nport = 1"
    done = subprocess.run(
        [*KIOSK, str(kiosk_of(office, tmp_path, extra)), "--issue", "CT"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["slip"], answer["fault"], answer["confirmed"]) == ("shown", "offline", True)
    with signed_in(office) as client:
        assert client.get(f"/tickets/{answer['id']}").json()["state"] == "waiting"


@pytest.mark.kivy
def test_the_window_runs_is_present_and_ends_when_asked(
    office: RunningOffice, tmp_path: Path
) -> None:
    with AmqttProcess() as broker:
        listener = Listener(broker.port, topics.device_status("ward", "kiosk-1"))
        extra = (
            f"[mqtt]\nhost = '127.0.0.1'\nport = {broker.port}\n[screen]\nfullscreen = false\n"
            "orientation = 'landscape'"
        )
        window = subprocess.Popen(
            [*KIOSK, str(kiosk_of(office, tmp_path, extra))],
            env={**os.environ, "SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert listener.status().online
        window.send_signal(signal.SIGTERM)
        assert window.wait(timeout=30) == 0
        goodbye = listener.status()
        assert (goodbye.online, goodbye.detail) == (False, "switched off")
        listener.close()
        assert window.stderr is not None
        assert "Traceback" not in window.stderr.read()
        window.stderr.close()


@pytest.mark.kivy
def test_without_a_screen_it_says_so_in_one_line(office: RunningOffice, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    done = subprocess.run(
        [*KIOSK, str(kiosk_of(office, tmp_path))],
        env={**environment, "SDL_VIDEODRIVER": "x11"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("motcua kiosk: no screen to draw on")


def test_the_server_offers_what_the_catalogue_knows(office: RunningOffice) -> None:
    with signed_in(office) as client:
        answer: httpx.Response = client.get("/services")
    offered = {service["id"]: service["letter"] for service in answer.json()}
    assert offered.items() >= {"HT": "A", "CT": "B", "DD": "C", "CA": "H"}.items()
