"""One suite for every keypad: the fake, a serial one over a pty, a USB numpad over a FIFO."""

from __future__ import annotations

import fcntl
import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.adapters.evdev_keypad import (
    EV_KEY,
    EV_SYN,
    EVENT,
    SYN_DROPPED,
    EvdevKeypad,
    grab_device,
)
from kiosk.adapters.serial_keypad import SerialKeypad
from kiosk.adapters.serial_port import SerialPort
from kiosk.config.numpad import default_numpad, read_numpad
from kiosk.domain.keypad_line import KeypadLines, KeyStroke, encode
from kiosk.domain.numpad import Numpad
from kiosk.use_cases.ports import Keypad
from tests.fakes.counter_devices import FakeKeypad
from tests.ptys import PtyDevice

WAIT_S = 40
A, TWELVE = KeyStroke("", "A"), KeyStroke("12", "#")


class Rig(Protocol):
    keypad: Keypad

    def press(self, stroke: KeyStroke) -> None: ...

    def unplug(self) -> None: ...

    def replug(self) -> None: ...

    def close(self) -> None: ...


class FakeRig:
    def __init__(self, _folder: Path) -> None:
        self.keypad = FakeKeypad()

    def press(self, stroke: KeyStroke) -> None:
        self.keypad.press(stroke)

    def unplug(self) -> None:
        self.keypad.plug(plugged=False)

    def replug(self) -> None:
        self.keypad.plug(plugged=True)

    def close(self) -> None:
        pass


class SerialRig:
    def __init__(self, folder: Path) -> None:
        self.plug = PtyDevice(folder / "keypad")
        self.keypad = self.reader()

    def reader(self) -> SerialKeypad:
        return SerialKeypad(SerialPort(str(self.plug.path), 9600), KeypadLines(), first_wait_s=0.01)

    def press(self, stroke: KeyStroke) -> None:
        self.plug.send(encode(stroke))

    def unplug(self) -> None:
        self.plug.unplug()

    def replug(self) -> None:
        self.plug.plug()

    def close(self) -> None:
        self.plug.unplug()


def take_alone(fd: int) -> None:
    """What EVIOCGRAB does for a device, for the FIFO that stands for it."""
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class EvdevRig:
    """A FIFO stands for the device: build machines have no /dev/uinput."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "numpad"
        self._device: int | None = None
        self.replug()
        self.keypad = self.reader()

    def reader(self) -> EvdevKeypad:
        numpad = Numpad(read_numpad(default_numpad()))
        return EvdevKeypad(str(self.path), numpad, first_wait_s=0.01, grab=take_alone)

    def press(self, stroke: KeyStroke) -> None:
        codes = {meaning: code for code, meaning in read_numpad(default_numpad()).items()}
        for sign in (*stroke.digits, stroke.end):
            self.move(codes[sign], 1)
            self.move(codes[sign], 2)
            self.move(codes[sign], 0)

    def move(self, code: int, value: int, at_s: int = 100) -> None:
        self.write(EVENT.pack(at_s, 0, EV_KEY, code, value) + EVENT.pack(at_s, 0, EV_SYN, 0, 0))

    def write(self, data: bytes) -> None:
        assert self._device is not None, "unplugged"
        assert os.write(self._device, data) == len(data)

    def unplug(self) -> None:
        if self._device is not None:
            self.path.unlink()
            os.close(self._device)
            self._device = None

    def replug(self) -> None:
        hidden = self.path.with_suffix(".new")
        os.mkfifo(hidden)
        # Read and write, so that opening waits for nobody; in place only when it can be read.
        self._device = os.open(hidden, os.O_RDWR | os.O_NONBLOCK)
        hidden.rename(self.path)

    def close(self) -> None:
        self.unplug()


class Ears:
    def __init__(self, keypad: Keypad) -> None:
        self.keys: queue.Queue[KeyStroke] = queue.Queue()
        self.links: queue.Queue[bool] = queue.Queue()
        self.stuck: queue.Queue[str] = queue.Queue()
        keypad.start(self.keys.put, self.links.put, self.stuck.put)

    def key(self) -> KeyStroke:
        return self.keys.get(timeout=WAIT_S)

    def link(self) -> bool:
        return self.links.get(timeout=WAIT_S)


@pytest.fixture(params=[FakeRig, SerialRig, EvdevRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    rig: Rig = request.param(tmp_path)
    yield rig
    rig.keypad.close()
    rig.close()


def test_presses_come_in_order_and_once(rig: Rig) -> None:
    ears = Ears(rig.keypad)
    assert ears.link()
    for stroke in (A, TWELVE, A):
        rig.press(stroke)
    assert [ears.key(), ears.key(), ears.key()] == [A, TWELVE, A]
    rig.keypad.close()
    assert not ears.link()
    assert ears.keys.empty()


def test_it_goes_on_after_unplugging(rig: Rig) -> None:
    ears = Ears(rig.keypad)
    assert ears.link()
    for stroke in (A, TWELVE, A):
        rig.press(stroke)
        assert ears.key() == stroke
        rig.unplug()
        assert not ears.link()
        rig.replug()
        assert ears.link()
    rig.press(TWELVE)
    assert ears.key() == TWELVE
    assert ears.keys.empty()


def test_a_half_line_before_unplugging_is_not_joined_to_the_next(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    rig.plug.send(encode(TWELVE) + b"K 1")
    assert ears.key() == TWELVE  # so the half line behind it was read too
    rig.unplug()
    assert not ears.link()
    rig.replug()
    assert ears.link()
    rig.plug.send(b"2#\n" + encode(A))
    assert ears.key() == A
    rig.keypad.close()
    rig.close()
    assert ears.keys.empty()


def test_a_keypad_that_comes_later_is_found(tmp_path: Path) -> None:
    rig = SerialRig(tmp_path)
    rig.unplug()
    ears = Ears(rig.keypad)
    rig.replug()
    assert ears.link()
    rig.press(A)
    assert ears.key() == A
    rig.keypad.close()
    rig.close()


@pytest.mark.parametrize("kind", [SerialRig, EvdevRig])
def test_the_device_belongs_to_one_reader(kind: type[SerialRig | EvdevRig], tmp_path: Path) -> None:
    rig = kind(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    second = rig.reader()
    late = Ears(second)
    rig.press(A)
    assert ears.key() == A
    assert late.links.empty()
    rig.keypad.close()
    assert late.link()
    rig.press(TWELVE)
    assert late.key() == TWELVE
    second.close()
    rig.close()


@pytest.mark.parametrize("kind", [SerialRig, EvdevRig])
def test_closing_leaves_no_thread(kind: type[SerialRig | EvdevRig], tmp_path: Path) -> None:
    rig = kind(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    rig.keypad.close()
    assert "keypad" not in {thread.name for thread in threading.enumerate()}
    rig.close()


@pytest.mark.parametrize("how", ["let go", "unplugged"])
def test_a_stuck_key_of_a_numpad_is_named_until_it_is_free(tmp_path: Path, how: str) -> None:
    rig = EvdevRig(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    rig.move(96, 1)
    rig.move(96, 2, at_s=111)
    assert (ears.key(), ears.stuck.get(timeout=WAIT_S)) == (A, "A")
    if how == "let go":
        rig.move(96, 0, at_s=112)
    else:
        rig.unplug()
        rig.replug()
    assert ears.stuck.get(timeout=WAIT_S) == ""
    rig.keypad.close()
    rig.close()
    assert ears.keys.empty()


def test_a_file_that_is_no_input_device_is_not_read(tmp_path: Path) -> None:
    """Without a grab the clerk's keys would type into some window as well."""
    rig = EvdevRig(tmp_path)
    keypad = EvdevKeypad(str(rig.path), Numpad({96: "A"}), first_wait_s=0.01)
    fd = os.open(rig.path, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(OSError, match="ioctl"):
        grab_device(fd)
    os.close(fd)
    ears = Ears(keypad)
    rig.press(A)
    keypad.close()
    assert ears.links.empty()
    assert ears.keys.empty()
    rig.close()


def test_after_lost_events_half_a_number_and_the_rest_of_the_report_are_forgotten(
    tmp_path: Path,
) -> None:
    rig = EvdevRig(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    rig.move(79, 1)
    lost = EVENT.pack(100, 0, EV_SYN, SYN_DROPPED, 0)
    doubtful = EVENT.pack(100, 0, EV_KEY, 96, 1)
    rig.write(lost + doubtful + EVENT.pack(100, 0, EV_SYN, 0, 0))
    rig.move(83, 1)
    assert ears.key() == KeyStroke("", "#")
    rig.keypad.close()
    rig.close()
    assert ears.keys.empty()


def test_half_a_record_waits_for_its_other_half(tmp_path: Path) -> None:
    rig = EvdevRig(tmp_path)
    ears = Ears(rig.keypad)
    assert ears.link()
    record = EVENT.pack(100, 0, EV_KEY, 96, 1)
    rig.write(record + record[:7])
    assert ears.key() == A
    rig.write(EVENT.pack(100, 0, EV_KEY, 96, 0)[7:] + record)
    assert ears.key() == A
    rig.keypad.close()
    rig.close()
