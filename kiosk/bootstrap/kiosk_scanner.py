"""Builds the code scanner of a kiosk, and remembers what staff should know of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from kiosk.adapters.identity_file import read_identity_facts
from kiosk.adapters.serial_port import SerialPort
from kiosk.adapters.serial_scanner import SerialScanner
from kiosk.config.kiosk import ScannerSection
from kiosk.domain.scan import Scan, understood

WEDGE = (
    "Máy quét đang ở chế độ bàn phím: chuyển sang USB-COM / "
    "the scanner is in keyboard mode: switch it to USB-COM"
)


@dataclass(slots=True)
class ScannerHealth:
    """What the office is told of the scanner, until the kiosk is started anew."""

    trouble: str = ""

    def refused(self) -> None:
        """A scanner typed like a keyboard."""
        self.trouble = WEDGE


def make_scanner(section: ScannerSection | None, stack: ExitStack) -> SerialScanner | None:
    """The scanner, None where none is configured; it is opened when the screen listens."""
    if section is None:
        return None
    scanner = SerialScanner(SerialPort(section.path, section.baud))
    stack.callback(scanner.close)
    return scanner


def make_understanding(today: Callable[[], date]) -> Callable[[str | None], Scan]:
    """What turns a scan into what it is."""
    facts = read_identity_facts()
    return lambda text: understood(text, facts, today())
