"""systemd hears that server and counter work, and hears nothing when one of them hangs."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.agents import counter as counter_agent
from kiosk.bootstrap.counter import start
from kiosk.config.counter import read_counter_config
from queue_server.bootstrap import vital_signs
from queue_server.bootstrap.vital_signs import office_changes, office_works
from queue_server.contracts.service_notify import Heartbeat, ServiceNotify
from tests.fakes.offices import running
from tests.office_process import OfficeProcess

PATIENCE_S = 120.0
ALLOWED_USEC = 600_000
"""The supervisor's patience: a third of it is the time from beat to beat."""


class Ear:
    """Stands in for systemd: hears what a service says of itself."""

    def __init__(self, line: socket.socket, path: Path) -> None:
        self._line = line
        self.environment = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(ALLOWED_USEC)}

    def hear(self, words: bytes) -> None:
        """Wait for these words; others may come before."""
        while self._line.recv(64) != words:
            pass

    def rest(self) -> list[bytes]:
        """What was said and not heard yet."""
        said = []
        while select.select([self._line], [], [], 0)[0]:
            said.append(self._line.recv(64))
        return said


@contextmanager
def ear(folder: Path) -> Iterator[Ear]:
    path = folder / "ear"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as line:
        line.bind(str(path))
        line.settimeout(PATIENCE_S)
        yield Ear(line, path)


@pytest.mark.timeout(300)
def test_the_server_says_that_it_is_up_that_it_works_and_that_it_ends(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        office = OfficeProcess(tmp_path / "office", environment=os.environ | heard.environment)
        office.start_unseen()
        try:
            heard.hear(b"READY=1")
            for _ in range(3):
                heard.hear(b"WATCHDOG=1")
        finally:
            assert office.stop() == 0
        heard.hear(b"STOPPING=1")


@pytest.mark.timeout(300)
def test_a_server_whose_http_or_writer_hangs_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "ward") as office:
        works = office_works(office.http, office.writer)
        assert works()
        gate = threading.Event()
        monkeypatch.setattr(vital_signs, "TURNS_WITHIN_S", 0.1)
        office.http.soon(lambda: gate.wait() and None)
        assert not works()
        gate.set()
        gate = threading.Event()
        work_off = office.writer._keeper.work_off
        monkeypatch.setattr(
            office.writer._keeper, "work_off", lambda asked: gate.wait() and work_off(asked)
        )
        assert not works()
        gate.set()
        monkeypatch.setattr(vital_signs, "TURNS_WITHIN_S", PATIENCE_S)
        assert works()


def test_an_office_that_starts_again_may_take_its_time_but_not_for_ever() -> None:
    now = [100.0]
    changing = office_changes(lambda: now[0])
    assert changing()
    now[0] += vital_signs.CHANGES_WITHIN_S
    assert not changing()


def counter_file(folder: Path) -> Path:
    """A counter without devices whose broker is not there: it works all the same."""
    secret = {"id": "counter-1", "role": "counter", "secret": "s" * 20}
    (folder / "counter-1.json").write_text(json.dumps(secret), encoding="utf-8")
    file = folder / "counter.toml"
    lines = ('office = "ward"', "counter = 1", 'credentials = "counter-1.json"', "mqtt.port = 9")
    keypad = ("[keypad]", f'path = "{folder / "no-keypad"}"')
    file.write_text("\n".join((*lines, *keypad)), encoding="utf-8")
    return file


@pytest.mark.timeout(300)
def test_a_counter_says_that_it_is_up_that_it_works_and_that_it_ends(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        command = (sys.executable, "-m", "queue_server", "counter", "--config")
        child = subprocess.Popen(
            [*command, str(counter_file(tmp_path))], env=os.environ | heard.environment
        )
        try:
            heard.hear(b"READY=1")
            for _ in range(3):
                heard.hear(b"WATCHDOG=1")
        finally:
            child.send_signal(signal.SIGTERM)
            assert child.wait(PATIENCE_S) == 0
        heard.hear(b"STOPPING=1")


@pytest.mark.timeout(300)
def test_a_counter_whose_work_hangs_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = start(read_counter_config(counter_file(tmp_path)))
    gate = threading.Event()
    try:
        assert agent.works()
        monkeypatch.setattr(counter_agent, "TURNS_WITHIN_S", 0.1)
        agent._happened.put(lambda _now: gate.wait() and None)
        assert not agent.works()
    finally:
        gate.set()
        agent.close()


def test_the_heart_beats_only_while_the_answer_is_yes(tmp_path: Path) -> None:
    asked, answers = threading.Event(), iter([True, False, False, True])
    with ear(tmp_path) as heard:
        heart = Heartbeat(ServiceNotify(heard.environment))

        def works() -> bool:
            answer = next(answers, None)
            if answer is None:
                asked.set()
            return bool(answer)

        heart.watch(works)
        heard.hear(b"READY=1")
        heard.hear(b"WATCHDOG=1")
        heard.hear(b"WATCHDOG=1")
        assert asked.wait(PATIENCE_S)
        assert heard.rest() == []
