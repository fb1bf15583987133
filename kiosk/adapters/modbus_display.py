"""LED displays of the Modbus RTU family: ASCII digits written into holding registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pymodbus import FramerType, ModbusException
from pymodbus.client import ModbusSerialClient

from kiosk.adapters.serial_port import SERIAL_FAULTS, SerialPort
from kiosk.domain.counter_sign import fit
from kiosk.use_cases.ports import DisplayError

ANSWER_TIMEOUT_S = 0.5


@dataclass(frozen=True, slots=True)
class Registers:
    """How a model wants its text.

    `first` is the address of the first register, counted from 0 as on the wire; `digits_each` is
    one sign in the low byte, or two with the first in the high byte; `function` 16 writes all at
    once, 6 one after another for displays that know nothing else.
    """

    first: int = 0
    digits_each: Literal[1, 2] = 1
    function: Literal[6, 16] = 16


class ModbusDisplay:
    """One display that answers; silence is a fault and the port is opened anew."""

    def __init__(
        self,
        port: SerialPort,
        *,
        address: int,
        width: int,
        registers: Registers,
        timeout_s: float = ANSWER_TIMEOUT_S,
    ) -> None:
        """Know the display; `address` is its Modbus unit 1 to 247, `width` its number of signs."""
        self._path = port.path
        self._unit = address
        self._width = width
        self._registers = registers
        self._client = ModbusSerialClient(
            port.path,
            framer=FramerType.RTU,
            baudrate=port.baud,
            timeout=timeout_s,
            retries=0,
        )

    def show(self, text: str) -> None:
        """Show a text; empty clears the display.

        Raises:
            DisplayError: there is no display, it was silent, or it refused.
        """
        try:
            values = self._values(text)
            if not self._client.connect():
                raise DisplayError(f"{self._path}: cannot be opened")
            self._write(values)
        except UnicodeEncodeError:
            raise DisplayError(f"only ASCII signs can be shown, not {text!r}") from None
        except (ModbusException, *SERIAL_FAULTS) as fault:
            self._client.close()  # type: ignore[no-untyped-call]  # pymodbus left it so
            raise DisplayError(f"{self._path}: {fault}") from fault

    def close(self) -> None:
        """Let go of the device."""
        self._client.close()  # type: ignore[no-untyped-call]  # pymodbus left it so

    def _values(self, text: str) -> list[int]:
        signs = fit(text, self._width).encode("ascii")
        each = self._registers.digits_each
        padded = signs + b" " * (-len(signs) % each)
        return [int.from_bytes(padded[at : at + each]) for at in range(0, len(padded), each)]

    def _write(self, values: list[int]) -> None:
        first = self._registers.first
        if self._registers.function == 16:  # noqa: PLR2004 - Modbus calls it so
            answers = [self._client.write_registers(first, values, device_id=self._unit)]
        else:
            answers = [
                self._client.write_register(first + at, value, device_id=self._unit)
                for at, value in enumerate(values)
            ]
        for answer in answers:
            if answer.isError():
                raise ModbusException(f"the display refused: {answer}")
