"""One suite for every way to the server: the fake, and MQTT over both brokers."""

from __future__ import annotations

import queue
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, Self

import pytest
from pydantic import SecretStr

from kiosk.adapters.mqtt_counter_link import MqttCounterLink
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.config.credentials import Credentials
from kiosk.domain.counter_sign import CounterFacts, Remark
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.ports import CounterLink, Press
from queue_server.contracts.messages import KeyPress, Notice
from tests.fakes.counter_devices import FakeCounterLink
from tests.mqtt_brokers import TestBroker, running_broker
from tests.server_stand_in import COUNTER, DEVICE, OFFICE, WAIT_S, ServerStandIn

CREDENTIALS = Credentials(id=DEVICE, role="counter", secret=SecretStr("s" * 20))
PRESS = Press("b00t", 4, KeyStroke("12", "#"), 250)


class Rig(Protocol):
    link: CounterLink

    def received(self) -> tuple[str, int, str, str, int]: ...

    def state(self, number: str, notice: str | None, answers: str) -> None: ...

    def broker(self, *, up: bool) -> None: ...

    def detail(self) -> str: ...


class FakeRig:
    def __init__(self) -> None:
        self.link = FakeCounterLink()

    def received(self) -> tuple[str, int, str, str, int]:
        press = self.link.sent.pop()
        return press.boot, press.seq, press.stroke.digits, press.stroke.end, press.age_ms

    def state(self, number: str, notice: str | None, answers: str) -> None:
        remark = Remark(notice) if notice else None
        self.link.hear(CounterFacts("open", number, remark, answers))

    def broker(self, *, up: bool) -> None:
        self.link.link(up=up)

    def detail(self) -> str:
        return self.link.detail


class MqttRig:
    def __init__(self, broker: TestBroker) -> None:
        self._broker = broker
        self.server = ServerStandIn(broker.port)
        self.link = MqttCounterLink(
            BrokerAddress("127.0.0.1", broker.port, OFFICE, first_wait_s=0.02),
            CREDENTIALS,
            COUNTER,
            {"motcua": "0"},
        )
        broker.kill()

    def received(self) -> tuple[str, int, str, str, int]:
        press = self.server.press()
        assert (press.source, press.id) == (DEVICE, f"{press.boot}-{press.seq}")
        return press.boot, press.seq, press.digits, press.end, press.age_ms

    def state(self, number: str, notice: str | None, answers: str) -> None:
        asked = KeyPress.model_construct(id=answers)
        self.server.say(number, answers=asked, notice=Notice(notice) if notice else None)

    def broker(self, *, up: bool) -> None:
        if up:
            self._broker.start()
            self.server.start()
        else:
            self.server.stop()
            self._broker.kill()

    def detail(self) -> str:
        while (status := self.server.statuses.get(timeout=WAIT_S)).detail is None:
            assert status.online
        return status.detail


class Ears:
    def __init__(self, link: CounterLink) -> None:
        self.facts: queue.Queue[CounterFacts] = queue.Queue()
        self.links: queue.Queue[bool] = queue.Queue()
        link.start(self.facts.put, self.links.put)

    def next_link(self) -> bool:
        return self.links.get(timeout=WAIT_S)


@pytest.fixture(params=["fake", "mosquitto", "amqtt"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "fake":
        yield FakeRig()
        return
    with running_broker(request.param, tmp_path) as broker:
        yield MqttRig(broker)


def test_without_a_link_nothing_is_sent(rig: Rig) -> None:
    Ears(rig.link)
    assert not rig.link.send(PRESS)
    rig.link.close()


def test_a_press_goes_out_and_its_answer_comes_in(rig: Rig) -> None:
    ears = Ears(rig.link)
    rig.broker(up=True)
    assert ears.next_link()
    assert rig.link.send(PRESS)
    assert rig.received() == ("b00t", 4, "12", "#", 250)
    rig.state("A012", "not_allowed", "b00t-4")
    assert ears.facts.get(timeout=WAIT_S) == CounterFacts(
        "open", "A012", Remark.NOT_ALLOWED, "b00t-4"
    )
    rig.link.close()
    rig.broker(up=False)


def test_the_link_comes_back_and_repeats_nothing_by_itself(rig: Rig) -> None:
    ears = Ears(rig.link)
    for _ in range(2):
        rig.broker(up=True)
        assert ears.next_link()
        assert rig.link.send(PRESS)
        assert rig.received() == ("b00t", 4, "12", "#", 250)
        rig.broker(up=False)
        assert not ears.next_link()
        assert not rig.link.send(PRESS)
    rig.broker(up=True)
    assert ears.next_link()
    assert rig.link.send(Press("b00t", 5, KeyStroke("", "A"), 0))
    assert rig.received()[1] == 5
    rig.link.close()
    rig.broker(up=False)


def test_what_is_wrong_is_reported(rig: Rig) -> None:
    ears = Ears(rig.link)
    rig.broker(up=True)
    assert ears.next_link()
    rig.link.report("keypad lost")
    assert rig.detail() == "keypad lost"
    rig.link.close()
    rig.broker(up=False)


def test_every_notice_of_the_contract_has_a_remark() -> None:
    assert {notice.value for notice in Notice} <= {remark.value for remark in Remark}


@pytest.mark.fault
def test_a_press_in_flight_when_the_broker_dies_is_not_sent_later_by_the_link() -> None:
    """The broker takes the press and dies before it acknowledges; paho alone would repeat it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(WAIT_S)
        link = MqttCounterLink(
            BrokerAddress("127.0.0.1", listener.getsockname()[1], OFFICE, first_wait_s=0.02),
            CREDENTIALS,
            COUNTER,
            {},
        )
        ears = Ears(link)
        with MuteBroker(listener) as broker:
            assert ears.next_link()
            assert link.send(PRESS)
            assert b'"seq":4' in broker.read_until(b"age_ms")
        assert not ears.next_link()
        with MuteBroker(listener) as broker:
            assert ears.next_link()
            assert link.send(Press("b00t", 5, KeyStroke("", "A"), 0))
            heard = broker.read_until(b"age_ms")
            assert b'"seq":5' in heard
            assert b'"seq":4' not in heard
        link.close()


class MuteBroker:
    """Accepts one connection and acknowledges nothing but the connection itself."""

    def __init__(self, listener: socket.socket) -> None:
        self._connection, _ = listener.accept()
        self._connection.settimeout(WAIT_S)
        self._connection.recv(4096)
        self._connection.sendall(b"\x20\x02\x00\x00")  # CONNACK: accepted, clean session

    def read_until(self, words: bytes) -> bytes:
        heard = b""
        while words not in heard:
            data = self._connection.recv(4096)
            assert data, f"closed after {heard!r}"
            heard += data
        return heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
