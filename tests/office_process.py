"""A real `motcua server` as a process on one folder and one port: started, killed, again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from queue_server.adapters.new_office import make_office

UP_WITHIN_S = 60.0
PAUSE_S = 0.005


def free_port() -> int:
    """A port that was free a moment ago; servers that are restarted need a fixed one."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def raw_get(port: int, path: str, host: str = "127.0.0.1") -> int:
    """The HTTP status of a GET without a sign-in; 0 when nobody answers."""
    try:
        with socket.create_connection((host, port), 5) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n".encode())
            head = line.recv(64)
    except OSError:
        return 0
    return int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else 0


class OfficeProcess:
    """`folder` holds the office, made from the sample ward when it is empty."""

    def __init__(
        self,
        folder: Path,
        *,
        mqtt: str = "embedded",
        host: str = "127.0.0.1",
        before: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`before` stands before the command, to run it somewhere else than here."""
        if not (folder / "motcua.toml").exists():
            make_office(folder, "ward")
        self.folder = folder
        self.log = folder.with_suffix(".log")  # beside it: the office's disk may be full
        self.host = host
        self.port = free_port()
        self._mqtt = mqtt
        self._before = before
        self._environment = environment
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where its HTTP server answers."""
        return f"http://{self.host}:{self.port}"

    def client(self, name: str = "admin") -> httpx.Client:
        """An HTTP client that is signed in; the caller closes it."""
        headers = {"Authorization": f"Bearer {self.secret(name)}"}
        return httpx.Client(timeout=60, base_url=f"{self.url}/api/v1", headers=headers)

    @property
    def pid(self) -> int:
        """Of the running server."""
        if self._child is None:
            raise RuntimeError("the server does not run")
        return self._child.pid

    def secret(self, name: str = "admin") -> str:
        """The secret of a credential file."""
        path = self.folder / "credentials" / f"{name}.json"
        found: str = json.loads(path.read_text("utf-8"))["secret"]
        return found

    def start(self) -> float:
        """Start; seconds until the first `200` from `/readyz`."""
        began = time.perf_counter()
        child = self.start_unseen()
        # No event tells of a port that will listen; who waits for it can only ask again.
        while raw_get(self.port, "/readyz", self.host) != HTTPStatus.OK:
            if child.poll() is not None:
                raise AssertionError(self.log.read_text("utf-8")[-2000:])
            if time.perf_counter() - began > UP_WITHIN_S:
                raise AssertionError("the server does not answer")
            time.sleep(PAUSE_S)
        return time.perf_counter() - began

    def start_unseen(self) -> subprocess.Popen[str]:
        """Start without asking whether it answers."""
        with self.log.open("a") as log:
            self._child = subprocess.Popen(
                [
                    *self._before,
                    *(sys.executable, "-m", "queue_server", "server", "--data", str(self.folder)),
                    *("--http", f"{self.host}:{self.port}", "--mqtt", self._mqtt),
                ],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self._child

    def first_line(self) -> str:
        """What it says when everything is joined: its addresses."""
        if self._child is None or self._child.stdout is None:
            raise RuntimeError("the server does not run")
        return self._child.stdout.readline().strip()

    def kill(self) -> None:
        """SIGKILL: nothing is said, flushed or closed."""
        if self._child is not None:
            os.kill(self._child.pid, signal.SIGKILL)
            self._child.communicate()

    def wait(self) -> int:
        """Until it has ended by itself; the exit code."""
        if self._child is None:
            return 0
        self._child.communicate(timeout=30)
        return self._child.returncode

    def stop(self) -> int:
        """SIGTERM and wait; the exit code."""
        if self._child is None:
            return 0
        self._child.terminate()
        self._child.communicate(timeout=30)
        return self._child.returncode
