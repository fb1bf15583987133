"""One suite for every number display: the fake, the ASCII family, the Modbus family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.adapters.ascii_display import AsciiDisplay
from kiosk.adapters.modbus_display import ModbusDisplay, Registers
from kiosk.adapters.serial_port import SerialPort
from kiosk.use_cases.ports import DisplayError, NumberDisplay
from tests.fakes.number_display import FakeDisplay
from tests.modbus_sign import UNIT, ModbusSign
from tests.ptys import PtyDevice

WIDTH = 4


class Rig(Protocol):
    display: NumberDisplay

    def lit(self) -> str: ...

    def unplug(self) -> None: ...

    def replug(self) -> None: ...

    def close(self) -> None: ...


class FakeRig:
    def __init__(self, _folder: Path) -> None:
        self.display = FakeDisplay(WIDTH)

    def lit(self) -> str:
        return self.display.lit

    def unplug(self) -> None:
        self.display.plugged = False

    def replug(self) -> None:
        self.display.plugged = True

    def close(self) -> None:
        self.display.close()


class AsciiRig:
    def __init__(self, folder: Path) -> None:
        self.plug = PtyDevice(folder / "sign")
        self.display = AsciiDisplay(SerialPort(str(self.plug.path), 9600), address=5, width=WIDTH)

    def lit(self) -> str:
        frame = self.plug.receive(WIDTH + 4)
        assert frame[:3] == b"\x0205"
        assert frame[-1:] == b"\x03"
        return frame[3:-1].decode()

    def unplug(self) -> None:
        self.plug.unplug()

    def replug(self) -> None:
        self.plug.plug()

    def close(self) -> None:
        self.display.close()
        self.plug.unplug()


class ModbusRig:
    registers = Registers()

    def __init__(self, folder: Path) -> None:
        self.sign = ModbusSign(folder)
        self.display = ModbusDisplay(
            SerialPort(str(self.sign.plug.path), 9600),
            address=UNIT,
            width=WIDTH,
            registers=self.registers,
        )

    def lit(self) -> str:
        each = self.registers.digits_each
        values = self.sign.registers(self.registers.first, WIDTH // each)
        return b"".join(value.to_bytes(each) for value in values).decode()

    def unplug(self) -> None:
        self.sign.unplug()

    def replug(self) -> None:
        self.sign.replug()

    def close(self) -> None:
        self.display.close()
        self.sign.close()


class ModbusTwoEachRig(ModbusRig):
    registers = Registers(first=2, digits_each=2)


class ModbusSingleWritesRig(ModbusRig):
    registers = Registers(first=1, function=6)


@pytest.fixture(params=[FakeRig, AsciiRig, ModbusRig, ModbusTwoEachRig, ModbusSingleWritesRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    rig: Rig = request.param(tmp_path)
    yield rig
    rig.close()


@pytest.mark.parametrize(
    ("text", "lit"), [("A012", "A012"), ("-0-", " -0-"), ("A1012", "1012"), ("", "    ")]
)
def test_it_shows(rig: Rig, text: str, lit: str) -> None:
    rig.display.show(text)
    assert rig.lit() == lit


def test_the_next_text_replaces_the_last(rig: Rig) -> None:
    rig.display.show("A001")
    assert rig.lit() == "A001"
    rig.display.show("B2")
    assert rig.lit() == "  B2"


def test_signs_that_no_display_has_are_refused(rig: Rig) -> None:
    with pytest.raises(DisplayError, match="ASCII"):
        rig.display.show("Đ01")


def test_unplugged_is_an_error_and_replugged_works_again(rig: Rig) -> None:
    rig.display.show("A001")
    assert rig.lit() == "A001"
    rig.unplug()
    for _ in range(2):
        with pytest.raises(DisplayError):
            rig.display.show("A002")
    rig.replug()
    rig.display.show("A003")
    assert rig.lit() == "A003"


def test_closing_twice_is_harmless_and_showing_opens_again(rig: Rig) -> None:
    rig.display.close()
    rig.display.close()
    rig.display.show("A001")
    assert rig.lit() == "A001"
