"""Opening a serial port so that unplugging it is an ordinary event."""

from __future__ import annotations

import termios
from dataclasses import dataclass

import serial

# pyserial lets both through bare: OSError from reads and `in_waiting`, termios.error from settings.
SERIAL_FAULTS = (OSError, termios.error)

WRITE_TIMEOUT_S = 1.0


@dataclass(frozen=True, slots=True)
class SerialPort:
    """Where a device hangs: a path that survives unplugging (a udev symlink), and its speed."""

    path: str
    baud: int


def open_port(port: SerialPort) -> serial.Serial:
    """Open 8N1, for us alone; reads block until `cancel_read`.

    Raises:
        OSError: there is no device behind the path, or somebody else has it.
        termios.error: the device does not take the settings.
    """
    return serial.Serial(
        port.path, baudrate=port.baud, timeout=None, write_timeout=WRITE_TIMEOUT_S, exclusive=True
    )
