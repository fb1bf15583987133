"""Measures a key until the LED shows it: `python -m tests.benchmarks.bench_press_to_led`.

The real server in its own process with a SQLite store, the embedded broker or the real mosquitto,
and the real `motcua counter` in a third, with a serial keypad and an ASCII LED sign on
pseudo-terminals.
The time runs from the keypad's line until the last byte of the frame that changed; the pty has no
baud rate, so 8 bytes at 9600 baud (8.3 ms) and the keypad's own line (4 to 8 ms) come on top.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kiosk.domain.counter_sign import REMARK_TEXTS, Remark, fit
from kiosk.domain.keypad_line import KeyStroke, encode
from queue_server.contracts import topics
from tests.benchmarks.bench_press_to_board import (
    COUNTER,
    KEYPAD,
    KIOSK,
    WAIT_S,
    Office,
    Watcher,
    lines,
    motcua,
    probe,
    serving,
    take_tickets,
)
from tests.integration.office_brokers import Device, Mosquitto
from tests.ptys import PtyDevice

STX, ETX = b"\x02", b"\x03"
WIDTH = 4
CALL, START, FINISH = KeyStroke("", "A"), KeyStroke("", "C"), KeyStroke("", "D")
HELP, CAME = KeyStroke("0", "*"), KeyStroke("1", "*")
BETWEEN_S = 0.1


class Desk:
    """One counter's keypad and sign, as wires."""

    def __init__(self, folder: Path) -> None:
        self.keypad = PtyDevice(folder / "keypad")
        self.sign = PtyDevice(folder / "sign")

    def press(self, stroke: KeyStroke) -> float:
        """Press; when it left the finger."""
        began = time.perf_counter()
        self.keypad.send(encode(stroke))
        return began

    def until(self, text: str) -> float:
        """When the last byte of a frame with this text had come."""
        wanted, read = fit(text, WIDTH).encode() + ETX, b""
        end = time.monotonic() + WAIT_S
        while wanted not in read:
            ready, _, _ = select.select([self.sign.fd], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"the sign never said {text!r}; it says {read[-40:]!r}"
            read += os.read(self.sign.fd, 256)
        return time.perf_counter()


@contextmanager
def manned(office: Office, desk: Desk, port: int, folder: Path) -> Iterator[None]:
    """`motcua counter` at this desk."""
    config = folder / "counter.toml"
    config.write_text(
        f'office = "{office.id}"\ncounter = {COUNTER}\n'
        f'credentials = "{office.folder}/credentials/{KEYPAD}.json"\nmqtt.port = {port}\n'
        f'[keypad]\npath = "{desk.keypad.path}"\n'
        f'[display]\nfamily = "ascii"\npath = "{desk.sign.path}"\nwidth = {WIDTH}\n'
    )
    counter = motcua("counter", "--config", str(config))
    try:
        yield
    finally:
        counter.terminate()
        counter.wait()


def press_all(office: Office, port: int, count: int, folder: Path) -> dict[str, list[float]]:
    """Milliseconds by what was pressed and what was seen."""
    taken: dict[str, list[float]] = {}
    with ExitStack() as stack:
        kiosk = Device(port, KIOSK, password=office.secrets[KIOSK])
        stack.callback(kiosk.close)
        take_tickets(office, kiosk, count)
        display = Device(port, "display-1", password=office.secrets["display-1"])
        stack.callback(display.close)
        calls = Watcher()
        display.client.on_message = lambda _c, _u, message: calls.note(
            [json.loads(message.payload)["number"]]
        )
        display.subscribe(topics.calls(office.id))
        desk = Desk(folder)
        stack.enter_context(manned(office, desk, port, folder))
        desk.until("")
        first = office.file.services[0].letter
        for number in range(1, count + 1):
            label = f"{first}{number:03}"
            _one(desk, label, calls, taken)
        _refusals(desk, count, taken)
    return taken


def _one(desk: Desk, label: str, calls: Watcher, taken: dict[str, list[float]]) -> None:
    """Call, start, finish one citizen; each press waits until the sign is back."""

    def note(what: str, since: float, at: float) -> None:
        taken.setdefault(what, []).append((at - since) * 1e3)

    began = desk.press(CALL)
    note("call → number on the LED", began, desk.until(label))
    note("call → display, MQTT", began, calls.when(label))
    desk.press(START)
    began = desk.press(HELP)  # behind START, so its answer says that both were heard
    note("two keys at once → second answered", began, desk.until(REMARK_TEXTS[Remark.HELP_ASKED]))
    began = desk.press(FINISH)
    note("finish → LED cleared", began, desk.until("----"))
    time.sleep(BETWEEN_S)


def _refusals(desk: Desk, count: int, taken: dict[str, list[float]]) -> None:
    """With nobody left: what a clerk sees of a press that does nothing."""
    for _ in range(count // 4):
        for stroke, remark in ((CALL, Remark.NOBODY_WAITING), (START, Remark.NOT_ALLOWED)):
            began = desk.press(stroke)
            at = desk.until(REMARK_TEXTS[remark])
            taken.setdefault(f"refused → {remark.value}", []).append((at - began) * 1e3)


def measure(broker: str, count: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        office = Office(folder / "office")
        mqtt = "embedded"
        if broker == "mosquitto":
            outside = Mosquitto(folder, office.accounts())
            outside.start()
            stack.callback(outside.close)
            mqtt = f"127.0.0.1:{outside.port}"
        _url, port = stack.enter_context(serving(office, mqtt))
        return press_all(office, port, count, folder)


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


if __name__ == "__main__":
    raise SystemExit(main())
