"""What goes over the wire to the LED displays, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.ascii_display import AsciiDisplay
from kiosk.adapters.modbus_display import ModbusDisplay, Registers
from kiosk.adapters.serial_port import SerialPort
from kiosk.use_cases.ports import DisplayError
from tests.modbus_sign import SIZE, UNIT, ModbusSign
from tests.ptys import PtyDevice


def crc(frame: bytes) -> bytes:
    """CRC-16/MODBUS, low byte first, computed bit by bit as an oracle of its own."""
    value = 0xFFFF
    for byte in frame:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value.to_bytes(2, "little")


@pytest.fixture
def sign(tmp_path: Path) -> Iterator[ModbusSign]:
    sign = ModbusSign(tmp_path)
    yield sign
    sign.close()


def modbus(sign: ModbusSign, registers: Registers, address: int = UNIT) -> ModbusDisplay:
    port = SerialPort(str(sign.plug.path), 9600)
    return ModbusDisplay(port, address=address, width=4, registers=registers, timeout_s=0.2)


def test_ascii_frame(tmp_path: Path) -> None:
    with PtyDevice(tmp_path / "sign") as plug:
        display = AsciiDisplay(SerialPort(str(plug.path), 9600), address=12, width=6)
        display.show("A012")
        assert plug.receive(10) == b"\x0212  A012\x03"
        display.close()
        assert plug.is_silent()


def test_modbus_writes_one_digit_to_each_register(sign: ModbusSign) -> None:
    display = modbus(sign, Registers())
    display.show("A012")
    frame = bytes.fromhex("07 10 0000 0004 08 0041 0030 0031 0032")
    assert sign.wire == frame + crc(frame)
    assert sign.registers(0, 4) == [0x41, 0x30, 0x31, 0x32]
    display.close()


def test_modbus_packs_two_digits(sign: ModbusSign) -> None:
    display = modbus(sign, Registers(first=2, digits_each=2))
    display.show("A012")
    frame = bytes.fromhex("07 10 0002 0002 04 4130 3132")
    assert sign.wire == frame + crc(frame)
    assert sign.registers(2, 2) == [0x4130, 0x3132]
    display.close()


def test_modbus_single_writes(sign: ModbusSign) -> None:
    display = modbus(sign, Registers(first=1, function=6))
    display.show("7")
    frames = [bytes.fromhex(f"07 06 000{1 + at} 00{sign:02x}") for at, sign in enumerate(b"   7")]
    assert sign.wire == b"".join(frame + crc(frame) for frame in frames)
    display.close()


def test_a_display_that_refuses_is_an_error(sign: ModbusSign) -> None:
    display = modbus(sign, Registers(first=SIZE))
    with pytest.raises(DisplayError, match="refused"):
        display.show("A012")
    display.close()


def test_a_silent_display_is_an_error(tmp_path: Path) -> None:
    with PtyDevice(tmp_path / "sign") as plug:
        display = ModbusDisplay(
            SerialPort(str(plug.path), 9600),
            address=UNIT,
            width=4,
            registers=Registers(),
            timeout_s=0.05,
        )
        with pytest.raises(DisplayError, match="No response"):
            display.show("A012")
        display.close()
