"""Who may say and hear what, on both brokers: each refusal with the permission beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from queue_server.contracts import topics
from tests.integration.office_brokers import (
    MOSQUITTO,
    OFFICE,
    Device,
    Embedded,
    Mosquitto,
    OfficeBroker,
)

needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")
KEY_3, KEY_4 = topics.counter_key(OFFICE, 3), topics.counter_key(OFFICE, 4)
STATE_3, STATE_4 = topics.counter_state(OFFICE, 3), topics.counter_state(OFFICE, 4)


@pytest.fixture(
    scope="module", params=["embedded", pytest.param("mosquitto", marks=needs_mosquitto)]
)
def broker(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OfficeBroker]:
    kinds: dict[str, type[Embedded | Mosquitto]] = {
        "embedded": Embedded,
        "mosquitto": Mosquitto,
    }
    directory: Path = tmp_path_factory.mktemp("broker")
    running: OfficeBroker = kinds[request.param](directory)
    running.start()
    yield running
    running.close()


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


class Office:
    """Opens devices and closes them after the test."""

    def __init__(self, broker: OfficeBroker, closing: ExitStack) -> None:
        self._broker = broker
        self._closing = closing

    def device(self, name: str, **more: Any) -> Device:
        device = Device(self._broker.port, name, **more)
        self._closing.callback(device.close)
        return device

    def everything(self) -> Device:
        watcher = self.device("watcher")
        assert watcher.subscribe(topics.everything(OFFICE))
        return watcher


@pytest.fixture
def office(broker: OfficeBroker, closing: ExitStack) -> Office:
    return Office(broker, closing)


@pytest.mark.parametrize(
    ("name", "password", "admitted"),
    [
        ("kiosk-1", None, True),
        ("kiosk-1", "wrong", False),
        ("kiosk-1", "", False),
        ("stranger", None, False),
        ("", None, False),
    ],
)
def test_only_a_known_device_with_its_secret_comes_in(
    office: Office, name: str, password: str | None, *, admitted: bool
) -> None:
    assert office.device(name, password=password).admitted is admitted


@pytest.mark.parametrize(
    ("name", "own", "foreign"),
    [
        (
            "kiosk-1",
            topics.kiosk_request(OFFICE, "kiosk-1"),
            topics.kiosk_request(OFFICE, "kiosk-2"),
        ),
        (
            "kiosk-1",
            topics.device_status(OFFICE, "kiosk-1"),
            topics.device_status(OFFICE, "display"),
        ),
        ("keypad-3", KEY_3, KEY_4),
        ("keypad-3", KEY_3, STATE_3),
        ("display", topics.device_status(OFFICE, "display"), topics.calls(OFFICE)),
        ("display", topics.device_status(OFFICE, "display"), "elsewhere"),
    ],
)
def test_a_device_says_only_its_own(office: Office, name: str, own: str, foreign: str) -> None:
    watcher = office.everything()
    device = office.device(name)
    device.publish(foreign, "forged")
    device.publish(own, "true")
    message = watcher.next()  # the forged one was sent first: it would have come first
    assert (message.topic, message.payload) == (own, b"true")


@pytest.mark.parametrize(
    ("name", "own", "foreign"),
    [
        ("kiosk-1", topics.kiosk_reply(OFFICE, "kiosk-1"), topics.kiosk_reply(OFFICE, "kiosk-2")),
        ("kiosk-1", topics.kiosk_reply(OFFICE, "kiosk-1"), topics.everything(OFFICE)),
        ("keypad-3", STATE_3, STATE_4),
        ("keypad-3", STATE_3, STATE_3.replace("/3/", "/+/")),
        ("display", topics.board(OFFICE), "#"),
        ("display", topics.calls(OFFICE), KEY_3),
    ],
)
def test_a_device_hears_only_its_own(office: Office, name: str, own: str, foreign: str) -> None:
    device = office.device(name)
    device.subscribe(foreign)  # mosquitto grants it and then delivers nothing
    assert device.subscribe(own)
    watcher = office.device("watcher")
    if "#" not in foreign and "+" not in foreign:
        watcher.publish(foreign, "secret")
    for topic in (KEY_4, STATE_4, topics.kiosk_reply(OFFICE, "kiosk-2")):
        watcher.publish(topic, "secret")
    watcher.publish(own, "for you")
    message = device.next()
    assert (message.topic, message.payload) == (own, b"for you")


def test_retained_words_reach_only_who_may_hear_them(office: Office) -> None:
    """amqtt alone sends each newcomer every retained message that anybody has subscribed to."""
    watcher = office.everything()
    watcher.publish(STATE_4, "not for keypad 3", retain=True)
    assert watcher.next().payload == b"not for keypad 3"
    keypad = office.device("keypad-3")
    watcher.publish(STATE_3, "yours", retain=True)
    assert keypad.subscribe(STATE_3)
    assert keypad.next().payload == b"yours"
    for topic in (STATE_3, STATE_4):
        watcher.publish(topic, "", retain=True)


def test_a_forged_last_will_does_not_pass(office: Office) -> None:
    """amqtt alone publishes a will without asking the topic lists."""
    watcher = office.everything()
    forger = office.device("keypad-3", topic=KEY_4, payload="forged", qos=1)
    if forger.admitted:
        forger.break_off()
    honest = office.device("keypad-4", topic=KEY_4, payload="true", qos=1)
    assert honest.admitted
    honest.break_off()
    assert watcher.next().payload == b"true"


def test_nobody_takes_the_place_of_another_by_its_client_id(office: Office) -> None:
    """amqtt alone ends the session of a client id before it looks at the password."""
    keypad = office.device("keypad-3")
    assert keypad.subscribe(STATE_3)
    assert office.device("display", client_id="keypad-3").admitted
    assert not office.device("keypad-3", password="wrong").admitted
    office.device("watcher").publish(STATE_3, "still yours")
    assert keypad.next().payload == b"still yours"
    assert keypad.client.is_connected()


def test_the_will_of_an_older_connection_comes_before_the_newcomers_birth(office: Office) -> None:
    status = topics.device_status(OFFICE, "keypad-3")
    watcher = office.everything()
    office.device("keypad-3", topic=status, payload="gone", qos=1).client.loop_stop()
    newcomer = office.device("keypad-3")
    newcomer.publish(status, "born")
    assert [watcher.next().payload for _ in range(2)] == [b"gone", b"born"]
