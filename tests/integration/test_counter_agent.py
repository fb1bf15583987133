"""A whole counter: serial keypad and LED on ptys, a real broker, and a stand-in for the server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.agents.counter import DISPLAY_LOST, KEYPAD_LOST, CounterAgent
from kiosk.bootstrap.counter import start
from kiosk.config.counter import read_counter_config
from kiosk.domain.keypad_line import KeyStroke, encode
from queue_server.contracts.messages import Notice
from tests.mqtt_brokers import TestBroker, running_broker
from tests.ptys import PtyDevice
from tests.server_stand_in import COUNTER, DEVICE, OFFICE, WAIT_S, ServerStandIn

A = KeyStroke("", "A")
DARK, NOBODY, AWAY = "    ", "----", "  E4"


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.key_was_timed = threading.Event()

    def __call__(self) -> float:
        now = self.now
        if threading.current_thread().name == "keypad":
            self.key_was_timed.set()
        return now


class Counter:
    """The agent, its devices, its broker and its server."""

    def __init__(self, broker: TestBroker, folder: Path) -> None:
        self.broker = broker
        self.clock = Clock()
        self.keypad = PtyDevice(folder / "keypad")
        self.sign = PtyDevice(folder / "sign")
        self.server = ServerStandIn(broker.port)
        self.server.start()
        self.config = folder / "counter.toml"
        self._write(folder)
        self.agent = self._start()
        while not self.server.statuses.get(timeout=WAIT_S).online:
            pass

    def _write(self, folder: Path) -> None:
        secret = {"id": DEVICE, "role": "counter", "secret": "s" * 20}
        (folder / "counter-3.json").write_text(json.dumps(secret), encoding="utf-8")
        self.config.write_text(
            f"""
            office = "{OFFICE}"
            counter = {COUNTER}
            credentials = "counter-3.json"
            mqtt.port = {self.broker.port}
            [keypad]
            path = "{self.keypad.path}"
            [display]
            family = "ascii"
            path = "{self.sign.path}"
            """,
            encoding="utf-8",
        )

    def _start(self) -> CounterAgent:
        config = read_counter_config(self.config)
        return start(config, now=self.clock, first_wait_s=0.02, repaint_s=0.02)

    def press(self, stroke: KeyStroke) -> None:
        self.keypad.send(encode(stroke))

    def wait_for_sign(self, text: str) -> None:
        """Read what is painted until it is this text; repainting makes it come again and again."""
        self.sign.wait_for_frame(text)

    def wait_for_detail(self, detail: str | None) -> None:
        while self.server.statuses.get(timeout=WAIT_S).detail != detail:
            pass

    def close(self) -> None:
        self.agent.close()
        self.server.stop()
        self.keypad.unplug()
        self.sign.unplug()


@pytest.fixture(params=["mosquitto", "amqtt"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    with running_broker(request.param, tmp_path) as broker:
        counter = Counter(broker, tmp_path)
        counter.server.say()
        counter.wait_for_sign(NOBODY)
        yield counter
        counter.close()


def test_from_the_key_to_the_number(counter: Counter) -> None:
    counter.press(A)
    press = counter.server.press()
    assert (press.seq, press.digits, press.end, press.age_ms) == (1, "", "A", 0)
    counter.server.say("A012", answers=press)
    counter.wait_for_sign("A012")

    counter.press(KeyStroke("0", "D"))
    press = counter.server.press()
    assert (press.seq, press.digits, press.end) == (2, "0", "D")
    counter.server.say("A012", answers=press, notice=Notice.NOT_ALLOWED)
    counter.wait_for_sign("  E1")
    counter.clock.now += 2
    counter.agent.wake()
    counter.wait_for_sign("A012")


def test_fast_keys_keep_their_order(counter: Counter) -> None:
    counter.press(A)
    counter.press(KeyStroke("", "C"))
    first = counter.server.press()
    counter.server.say("A012", answers=first)
    second = counter.server.press()
    assert (first.end, second.end, second.seq) == ("A", "C", 2)


def test_bad_messages_change_nothing(counter: Counter) -> None:
    counter.server.publish("{not json")
    counter.server.publish('{"v": 1}')
    counter.server.say("B001", counter=COUNTER + 1)
    counter.server.say("A012")
    counter.wait_for_sign("A012")


@pytest.mark.fault
def test_keypad_unplugged_and_back(counter: Counter) -> None:
    counter.press(A)
    first = counter.server.press()
    counter.server.say("A012", answers=first)
    counter.keypad.unplug()
    counter.wait_for_detail(KEYPAD_LOST)
    counter.keypad.plug()
    counter.wait_for_detail(None)
    counter.press(A)
    second = counter.server.press()
    assert (first.seq, second.seq) == (1, 2)
    assert counter.server.presses.empty()


@pytest.mark.fault
def test_display_unplugged_and_back(counter: Counter) -> None:
    counter.server.say("A012")
    counter.wait_for_sign("A012")
    counter.sign.unplug()
    counter.wait_for_detail(DISPLAY_LOST)
    counter.server.say("A013")
    counter.sign.plug()
    counter.wait_for_detail(None)
    counter.wait_for_sign("A013")


@pytest.mark.fault
def test_a_young_press_survives_the_broker_and_arrives_once(counter: Counter) -> None:
    counter.server.stop()
    counter.broker.kill()
    counter.wait_for_sign(AWAY)
    counter.press(A)
    counter.broker.start()
    counter.server.start()
    press = counter.server.press()
    assert (press.seq, press.end) == (1, "A")
    counter.server.say("A012", answers=press)
    counter.wait_for_sign("A012")
    counter.press(KeyStroke("", "C"))
    assert counter.server.press().seq == 2
    assert counter.server.presses.empty()


@pytest.mark.fault
def test_an_old_press_is_refused_where_it_is_seen(counter: Counter) -> None:
    counter.server.say("A011")
    counter.wait_for_sign("A011")
    counter.server.stop()
    counter.broker.kill()
    counter.press(A)
    assert counter.clock.key_was_timed.wait(WAIT_S)
    counter.clock.now += 5
    counter.agent.wake()
    counter.wait_for_sign(AWAY)
    counter.clock.now += 2
    counter.agent.wake()
    counter.wait_for_sign("A011")
    counter.broker.start()
    counter.server.start()
    counter.press(KeyStroke("", "B"))
    later = counter.server.press()
    assert (later.seq, later.end) == (2, "B")
    assert counter.server.presses.empty()


def test_stopping_darkens_the_sign_says_goodbye_and_leaves_no_thread(counter: Counter) -> None:
    counter.server.say("A012")
    counter.wait_for_sign("A012")
    counter.agent.close()
    counter.wait_for_sign(DARK)
    counter.wait_for_detail("switched off")
    names = {thread.name for thread in threading.enumerate()}
    assert names.isdisjoint({"keypad", "sign-painter", "counter", "mqtt", "heartbeat"})


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_process_works_until_it_is_asked_to_stop(counter: Counter, how: signal.Signals) -> None:
    counter.agent.close()
    counter.wait_for_detail("switched off")
    program = (
        "import sys, pathlib; from kiosk.bootstrap.counter import run;"
        "sys.exit(run(pathlib.Path(sys.argv[1])))"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(counter.config)])
    while not counter.server.statuses.get(timeout=WAIT_S).online:
        pass
    counter.wait_for_sign(NOBODY)
    counter.press(A)
    assert counter.server.press().seq == 1
    process.send_signal(how)
    assert process.wait(WAIT_S) == 0
    counter.wait_for_sign(DARK)
    counter.wait_for_detail("switched off")
