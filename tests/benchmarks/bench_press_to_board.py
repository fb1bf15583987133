"""Measures a key press until everybody sees it: `python -m tests.benchmarks.bench_press_to_board`.

The real server in its own process with a SQLite store, the embedded broker or the real mosquitto,
a keypad, a display over MQTT and a board over SSE. Each press calls a citizen; the time runs from
the publish of the press to the arrival of the answer, of the call and of the boards.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from queue_server.adapters.credential_files import read_credentials
from queue_server.adapters.topic_rights import Account, device_account, server_account
from queue_server.config.office_file import OfficeFile
from queue_server.contracts import topics
from queue_server.contracts.config_file import read_config
from tests.integration.bridged_office import envelope
from tests.integration.office_brokers import Device, Mosquitto

COUNTER = 1
KEYPAD, KIOSK, DISPLAY = "counter-1", "kiosk-1", "display-1"
WAIT_S = 10.0
BETWEEN_S = 0.15
"""A clerk is no faster than this; the pauses between two repaints are not what is asked here."""


class Office:
    """A new sample office on disk and its logins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        motcua("init", str(folder), "--sample", "ward").wait()
        self.file = read_config(folder / "motcua.toml", OfficeFile)
        self.id = self.file.office.id
        self.secrets = {c.id: c.secret for c in read_credentials(folder / "credentials")}
        counter = next(c for c in self.file.counters if c.number == COUNTER)
        self.service = counter.services[0]

    def accounts(self) -> list[Account]:
        found = [server_account(self.id, self.secrets["server"])]
        for device in self.file.devices:
            secret = self.secrets[device.id]
            account = device_account(self.id, device.id, device.role, secret, device.counter)
            found += [account] if account else []
        return found


def motcua(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "queue_server", *arguments], stdout=subprocess.PIPE, text=True
    )


@contextmanager
def serving(office: Office, mqtt: str) -> Iterator[tuple[str, int]]:
    """The server's HTTP address and the broker's port."""
    server = motcua("server", "--data", str(office.folder), "--http", "127.0.0.1:0", "--mqtt", mqtt)
    try:
        assert server.stdout is not None
        *_, url, _mqtt, broker = server.stdout.readline().split()
        yield url, int(broker.rpartition(":")[2])
    finally:
        server.terminate()
        server.wait()


class Watcher:
    """Notes when each ticket number first arrived."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._changed = threading.Condition()

    def note(self, numbers: list[str]) -> None:
        now = time.perf_counter()
        with self._changed:
            for number in numbers:
                self._seen.setdefault(number, now)
            self._changed.notify_all()

    def when(self, number: str) -> float:
        with self._changed:
            assert self._changed.wait_for(lambda: number in self._seen, WAIT_S), number
            return self._seen[number]


def called_on(board: dict[str, Any]) -> list[str]:
    return [call["number"] for call in board.get("calls", [])]


def follow_sse(url: str, secret: str, watcher: Watcher, ready: threading.Event) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.stream("GET", f"{url}/api/v1/board/stream", headers=headers, timeout=None) as lines:  # noqa: S113 - it ends with the server
        try:
            for line in lines.iter_lines():
                if line.startswith("data:"):
                    watcher.note(called_on(json.loads(line[5:])))
                    ready.set()
        except httpx.HTTPError:
            return


def press_all(office: Office, url: str, port: int, count: int) -> dict[str, list[float]]:
    """Milliseconds for each press, by what arrived."""
    with ExitStack() as stack:

        def device(name: str) -> Device:
            made = Device(port, name, password=office.secrets[name])
            stack.callback(made.close)
            return made

        kiosk, keypad, display = device(KIOSK), device(KEYPAD), device(DISPLAY)
        take_tickets(office, kiosk, count)
        calls, board, sse, ready = Watcher(), Watcher(), Watcher(), threading.Event()
        answers: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()

        def shown(_client: object, _data: object, message: Any) -> None:
            body = json.loads(message.payload)
            if message.topic == topics.calls(office.id):
                calls.note([body["number"]])
            else:
                board.note(called_on(body["board"]))

        def answered(_client: object, _data: object, message: Any) -> None:
            answers.put((time.perf_counter(), json.loads(message.payload)))

        display.client.on_message, keypad.client.on_message = shown, answered
        for topic in (topics.calls(office.id), topics.board(office.id)):
            display.subscribe(topic)
        keypad.subscribe(topics.counter_state(office.id, COUNTER))
        arguments = (url, office.secrets["admin"], sse, ready)
        threading.Thread(target=follow_sse, args=arguments, daemon=True).start()
        assert ready.wait(WAIT_S)

        seen = {"call at the display, MQTT": calls, "board, MQTT": board, "board, SSE": sse}
        return press(office, keypad, count, answers, seen)


def press(
    office: Office,
    keypad: Device,
    count: int,
    answers: queue.Queue[tuple[float, dict[str, Any]]],
    seen: dict[str, Watcher],
) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {}
    for seq in range(2 * count):
        end = "AC"[seq % 2]
        fields = envelope(KEYPAD, id=f"p{seq}", seq=seq, boot="bench", end=end)
        payload = json.dumps(fields, default=lambda moment: moment.isoformat())
        start = time.perf_counter()
        keypad.client.publish(topics.counter_key(office.id, COUNTER), payload, 1)
        at, state = answer_to(f"p{seq}", answers)
        if end == "C":
            time.sleep(BETWEEN_S)
            continue
        arrivals = {"answer at the keypad": at}
        arrivals |= {what: watcher.when(state["number"]) for what, watcher in seen.items()}
        for what, arrived in arrivals.items():
            taken.setdefault(f"press → {what}", []).append((arrived - start) * 1e3)
    return taken


def answer_to(
    press: str, answers: queue.Queue[tuple[float, dict[str, Any]]]
) -> tuple[float, dict[str, Any]]:
    while True:
        at, state = answers.get(timeout=WAIT_S)
        if state.get("answers") == press:
            assert state["notice"] is None, state
            return at, state


def take_tickets(office: Office, kiosk: Device, count: int) -> None:
    assert kiosk.subscribe(topics.kiosk_reply(office.id, KIOSK))
    for number in range(count):
        ask = envelope(KIOSK, kind="issue", key=f"k{number}", ticket={"service": office.service})
        body = json.dumps(ask, default=lambda moment: moment.isoformat())
        kiosk.publish(topics.kiosk_request(office.id, KIOSK), body)
        assert json.loads(kiosk.next().payload)["ok"]


def probe(count: int) -> dict[str, list[float]]:
    """What the machine itself needs: a byte there and back, and a write to the disk."""

    def timed(work: Callable[[], object]) -> list[float]:
        taken = []
        for _ in range(count):
            start = time.perf_counter()
            work()
            taken.append((time.perf_counter() - start) * 1e3)
        return taken

    near, far = socket.socketpair()
    with near, far, tempfile.TemporaryFile() as file:
        handle = file.fileno()
        return {
            "probe: one byte through a socket": timed(lambda: (near.send(b"x"), far.recv(1))),
            "probe: 4 kB written and fsynced": timed(
                lambda: (os.write(handle, b"x" * 4096), os.fsync(handle))
            ),
        }


def measure(broker: str, count: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        office = Office(Path(folder) / "office")
        mqtt = "embedded"
        if broker == "mosquitto":
            outside = Mosquitto(Path(folder), office.accounts())
            outside.start()
            stack.callback(outside.close)
            mqtt = f"127.0.0.1:{outside.port}"
        url, port = stack.enter_context(serving(office, mqtt))
        return press_all(office, url, port, count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--broker", choices=["embedded", "mosquitto"], action="append")
    options = parser.parse_args()
    rows = [f"{'milliseconds, n = ' + str(options.count):<48}{'p50':>9}{'p99':>9}{'max':>9}"]
    for broker in options.broker or ["embedded", "mosquitto"]:
        rows += lines(f"{broker}: ", measure(broker, options.count))
    rows += lines("", probe(options.count))
    sys.stdout.write("\n".join(rows) + "\n")
    return 0


def lines(prefix: str, taken: dict[str, list[float]]) -> list[str]:
    return [
        f"{prefix + what:<48}{statistics.median(ms):>9.2f}"
        f"{statistics.quantiles(ms, n=100)[98]:>9.2f}{max(ms):>9.2f}"
        for what, ms in taken.items()
    ]


if __name__ == "__main__":
    raise SystemExit(main())
