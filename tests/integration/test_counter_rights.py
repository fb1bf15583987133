"""The counter needs no more than the rights of its credentials, on both delivered brokers."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.adapters.mqtt_counter_link import MqttCounterLink
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.config.credentials import Credentials
from kiosk.domain.counter_sign import CounterFacts
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.ports import Press
from queue_server.contracts import topics
from queue_server.contracts.messages import DeviceStatus, KeyPress
from tests.integration.office_brokers import (
    OFFICE,
    WAIT_S,
    Device,
    Embedded,
    Mosquitto,
    OfficeBroker,
    secret,
)

STATE = (
    '{"v": 1, "id": "s", "sent_at": "2026-01-05T08:00:00+07:00", "source": "server", "counter": 3,'
    ' "state": "open", "number": "A012", "ticket_state": "called", "waiting": 1, "version": 1,'
    ' "seq": 1, "answers": "b-1"}'
)


@pytest.fixture(params=[Mosquitto, Embedded])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OfficeBroker]:
    broker: OfficeBroker = request.param(tmp_path)
    broker.start()
    yield broker
    broker.close()


def test_a_counter_works_with_its_own_rights(broker: OfficeBroker) -> None:
    server = Device(broker.port, "server")
    assert server.subscribe(topics.counter_key(OFFICE, 3))
    assert server.subscribe(topics.device_status(OFFICE, "keypad-3"))
    own = Credentials(id="keypad-3", role="counter", secret=SecretStr(secret("keypad-3")))
    link = MqttCounterLink(BrokerAddress("127.0.0.1", broker.port, OFFICE), own, 3, {})
    facts: queue.Queue[CounterFacts] = queue.Queue()
    links: queue.Queue[bool] = queue.Queue()
    link.start(facts.put, links.put)
    assert links.get(timeout=WAIT_S)
    assert DeviceStatus.model_validate_json(server.next().payload).online
    assert link.send(Press("b", 1, KeyStroke("", "A"), 0))
    assert KeyPress.model_validate_json(server.next().payload).id == "b-1"
    server.publish(topics.counter_state(OFFICE, 3), STATE, retain=True)
    assert facts.get(timeout=WAIT_S) == CounterFacts("open", "A012", None, "b-1")
    link.close()
    assert not DeviceStatus.model_validate_json(server.next().payload).online
    server.close()
