"""The scanner over a real pty: whole scans, unplugging, noise; nothing of them in a log."""

from __future__ import annotations

import logging
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.serial_port import SerialPort
from kiosk.adapters.serial_scanner import SerialScanner
from tests.ptys import PtyDevice

WAIT_S = 40
CARD = "079085123456||Trần Thị Thử|01021985|Nam|Số 1, xã Mẫu|02032021"


class Rig:
    """A scanner on a pty, and what was heard of it."""

    def __init__(self, folder: Path) -> None:
        self.plug = PtyDevice(folder / "scanner")
        self.scans: queue.Queue[str | None] = queue.Queue()
        self.links: queue.Queue[bool] = queue.Queue()
        self.scanner = SerialScanner(SerialPort(str(self.plug.path), 9600), first_wait_s=0.01)
        self.scanner.start(self.scans.put, self.links.put)
        assert self.links.get(timeout=WAIT_S)

    def close(self) -> None:
        self.scanner.close()
        self.plug.unplug()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def test_a_card_comes_as_one_text(rig: Rig) -> None:
    data = CARD.encode() + b"\r\n"
    for place in range(0, len(data), 7):
        rig.plug.send(data[place : place + 7])
    assert rig.scans.get(timeout=WAIT_S) == CARD


def test_it_comes_back_when_plugged_in_again_without_the_half_before(rig: Rig) -> None:
    rig.plug.send(b"0790851")
    rig.plug.unplug()
    assert rig.links.get(timeout=WAIT_S) is False
    rig.plug.plug()
    assert rig.links.get(timeout=WAIT_S) is True
    rig.plug.send(b"K7M29QXT\r")
    assert rig.scans.get(timeout=WAIT_S) == "K7M29QXT"


def test_nothing_of_a_scan_is_logged(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rig.plug.send(CARD.encode() + b"\r" + b"\xff\xfe079085123456\r")
    assert rig.scans.get(timeout=WAIT_S) == CARD
    assert rig.scans.get(timeout=WAIT_S) is None
    rig.close()
    assert "079085" not in caplog.text
    assert "Thử" not in caplog.text


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noise=st.binary(max_size=300))
def test_any_bytes_on_the_line_are_survived(rig: Rig, noise: bytes) -> None:
    rig.plug.send(noise + b"\rEND2END2\r")
    while rig.scans.get(timeout=WAIT_S) != "END2END2":
        pass
