"""Reads a serial device in a thread of its own; unplugged, it waits for it to come back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import serial

from kiosk.adapters.hot_plug import HotPlug
from kiosk.adapters.serial_port import SERIAL_FAULTS, SerialPort, open_port

log = logging.getLogger(__name__)


class SerialReader:
    """Hands on what comes, as it comes; bytes are never logged."""

    def __init__(
        self, what: str, port: SerialPort, begin: Callable[[], None], first_wait_s: float
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            what: the device's kind, for the log and the thread's name.
            port: where it hangs.
            begin: called each time it was opened: half a message of before is worth nothing.
            first_wait_s: the pause before it is looked for again.
        """
        self._what = what
        self._at = port
        self._begin = begin
        self._first_wait_s = first_wait_s
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._port: serial.Serial | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_bytes: Callable[[bytes], None], on_link: Callable[[bool], None]) -> None:
        """Read in the background; both are called from there."""
        self._thread = threading.Thread(
            target=self._run, args=(on_bytes, on_link), name=self._what, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop reading and let go of the device."""
        self._closing.set()
        with self._lock:
            if self._port is not None:
                self._port.cancel_read()
        if self._thread is not None:
            self._thread.join()

    def _run(self, on_bytes: Callable[[bytes], None], on_link: Callable[[bool], None]) -> None:
        name = f"{self._what} at {self._at.path}"
        plug = HotPlug(name, self._open, SERIAL_FAULTS, self._first_wait_s)
        plug.run(lambda port: self._read_until_lost(port, on_bytes), on_link, self._closing)

    def _open(self) -> serial.Serial:
        port = open_port(self._at)
        self._begin()
        return port

    def _read_until_lost(self, port: serial.Serial, on_bytes: Callable[[bytes], None]) -> None:
        with self._lock:
            self._port = port
        try:
            while not self._closing.is_set():
                on_bytes(port.read(1) + port.read(port.in_waiting))
        except SERIAL_FAULTS as fault:
            log.info("%s %s lost: %s", self._what, self._at.path, fault)
        finally:
            with self._lock:
                self._port = None
            self._let_go(port)

    def _let_go(self, port: serial.Serial) -> None:
        try:
            port.close()
        except SERIAL_FAULTS as fault:
            log.debug("closing a lost %s: %s", self._what, fault)
