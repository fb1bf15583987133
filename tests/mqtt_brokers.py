"""Real brokers in child processes, on free ports, for tests and faults."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pytest

from tests.integration.amqtt_process import AmqttProcess

MOSQUITTO = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")

# Little is logged, because nobody reads the pipe after the start.
SETTINGS = """
listener {port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
connection_messages false
log_dest stderr
log_type error
log_type information
"""


class TestBroker(Protocol):
    """What a test does to a broker."""

    __test__ = False

    port: int

    def start(self) -> None: ...

    def kill(self) -> None: ...


class Mosquitto:
    """`mosquitto` as in production, but open to anybody on this machine's loopback.

    Starts on entry, is killed on exit; `kill` and `start` again play an outage.
    """

    def __init__(self, folder: Path) -> None:
        self._config = folder / "mosquitto.conf"
        self._last_words = ""
        self.port = 0
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it accepts connections; the port stays the same from the first start on."""
        assert MOSQUITTO is not None
        for _ in range(5):  # another test may take the free port before mosquitto does
            port = self.port or _free_port()
            self._config.write_text(SETTINGS.format(port=port))
            child = subprocess.Popen(
                [MOSQUITTO, "-c", str(self._config)], stderr=subprocess.PIPE, bufsize=0
            )
            if self._is_running(child):
                self.port, self._child = port, child
                return
        raise AssertionError(f"mosquitto does not start: {self._last_words}")

    def _is_running(self, child: subprocess.Popen[bytes]) -> bool:
        assert child.stderr is not None
        self._last_words = ""
        for line in child.stderr:
            self._last_words += line.decode(errors="replace")
            if b" running" in line:
                return True
        child.wait()
        child.stderr.close()
        return False

    def kill(self) -> None:
        """As a power cut: no goodbye, nothing saved."""
        if self._child is not None:
            assert self._child.stderr is not None
            self._child.kill()
            self._child.wait()
            self._child.stderr.close()
            self._child = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_broker(kind: str, folder: Path) -> Iterator[TestBroker]:
    """`mosquitto` as in production or `amqtt` as embedded; a missing Debian package skips."""
    if kind == "amqtt":
        with AmqttProcess() as embedded:
            yield embedded
        return
    if MOSQUITTO is None:
        pytest.skip("mosquitto is not installed")
    with Mosquitto(folder) as broker:
        yield broker
