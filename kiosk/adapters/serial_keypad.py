"""A keypad on a serial line; when it is unplugged, the reader waits for it to come back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import serial

from kiosk.adapters.hot_plug import FIRST_WAIT_S, HotPlug
from kiosk.adapters.serial_port import SERIAL_FAULTS, SerialPort, open_port
from kiosk.domain.keypad_line import KeypadLines, KeyStroke
from kiosk.use_cases.ports import nobody_minds

log = logging.getLogger(__name__)


class SerialKeypad:
    """Reads key presses in a thread of its own; `on_key` and `on_link` are called from it."""

    def __init__(
        self, port: SerialPort, lines: KeypadLines, *, first_wait_s: float = FIRST_WAIT_S
    ) -> None:
        self._at = port
        self._lines = lines
        self._first_wait_s = first_wait_s
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._port: serial.Serial | None = None
        self._thread: threading.Thread | None = None

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        """Read in the background; a line is a whole press, so a held key is not seen here."""
        del on_stuck
        self._thread = threading.Thread(
            target=self._run, args=(on_key, on_link), name="keypad", daemon=True
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

    def _run(self, on_key: Callable[[KeyStroke], None], on_link: Callable[[bool], None]) -> None:
        plug = HotPlug(f"keypad at {self._at.path}", self._open, SERIAL_FAULTS, self._first_wait_s)
        plug.run(lambda port: self._read_until_lost(port, on_key), on_link, self._closing)

    def _open(self) -> serial.Serial:
        port = open_port(self._at)
        self._lines.reset()
        return port

    def _read_until_lost(self, port: serial.Serial, on_key: Callable[[KeyStroke], None]) -> None:
        with self._lock:
            self._port = port
        try:
            while not self._closing.is_set():
                rejected = self._lines.rejected
                for stroke in self._lines.feed(port.read(1) + port.read(port.in_waiting)):
                    on_key(stroke)
                if self._lines.rejected > rejected:
                    log.warning("keypad %s: an unreadable line was left out", self._at.path)
        except SERIAL_FAULTS as fault:
            log.info("keypad %s lost: %s", self._at.path, fault)
        finally:
            with self._lock:
                self._port = None
            _close(port)


def _close(port: serial.Serial) -> None:
    try:
        port.close()
    except SERIAL_FAULTS as fault:
        log.debug("closing a lost keypad: %s", fault)
