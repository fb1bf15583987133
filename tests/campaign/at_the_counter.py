"""The counter's program is killed while its clerk presses keys: nobody is called by a ghost."""

from __future__ import annotations

import os
import random
import select
import sqlite3
import subprocess
import sys
import threading
import uuid
from contextlib import closing
from pathlib import Path

from kiosk.domain.keypad_line import KeyStroke, encode
from tests.campaign.found import Found
from tests.fault.busy_crowd import Notebook
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.office_process import OfficeProcess
from tests.ptys import PtyDevice

ROOT = Path(__file__).parents[2]
CALL, START, FINISH = KeyStroke("", "A"), KeyStroke("", "C"), KeyStroke("", "D")
ETX = b"\x03"
SIGN_WITHIN_S = 30.0
HALF = 0.5
CONFIG = """
office = "ward"
counter = 1
credentials = "{office}/credentials/counter-1.json"
mqtt.port = {port}
[keypad]
path = "{keypad}"
[display]
family = "ascii"
path = "{sign}"
width = 4
"""


class Desk:
    """A keypad, a number display, and the program between them and the server."""

    def __init__(self, folder: Path, office: Path, port: int) -> None:
        self._keypad = PtyDevice(folder / "keypad")
        self._sign = PtyDevice(folder / "sign")
        self._config = folder / "counter.toml"
        wires = {"keypad": self._keypad.path, "sign": self._sign.path}
        self._config.write_text(CONFIG.format(office=office, port=port, **wires), "utf-8")

    def start(self) -> None:
        """Start the program; returns when it drives the sign."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "queue_server", "counter", "--config", str(self._config)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.frame()

    def kill(self) -> None:
        """SIGKILL."""
        self._child.kill()
        self._child.wait()

    def press(self, stroke: KeyStroke) -> None:
        """A key goes down."""
        self._keypad.send(encode(stroke))

    def frame(self) -> None:
        """Until the sign was told something."""
        read = b""
        while ETX not in read:
            ready, _, _ = select.select([self._sign.fd], [], [], SIGN_WITHIN_S)
            assert ready, "the sign is told nothing"
            read = os.read(self._sign.fd, 4096)


def counter_killed(folder: Path, rounds: int) -> Found:
    """`kill -9` of the counter's program within a quarter of a second of a press."""
    server, dice = OfficeProcess(folder / "office"), random.Random(4)
    server.start()
    try:
        port = int(server.first_line().rpartition(":")[2])
        notebook = _people(server, rounds * 2)
        desk = Desk(folder, server.folder, port)
        presses = 0
        for _ in range(rounds):
            desk.start()
            desk.press(CALL)
            presses += 1
            if dice.random() < HALF:
                desk.frame()
                desk.press(START)
                desk.press(FINISH)
            moment = threading.Timer(dice.random() * 0.25, desk.kill)
            moment.start()
            moment.join()
    finally:
        server.stop()
    truth = assert_nothing_lost_or_doubled(server.folder, notebook)
    with closing(sqlite3.connect(server.folder / "store" / "office.db")) as raw:
        (calls,) = raw.execute("SELECT count(*) FROM event WHERE kind = 'TicketCalled'").fetchone()
    assert calls <= presses, "somebody was called whom nobody called"
    return Found(rounds, len(notebook.tickets), calls, truth.tickets, note=f"{presses} presses")


def _people(server: OfficeProcess, count: int) -> Notebook:
    notebook = Notebook()
    with server.client() as client:
        client.post("/counters/1/open").raise_for_status()
        for _ in range(count):
            key = uuid.uuid4().hex
            told = client.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": key})
            notebook.tickets[key] = told.raise_for_status().json()
    return notebook
