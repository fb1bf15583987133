"""A kiosk without HTTP takes numbers over MQTT from a real office."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import read_credentials
from kiosk.domain.priority import Priority
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.bootstrap import RunningOffice
from queue_server.demo.mqtt_gateway import MqttTicketGateway
from tests.fakes.offices import running

ORDER = TicketOrder("HT", Language.EN, Priority.AGE_60)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward") as started:
        yield started


@pytest.fixture
def gateway(office: RunningOffice) -> Iterator[MqttTicketGateway]:
    linked = threading.Event()
    credentials = read_credentials(office.settings.data / "credentials" / "kiosk-2.json")
    address = BrokerAddress(office.broker.host, office.broker.port, "ward")
    presence = MqttPresence(
        address, credentials, {}, on_link=lambda up: linked.set() if up else linked.clear()
    )
    made = MqttTicketGateway(presence, "ward", "kiosk-2")
    presence.start()
    assert linked.wait(20)
    yield made
    presence.close()


def state_of(office: RunningOffice, ticket: str) -> str:
    with office.live.look() as day:
        return day.ticket(ticket).state.value


def test_a_number_is_reserved_confirmed_and_given_back(
    office: RunningOffice, gateway: MqttTicketGateway
) -> None:
    first = gateway.reserve(ORDER, "key-1")
    assert (first.number, first.service, first.ahead) == ("A001", "HT", 0)
    assert gateway.reserve(ORDER, "key-1") == first
    assert state_of(office, first.id) == "reserved"
    gateway.confirm(first.id, SlipOutcome.PRINTED)
    gateway.confirm(first.id, SlipOutcome.PRINTED)
    assert state_of(office, first.id) == "waiting"
    second = gateway.reserve(ORDER, "key-2")
    gateway.void(second.id)
    assert state_of(office, second.id) == "void"


def test_a_refusal_says_why(gateway: MqttTicketGateway) -> None:
    with pytest.raises(RefusedError) as refused:
        gateway.reserve(TicketOrder("XX", Language.VI), "key-1")
    assert refused.value.code == "unknown_service"


def test_what_mqtt_cannot_tell_is_said(gateway: MqttTicketGateway) -> None:
    with pytest.raises(ServerAwayError, match="over HTTP only"):
        gateway.lines()


def test_silence_is_a_server_that_is_away(
    office: RunningOffice, gateway: MqttTicketGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.demo.mqtt_gateway.REPLY_WITHIN_S", 0.05)
    office.bridge.close()
    with pytest.raises(ServerAwayError, match="no reply over MQTT"):
        gateway.reserve(ORDER, "key-1")
