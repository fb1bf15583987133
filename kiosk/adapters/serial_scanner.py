"""A scanner in USB-COM mode: whole scans as text; nothing of them is logged."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.adapters.hot_plug import FIRST_WAIT_S
from kiosk.adapters.serial_port import SerialPort
from kiosk.adapters.serial_reader import SerialReader
from kiosk.domain.scan_lines import ScanLines


class SerialScanner:
    """Reads scans in a thread of its own; `on_scan` and `on_link` are called from it."""

    def __init__(self, port: SerialPort, *, first_wait_s: float = FIRST_WAIT_S) -> None:
        self._lines = ScanLines()
        self._reader = SerialReader("scanner", port, self._lines.reset, first_wait_s)

    def start(self, on_scan: Callable[[str | None], None], on_link: Callable[[bool], None]) -> None:
        """Read in the background; None stands for a scan that is no text."""
        self._reader.start(lambda data: self._take(data, on_scan), on_link)

    def close(self) -> None:
        """Stop reading and let go of the device."""
        self._reader.close()

    def _take(self, data: bytes, on_scan: Callable[[str | None], None]) -> None:
        for scan in self._lines.feed(data):
            on_scan(scan)
