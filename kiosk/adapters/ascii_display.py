"""LED displays of the ASCII family: `STX address digits ETX` on a serial line."""

from __future__ import annotations

import contextlib

import serial

from kiosk.adapters.serial_port import SERIAL_FAULTS, SerialPort, open_port
from kiosk.domain.counter_sign import fit
from kiosk.use_cases.ports import DisplayError

STX, ETX = b"\x02", b"\x03"


class AsciiDisplay:
    """One display on the line; opened at the first text, and again after any fault."""

    def __init__(self, port: SerialPort, *, address: int, width: int) -> None:
        """Know the display.

        Args:
            port: the serial line; several displays may share the wires, not the opened port.
            address: 0 to 99, sent as two digits.
            width: how many signs the display has; shorter texts are set to the right.
        """
        self._at = port
        self._address = f"{address:02d}".encode("ascii")
        self._width = width
        self._port: serial.Serial | None = None

    def show(self, text: str) -> None:
        """Show a text; empty clears the display.

        Raises:
            DisplayError: there is no display, or it did not take the text.
        """
        try:
            frame = STX + self._address + fit(text, self._width).encode("ascii") + ETX
            if self._port is None:
                self._port = open_port(self._at)
            self._port.write(frame)
        except UnicodeEncodeError:
            raise DisplayError(f"only ASCII signs can be shown, not {text!r}") from None
        except SERIAL_FAULTS as fault:
            self.close()
            raise DisplayError(f"{self._at.path}: {fault}") from fault

    def close(self) -> None:
        """Let go of the device."""
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(*SERIAL_FAULTS):  # it may be unplugged already
                port.close()
