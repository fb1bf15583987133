"""Presence on a real broker: birth, report, heartbeat, goodbye and last will."""

from __future__ import annotations

import queue
import socket
from collections.abc import Iterator

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from pydantic import SecretStr

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import Credentials
from queue_server.contracts import topics
from queue_server.contracts.messages import DeviceStatus, Paper
from tests.integration.amqtt_process import AmqttProcess

KIOSK = Credentials(id="kiosk-1", role="kiosk", secret=SecretStr("s" * 20))
WAIT_S = 40


class Listener:
    """What the server would hear on one topic."""

    def __init__(self, port: int, topic: str) -> None:
        self.heard: queue.Queue[mqtt.MQTTMessage] = queue.Queue()
        ready: queue.Queue[str] = queue.Queue()
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self.client.on_connect = lambda c, *_: c.subscribe(topic, 1)
        self.client.on_subscribe = lambda *_: ready.put("subscribed")
        self.client.on_message = lambda _c, _u, message: self.heard.put(message)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        ready.get(timeout=WAIT_S)

    def status(self) -> DeviceStatus:
        return DeviceStatus.model_validate_json(self.heard.get(timeout=WAIT_S).payload)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def broker() -> Iterator[AmqttProcess]:
    with AmqttProcess() as running:
        yield running


@pytest.fixture
def server(broker: AmqttProcess) -> Iterator[Listener]:
    listener = Listener(broker.port, topics.device_status("ward", "kiosk-1"))
    yield listener
    listener.close()


def presence(port: int, *, heartbeat_s: float = 60.0) -> MqttPresence:
    address = BrokerAddress("127.0.0.1", port, "ward")
    return MqttPresence(address, KIOSK, {"motcua": "0.1.0"}, heartbeat_s=heartbeat_s)


def test_a_device_is_born_reports_and_says_goodbye(broker: AmqttProcess, server: Listener) -> None:
    device = presence(broker.port)
    device.start()
    birth = server.status()
    assert (birth.online, birth.source, birth.paper) == (True, "kiosk-1", None)
    assert birth.versions == {"motcua": "0.1.0"}

    device.report(paper=Paper.OUT, printer="paper_out")
    report = server.status()
    assert (report.online, report.paper, report.printer) == (True, Paper.OUT, "paper_out")

    device.report(paper=Paper.OUT, printer="paper_out")  # nothing new: nothing is said
    device.close()
    goodbye = server.status()
    assert (goodbye.online, goodbye.detail) == (False, "switched off")


def test_the_heartbeat_repeats_without_being_asked(broker: AmqttProcess, server: Listener) -> None:
    device = presence(broker.port, heartbeat_s=0.05)
    device.start()
    ids = {server.status().id for _ in range(3)}
    device.close()
    assert len(ids) == 3


def test_a_device_that_dies_is_reported_by_its_last_will(
    broker: AmqttProcess, server: Listener
) -> None:
    device = presence(broker.port)
    device.start()
    assert server.status().online
    device._closing.set()  # a dead device does not come back
    sock = device._client.socket()
    assert sock is not None
    sock.shutdown(socket.SHUT_RDWR)  # no goodbye: as a power cut would do
    will = server.status()
    assert (will.online, will.detail) == (False, "connection lost")
    device.close()


def test_the_last_word_is_retained(broker: AmqttProcess, server: Listener) -> None:
    device = presence(broker.port)
    device.start()
    server.status()
    late = Listener(broker.port, topics.device_status("ward", "kiosk-1"))
    message = late.heard.get(timeout=WAIT_S)
    assert message.retain
    assert DeviceStatus.model_validate_json(message.payload).online
    late.close()
    device.close()


def test_small_packets_are_sent_at_once(broker: AmqttProcess, server: Listener) -> None:
    device = presence(broker.port)
    device.start()
    server.status()
    sock = device._client.socket()
    assert sock is not None
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    device.close()


def test_other_topics_ride_on_it_and_survive_a_faulty_handler(
    broker: AmqttProcess, server: Listener
) -> None:
    heard: queue.Queue[bytes] = queue.Queue()

    def handler(_topic: str, payload: bytes) -> None:
        if payload == b"bad":
            raise ValueError("not understood")
        heard.put(payload)

    device = presence(broker.port)
    topic = topics.counter_state("ward", 3)
    device.subscribe(topic, handler)
    device.start()
    server.status()
    server.client.publish(topic, "bad", qos=1)
    server.client.publish(topic, "good", qos=1)
    assert heard.get(timeout=WAIT_S) == b"good"
    assert device.publish(topic, "mine")
    assert heard.get(timeout=WAIT_S) == b"mine"
    device.close()


@pytest.mark.fault
def test_it_comes_back_with_the_broker_and_hears_again(broker: AmqttProcess) -> None:
    links: queue.Queue[bool] = queue.Queue()
    heard: queue.Queue[bytes] = queue.Queue()
    address = BrokerAddress("127.0.0.1", broker.port, "ward")
    device = MqttPresence(address, KIOSK, {}, on_link=links.put)
    topic = topics.counter_state("ward", 3)
    device.subscribe(topic, lambda _t, payload: heard.put(payload))
    device.start()
    assert links.get(timeout=WAIT_S)
    broker.kill()
    assert not links.get(timeout=WAIT_S)
    assert not device.publish(topic, "into the void")
    broker.start()
    assert links.get(timeout=WAIT_S)
    assert device.publish(topic, "again")
    assert heard.get(timeout=WAIT_S) == b"again"
    device.close()


def test_an_absent_broker_is_not_an_error() -> None:
    device = presence(1)
    device.start()
    assert not device.connected
    device.close()
