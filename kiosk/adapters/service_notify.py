"""Tells the supervisor that the kiosk is up and alive: datagrams of systemd's notify protocol."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

USEC = 1_000_000


class ServiceNotify:
    """One process and whoever supervises it; silent where nobody does."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # systemd writes the first byte of an abstract name, which is 0, as @.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._timeout_s = _seconds(environment.get("WATCHDOG_USEC", ""))

    @property
    def beat_every_s(self) -> float | None:
        """How often to say `alive`: a third of what is allowed; None when nobody counts."""
        return self._timeout_s / 3 if self._address and self._timeout_s else None

    def ready(self) -> None:
        """The first screen stands."""
        self._say(b"READY=1")

    def alive(self) -> None:
        """The screen still turns."""
        self._say(b"WATCHDOG=1")

    def stopping(self) -> None:
        """It ends because it was asked to."""
        self._say(b"STOPPING=1")

    def _say(self, words: bytes) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            try:
                line.sendto(words, self._address)
            except OSError:
                return  # the supervisor has gone or is slow; the kiosk is not stopped by that


def _seconds(usec: str) -> float | None:
    return int(usec) / USEC if usec.isdecimal() and int(usec) else None
