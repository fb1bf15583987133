"""Keeps a kiosk running: starts it, listens for its heartbeat, ends and starts it anew.

For machines where no systemd does it. The child speaks the same notify protocol to both.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

START_S, SILENT_S = 60.0, 30.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
LIVED_WELL_S = 60.0
UNUSABLE = 2
USEC = 1_000_000


class Keeper:
    """One child at a time.

    `silent_s` without a heartbeat, or `start_s` without the first, means that it hangs. A child
    that ends with 2 has an unusable configuration: nothing is gained by starting it again.
    """

    def __init__(
        self, command: Sequence[str], *, start_s: float = START_S, silent_s: float = SILENT_S
    ) -> None:
        self._command = list(command)
        self._start_s, self._silent_s = start_s, silent_s
        self._stop_read, self._stop_write = socket.socketpair()
        self._ended = False
        self.starts = 0

    def stop(self, *_signal: object) -> None:
        """End the child and then `run`; may be called from a signal handler."""
        self._ended = True
        with contextlib.suppress(OSError):  # it has ended by itself
            self._stop_write.send(b"x")

    def run(self) -> int:
        """Keep the child running until `stop`.

        Returns:
            the code with which to end: 0 after `stop`, 2 for an unusable configuration.
        """
        with self._stop_read, self._stop_write:
            return self._run()

    def _run(self) -> int:
        pause_s = FIRST_PAUSE_S
        while True:
            began = time.monotonic()
            code = self._one_life()
            if self._ended:
                return 0
            if code == UNUSABLE:
                return UNUSABLE
            lived_well = time.monotonic() - began >= LIVED_WELL_S
            pause_s = FIRST_PAUSE_S if lived_well else min(pause_s * 2, LONGEST_PAUSE_S)
            log.error("the kiosk ended with %d; started anew in %.0f s", code, pause_s)
            if select.select([self._stop_read], [], [], pause_s)[0]:
                return 0

    def _one_life(self) -> int:
        with (
            tempfile.TemporaryDirectory(prefix="motcua-keeper-") as folder,
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
        ):
            address = str(Path(folder) / "notify")
            ear.bind(address)
            usec = str(int(self._silent_s * USEC))
            more = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": usec}
            child = subprocess.Popen(self._command, env={**os.environ, **more})  # noqa: S603 - ours
            self.starts += 1
            try:
                self._listen(child, ear)
            finally:
                if child.poll() is None:
                    child.kill()
            return child.wait()

    def _listen(self, child: subprocess.Popen[bytes], ear: socket.socket) -> None:
        """Return when the child has ended, hangs, or is to end."""
        exited = os.pidfd_open(child.pid)
        patience_s = self._start_s
        try:
            while True:
                sources: list[Any] = [ear, exited, self._stop_read]
                heard, _, _ = select.select(sources, [], [], patience_s)
                if self._stop_read in heard:
                    _end(child)
                if not heard:
                    log.error("no heartbeat for %.0f s: the kiosk hangs", patience_s)
                if ear not in heard or exited in heard or self._ended:
                    return
                ear.recv(256)
                patience_s = self._silent_s
        finally:
            os.close(exited)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
