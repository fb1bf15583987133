"""The real camera process on a film, watched by strace: what it opens, connects and says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import pytest

from kiosk.adapters.consent_line import ConsentLine
from queue_server.contracts import topics
from queue_server.contracts.smile_windows import read_window
from tests.fakes.smile_clips import person
from tests.integration.office_brokers import OFFICE, Device, Embedded, secret

STRACE = shutil.which("strace")
PEOPLE = 12
QUARTERS_S = 90
"""Some quarters of an hour of the fast clock: on a slow machine a window grows by one or two."""
WRITES = re.compile(r"(?:O_WRONLY|O_RDWR)")
OPENED = re.compile(r'(?:openat|open|creat)\((?:AT_FDCWD, )?"([^"]+)", ([^)]*)\)\s*= (?!-1)')
CONNECTED = re.compile(r"connect\(\d+, \{sa_family=(AF_\w+),? ?(.*?)\}")
SENT = re.compile(r"(?:sendto|send|write)\((\d+), .*\) = (\d+)$")
WATCHED = "trace=openat,open,creat,connect,sendto,sendmsg,write,pwrite64,writev,rename,execve"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody smiles, blinks and talks for twenty frames."""
    path = tmp_path_factory.mktemp("film") / "person.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (640, 480))
    for frame in person(frames=20):
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()
    return path


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Embedded]:
    one = Embedded(tmp_path / "broker")
    one.start()
    yield one
    one.close()


def config(folder: Path, film: Path, port: int) -> Path:
    credentials = {"id": "camera-1", "role": "camera", "secret": secret("camera-1")}
    (folder / "camera-1.json").write_text(json.dumps(credentials))
    (folder / "lamp").write_text("1")  # as a killed process leaves it
    path = folder / "camera.toml"
    path.write_text(
        f'office = "{OFFICE}"\ncredentials = "camera-1.json"\ndoor = "c.sock"\nstate = "state"\n'
        f'device = "{film}"\nlamp = "{folder / "lamp"}"\n'
        f'[mqtt]\nhost = "127.0.0.1"\nport = {port}\n'
    )
    return path


@contextmanager
def running(folder: Path, film: Path, port: int, *, traced: bool) -> Iterator[None]:
    command = [sys.executable, "-B", "-m", "tests.integration.camera_process"]
    command += [str(config(folder, film, port)), "60"]
    if traced:
        watch = ["-f", "-qq", "-s", "160", "-e", WATCHED, "-o", str(folder / "trace")]
        command = [str(STRACE), *watch, *command]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert (folder / "lamp").read_text() == "0"
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(60)


def agree(folder: Path, rating: int | None = None) -> str:
    line = ConsentLine(folder / "c.sock")
    answer = line.agree()
    if rating is not None:
        line.rate(rating)
    line.withdraw()
    return answer


def agree_once_free(folder: Path, rating: int) -> str:
    """The one before may still be saying goodbye."""
    while (answer := agree(folder, rating)) == "busy":
        pass
    return answer


def first_window(watcher: Device) -> tuple[str, dict[str, Any]]:
    while True:
        message = watcher.heard.get(timeout=QUARTERS_S)
        if "/satisfaction/" in message.topic and b"smile_share" in message.payload:
            return message.topic, json.loads(message.payload)


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_no_picture_is_written_or_sent(tmp_path: Path, film: Path, broker: Embedded) -> None:
    watcher = Device(broker.port, "watcher")
    assert watcher.subscribe(topics.everything(OFFICE))
    with running(tmp_path, film, broker.port, traced=True):
        answers = [agree_once_free(tmp_path, 5 if at % 3 else 2) for at in range(PEOPLE)]
        assert answers == ["counted"] * PEOPLE
        topic, said = first_window(watcher)
        assert (tmp_path / "lamp").read_text() == "0"
    watcher.close()

    window = read_window(topic.rsplit("/", 1)[-1])
    assert window is not None
    assert window[1] >= 15
    assert set(said) == {"v", "id", "sent_at", "source", "n", "smile_share", "low", "high"}
    assert said["n"] >= 10
    assert said["smile_share"] == 1.0

    trace = (tmp_path / "trace").read_text(errors="replace").splitlines()
    assert len(trace) > 100, "strace saw nothing"
    written = {m[1] for line in trace if (m := OPENED.search(line)) and WRITES.search(m[2])}
    allowed = {str(tmp_path / "lamp"), str(tmp_path / "state" / "smiles-by-rating.new")}
    assert {path for path in written if not path.startswith("/dev/null")} <= allowed
    reached = [m.groups() for line in trace if (m := CONNECTED.search(line))]
    assert reached
    for family, where in reached:
        # The broker, and its own door when it shuts.
        own = family == "AF_UNIX" and str(tmp_path / "c.sock") in where
        assert own or (family == "AF_INET" and f"htons({broker.port})" in where), where
    assert not [line for line in trace[1:] if "execve(" in line and "camera_process" not in line]
    assert not [line for line in trace if "sendmsg(" in line or "writev(" in line]
    sizes = [int(m[2]) for line in trace if (m := SENT.search(line))]
    # Nothing that leaves, not even a status, has room for a face of 32 x 32 pixels.
    assert max(sizes) < 1024
    kept = json.loads((tmp_path / "state" / "smiles-by-rating.json").read_text())
    assert sum(kept["good"]) + sum(kept["bad"]) == 10


def test_a_film_that_ends_is_an_unplugged_camera(
    tmp_path: Path, film: Path, broker: Embedded
) -> None:
    short = tmp_path / "short.avi"
    source, writer = cv2.VideoCapture(str(film)), None
    for _ in range(3):
        _, frame = source.read()
        writer = writer or cv2.VideoWriter(
            str(short), cv2.VideoWriter_fourcc(*"MJPG"), 10, (640, 480)
        )
        writer.write(frame)
    assert writer is not None
    writer.release()
    source.release()
    watcher = Device(broker.port, "watcher")
    assert watcher.subscribe(topics.device_status(OFFICE, "camera-1"))
    with running(tmp_path, short, broker.port, traced=False):
        assert agree(tmp_path) == "fault"
        while "plug it in" not in json.loads(watcher.next().payload).get("detail", ""):
            pass
        assert (tmp_path / "lamp").read_text() == "0"
    watcher.close()
