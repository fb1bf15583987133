"""A keypad on a serial line; when it is unplugged, the reader waits for it to come back."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.adapters.hot_plug import FIRST_WAIT_S
from kiosk.adapters.serial_port import SerialPort
from kiosk.adapters.serial_reader import SerialReader
from kiosk.domain.keypad_line import KeypadLines, KeyStroke
from kiosk.use_cases.ports import nobody_minds

log = logging.getLogger(__name__)


class SerialKeypad:
    """Reads key presses in a thread of its own; `on_key` and `on_link` are called from it."""

    def __init__(
        self, port: SerialPort, lines: KeypadLines, *, first_wait_s: float = FIRST_WAIT_S
    ) -> None:
        self._path = port.path
        self._lines = lines
        self._reader = SerialReader("keypad", port, lines.reset, first_wait_s)

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        """Read in the background; a line is a whole press, so a held key is not seen here."""
        del on_stuck
        self._reader.start(lambda data: self._take(data, on_key), on_link)

    def close(self) -> None:
        """Stop reading and let go of the device."""
        self._reader.close()

    def _take(self, data: bytes, on_key: Callable[[KeyStroke], None]) -> None:
        rejected = self._lines.rejected
        for stroke in self._lines.feed(data):
            on_key(stroke)
        if self._lines.rejected > rejected:
            log.warning("keypad %s: an unreadable line was left out", self._path)
