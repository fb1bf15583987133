"""Tells the supervisor that a program is up and works: datagrams of systemd's notify protocol."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Mapping

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
        """The first screen stands, or the work has begun."""
        self._say(b"READY=1")

    def alive(self) -> None:
        """The screen still turns, the work still goes on."""
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


class Heartbeat:
    """For a program without a screen: a thread asks whether it works, and says so while it does.

    What hangs answers nothing, so nothing is said, and the supervisor starts the program anew.
    """

    def __init__(self, notify: ServiceNotify) -> None:
        """Nothing is said yet."""
        self._notify = notify
        self._works: Callable[[], bool] | None = None
        self._ended = threading.Event()

    def watch(self, works: Callable[[], bool]) -> None:
        """Ask this from now on; with the first, say that the program is up. It may block."""
        first, self._works = self._works is None, works
        if first:
            self._notify.ready()
            if self._notify.beat_every_s is not None:
                threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def stopping(self) -> None:
        """The program ends because it was asked to."""
        self._ended.set()
        self._notify.stopping()

    def _beat(self) -> None:
        while not self._ended.is_set():
            if self._works is not None and self._works():
                self._notify.alive()
            self._ended.wait(self._notify.beat_every_s)


def _seconds(usec: str) -> float | None:
    return int(usec) / USEC if usec.isdecimal() and int(usec) else None
