"""`motcua demo` as a process: its words and addresses, and what is left after a stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

STOPS_WITHIN_S = 60.0


class Demo:
    """A running demo; its words are read line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.family = psutil.Process(process.pid)
        self.said = ""
        said = self.read_until("stops everything")
        self.board = _address(r"board +(\S+)", said)
        self.display = _address(r"display +(\S+)", said)
        self.url = _address(r"(http://[^/]+)/", self.board)
        self.secret = _address(r"#key=(\S+)", self.board)

    @property
    def console(self) -> str:
        """Where a clerk works; a demo alone says it."""
        return _address(r"console +(\S+)", self.said)

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return self.said
        raise AssertionError(f"it ended without saying {words!r}:\n{self.said}")

    def stop(self, number: signal.Signals) -> None:
        """Signal it; it and all that it started must be gone, with its port."""
        everybody = [self.family, *self.family.children(recursive=True)]
        assert len(everybody) > 1, "the broker is a process of its own"
        self.process.send_signal(number)
        assert self.process.wait(STOPS_WITHIN_S) == 0
        _, alive = psutil.wait_procs(everybody[1:], timeout=1)
        assert not alive
        host, port = self.url.removeprefix("http://").split(":")
        with pytest.raises(OSError), socket.create_connection((host, int(port)), timeout=1):
            pass


@contextmanager
def demo(*arguments: str, screen: bool = False, command: str = "demo") -> Iterator[Demo]:
    """A demo on a free port; `screen` gives it one that nobody sees."""
    if command == "demo" and "--past-days" not in arguments:
        arguments = (*arguments, "--past-days", "0")
    environment = dict(os.environ)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    if screen:
        environment |= {"DISPLAY": ":none", "SDL_VIDEODRIVER": "offscreen"}
    program = [sys.executable, "-W", "error", "-m", "queue_server", command]
    with subprocess.Popen(
        [*program, "--http", "127.0.0.1:0", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield Demo(process)
        finally:
            process.kill()


def _address(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    assert found is not None, said
    return found[1]
