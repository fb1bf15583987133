"""An MQTT broker that starts with the server, is restarted when it dies and ends with it."""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pwdlib.hashers.argon2 import Argon2Hasher

from queue_server.adapters.broker_tls import BrokerTls, leave_for_broker
from queue_server.adapters.topic_rights import Account

log = logging.getLogger(__name__)

READY_WITHIN_S = 20.0
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
PROGRAM = "queue_server.adapters.broker_process"


class BrokerDidNotStart(Exception):  # noqa: N818 - said to the operator as a state
    """The embedded broker could not listen; the message says why."""


class EmbeddedBroker:
    """The broker's process and the thread that watches over it.

    The accounts are written to `directory` (mode 0600, passwords as Argon2 hashes) at the start and
    at each change. With `tls` it lets in certificates of the office only, and each with the log-in
    that it was given to.
    """

    def __init__(
        self,
        directory: Path,
        accounts: Sequence[Account],
        host: str = "127.0.0.1",
        port: int = 0,
        tls: BrokerTls | None = None,
    ) -> None:
        self._directory = directory
        self._accounts = accounts
        self._tls = tls
        self.host = host
        self.port = port
        self.restarts = 0
        self._child: subprocess.Popen[str] | None = None
        self._said: queue.Queue[str] = queue.Queue()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="broker-watcher", daemon=True)

    @property
    def pid(self) -> int | None:
        """Process id of the running broker."""
        with self._lock:
            return self._child.pid if self._child else None

    def start(self) -> None:
        """Launch and return when the broker listens.

        Raises:
            BrokerDidNotStart: for example because the port is taken.
        """
        self.launch()
        self.wait_until_it_listens()

    def launch(self) -> None:
        """Begin to start: the process loads its program while the server does other things."""
        write_accounts(self._directory, self._accounts)
        leave_for_broker(self._directory, self._tls)
        self._launch_child()

    def wait_until_it_listens(self) -> None:
        """Finish what `launch` began; `port` is then the real one.

        Raises:
            BrokerDidNotStart: for example because the port is taken.
        """
        self._wait_for_child()
        self._watcher.start()

    def change(self, accounts: Sequence[Account]) -> None:
        """Let in these log-ins and no others, at once: everybody has to come anew.

        The process is ended and the watcher starts another: nothing in a broker is the truth, and
        a connection that was open a moment ago is surely gone.
        """
        with self._lock:
            self._accounts = accounts
            write_accounts(self._directory, accounts)
            if self._child is not None:
                self._child.kill()

    def close(self) -> None:
        """End the broker and wait for its end."""
        self._closing.set()
        with self._lock:
            child = self._child
        if child is not None:
            _end(child)
        if self._watcher.is_alive():
            self._watcher.join()

    def _launch_child(self) -> None:
        with self._lock:
            if self._closing.is_set():
                return
            child = self._child = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *(sys.executable, "-W", "ignore", "-m", PROGRAM),
                    *(self.host, str(self.port), str(self._directory)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._said = queue.Queue()
        log_thread = threading.Thread(
            target=_listen, args=(child, self._said), name="broker-log", daemon=True
        )
        log_thread.start()

    def _wait_for_child(self) -> None:
        child = self._child
        if child is None or self._closing.is_set():
            return
        try:
            word, _, rest = self._said.get(timeout=READY_WITHIN_S).partition(" ")
        except queue.Empty:
            word, rest = "failed", f"silent for {READY_WITHIN_S:.0f} s"
        if word != "listening":
            _end(child)
            raise BrokerDidNotStart(rest or "the broker process ended at once")
        self.port = int(rest)

    def _watch(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._closing.is_set():
            with self._lock:
                child = self._child
            if child is None or child.wait() is None or self._closing.is_set():
                return
            _end(child)
            log.warning("the broker ended (%s); starting it again", child.returncode)
            while not self._closing.wait(pause_s):
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
                try:
                    self._launch_child()
                    self._wait_for_child()
                except BrokerDidNotStart as fault:
                    log.warning("the broker does not start: %s", fault)
                    continue
                self.restarts += 1
                pause_s = FIRST_PAUSE_S
                break


def write_accounts(directory: Path, accounts: Sequence[Account]) -> None:
    """Write what the broker process reads: password hashes and topic lists."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The secrets are random, so a light hash is enough, and many devices can return at once.
    hasher = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1)
    hashes = (f"{account.id}:{hasher.hash(account.secret)}\n" for account in accounts)
    _write_private(directory / "passwords", "".join(hashes))
    lists = {
        account.id: {"publish": account.publish, "subscribe": account.subscribe}
        for account in accounts
    }
    _write_private(directory / "topics.json", json.dumps(lists))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _listen(child: subprocess.Popen[Any], said: queue.Queue[str]) -> None:
    """Hand on the first word of the process, keep the rest for whoever looks at debug level."""
    if child.stdout is None:
        raise RuntimeError("the broker process was started without a pipe")
    with child.stdout as lines:
        first = True
        for line in lines:
            if first and line.startswith(("listening", "failed")):
                first = False
                said.put(line.strip())
            else:
                log.debug("broker: %s", line.rstrip())
    said.put("failed")


def _end(child: subprocess.Popen[Any]) -> None:
    """Close its standard input and wait; kill it if it does not listen."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(3)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
