"""Carries bytes to and from an ESC/POS device over TCP, USB, a serial line or a device file.

The links of python-escpos, taught what they lack: time limits on every step, the truth about
silence, no delayed packets, and no half-open sockets left behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import termios
import time
from pathlib import Path
from typing import Any, Protocol

from escpos.exceptions import Error as EscposError
from escpos.printer import File, Network, Serial, Usb

PIECE = 4096
"""Bytes sent under one time limit: a small buffer takes them only as fast as paper moves."""

LINK_ERRORS = (OSError, NotImplementedError, ValueError, EscposError, termios.error)
"""What python-escpos, pyserial and pyusb raise when a device is not there or goes away."""


class EscposLink(Protocol):
    """A way to one printer that can be opened again after it broke."""

    def open(self) -> None:
        """Find the device, at once or with an error of `LINK_ERRORS`."""
        ...

    def close(self) -> None:
        """Let go of the device; harmless when it is not open."""
        ...

    def send(self, data: bytes) -> None:
        """Hand bytes over; an error of `LINK_ERRORS` when they are not taken in time."""
        ...

    def listen(self, timeout_s: float) -> bytes:
        """Return what the printer says within the time; empty is silence."""
        ...


class TcpLink(Network):
    """A printer with its own network address."""

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        super().__init__(host, port, timeout_s)

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - the library's
        """Connect; small packets leave at once."""
        self.close()
        self.device = socket.create_connection((self.host, self.port), self.timeout)
        self.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        """Send piece by piece, so that the limit is on standing still, not on printing."""
        self.device.settimeout(self.timeout)
        for start in range(0, len(data), PIECE):
            self.device.sendall(data[start : start + PIECE])

    def listen(self, timeout_s: float) -> bytes:
        """Wait for the first bytes; a closed connection is an error, not silence."""
        self.device.settimeout(timeout_s)
        try:
            heard: bytes = self.device.recv(16)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError(errno.ECONNRESET, "the printer closed the connection")
        return heard


class SerialLink(Serial):
    """A printer on a serial line; every time limit starts when the last bit has left."""

    BITS_PER_BYTE = 10

    def __init__(self, device: str, baudrate: int, timeout_s: float) -> None:
        super().__init__(device, baudrate, timeout=timeout_s, dsrdtr=False)
        self._device: Any = False
        self._sent_by = 0.0

    def open(self, raise_not_found: bool = True) -> None:  # noqa: FBT001, FBT002 - the library's
        """Open the line for this process alone."""
        super().open(raise_not_found)
        self.device.exclusive = True

    def send(self, data: bytes) -> None:
        """Send with a limit that grows with the length of the job."""
        needed = len(data) * self.BITS_PER_BYTE / self.baudrate
        self.device.write_timeout = self.timeout + needed
        self._sent_by = max(self._sent_by, time.monotonic()) + needed
        self.device.write(data)

    def listen(self, timeout_s: float) -> bytes:
        """Wait for one byte: asking for more would always cost the whole time limit."""
        self.device.timeout = timeout_s + max(0.0, self._sent_by - time.monotonic())
        heard: bytes = self.device.read(1)
        return heard

    def close(self) -> None:
        """Close without waiting for bytes that a stopped printer will never take."""
        line, self._device = self._device, False
        if line:
            with contextlib.suppress(OSError, termios.error):  # unplugged: nothing to drop
                line.reset_output_buffer()
            line.close()


class UsbLink(Usb):
    """A printer on USB, found by vendor and product number. Not tried without the device."""

    def __init__(
        self, vendor_id: int, product_id: int, endpoints: tuple[int, int], timeout_s: float
    ) -> None:
        self._timeout_ms = max(1, round(timeout_s * 1000))
        in_endpoint, out_endpoint = endpoints
        super().__init__(
            vendor_id, product_id, timeout=self._timeout_ms, in_ep=in_endpoint, out_ep=out_endpoint
        )

    def send(self, data: bytes) -> None:
        """Send piece by piece; the device may take part of a piece."""
        start = 0
        while start < len(data):
            piece = data[start : start + PIECE]
            taken = self.device.write(self.out_ep, piece, self._timeout_ms)
            if taken <= 0:
                raise TimeoutError("the USB printer takes no data")
            start += taken

    def listen(self, timeout_s: float) -> bytes:
        """Read once from the device's own endpoint."""
        try:
            return bytes(self.device.read(self.in_ep, 16, max(1, round(timeout_s * 1000))))
        except OSError as error:
            if error.errno == errno.ETIMEDOUT:
                return b""
            raise


class FileLink(File):
    """A device file such as /dev/usb/lp0, or a plain file that collects jobs; it only listens."""

    def __init__(self, path: Path, timeout_s: float) -> None:
        super().__init__(str(path))
        self._timeout_s = timeout_s

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - the library's
        """Open at the end, so that a slip never erases the one before."""
        self.close()
        self.device = Path(self.devfile).open("ab", buffering=0)  # noqa: SIM115 - close() closes
        os.set_blocking(self.device.fileno(), False)

    def send(self, data: bytes) -> None:
        """Write everything; a device that takes nothing for the time limit is an error."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.device.write(rest) or 0 :]
            if rest and not select.select([], [self.device], [], self._timeout_s)[1]:
                raise TimeoutError(errno.ETIMEDOUT, "the device takes no data")

    def listen(self, timeout_s: float) -> bytes:
        """Refuse: a file says nothing."""
        raise NotImplementedError("a file cannot be asked")
