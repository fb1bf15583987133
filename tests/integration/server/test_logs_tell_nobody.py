"""Whatever of a person is sent to whatever route, fitting or not: no log record repeats it."""

from __future__ import annotations

import http.client
import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from queue_server.bootstrap import RunningOffice
from queue_server.contracts import topics
from queue_server.contracts.messages import KioskRequest
from queue_server.contracts.requests import TicketRequest
from tests.e2e.test_nothing_personal_leaves import Citizen, Ear, all_logs, bare, citizens
from tests.fakes.offices import running, secret_of, signed_in
from tests.integration.office_brokers import Device

SHAPES = ("fields", "answers", "nested", "list", "text", "query", "headers", "path")
SENDERS = ("admin", "kiosk-1", "counter-1", None)


@dataclass(frozen=True)
class Road:
    """One operation as it is described: its address and the names in its body."""

    method: str
    path: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """An office, what it logs, and its roads."""

    office: RunningOffice
    ear: Ear
    roads: list[Road]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    ear = Ear()
    with ExitStack() as stack:
        stack.enter_context(all_logs(ear))
        office = stack.enter_context(running(tmp_path_factory.mktemp("ward")))
        admin = stack.enter_context(signed_in(office))
        yield Heard(office, ear, list(roads_in(admin.get("/openapi.json").json())))


def roads_in(described: dict[str, Any]) -> Iterator[Road]:
    """Every operation but streams, which do not end."""
    kinds = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = body.get("schema", {}).get("$ref", "").rpartition("/")[2]
            fields = tuple(kinds.get(name, {}).get("properties", ()))
            if not path.endswith("/stream"):
                yield Road(method.upper(), path, fields)


def said_to(road: Road, citizen: Citizen, shape: str) -> tuple[str, bytes, dict[str, str]]:
    """Address, body and headers that hold the citizen in this shape."""
    values = [citizen.identity, citizen.phone, citizen.name, citizen.address]
    fields = {name: values[n % len(values)] for n, name in enumerate(road.fields)}
    bodies: dict[str, Any] = {
        "answers": fields | {"answers": dict(zip(("a", "b", "c", "d"), values, strict=True))},
        "nested": {name: {"of": values} for name in (*road.fields, citizen.identity)},
        "list": values,
    }
    path = road.path.replace("{", "").replace("}", "") if shape != "path" else road.path
    if shape == "path":
        while "{" in path:
            before, _, rest = path.partition("{")
            path = before + quote(citizen.identity) + rest.partition("}")[2]
    if shape == "query":
        path += "?" + urlencode(dict.fromkeys(("day", "code", "q", "reveal"), values[0]))
    body = (
        citizen.name.encode() if shape == "text" else json.dumps(bodies.get(shape, fields)).encode()
    )
    headers = {"Content-Type": "application/json", "Idempotency-Key": "log"}
    if shape == "headers":
        headers |= {"Idempotency-Key": citizen.identity, "User-Agent": citizen.phone}
        headers |= {"Authorization": f"Bearer {citizen.identity}"}
    return path, body, headers


def send(heard: Heard, citizen: Citizen, shape: str, sender: str | None) -> list[int]:
    """To every road, by a client of the standard library: it logs nothing itself."""
    where = heard.office.http.address
    statuses = []
    for road in heard.roads:
        path, body, headers = said_to(road, citizen, shape)
        if sender is not None:
            headers.setdefault("Authorization", f"Bearer {secret_of(heard.office, sender)}")
        line = http.client.HTTPConnection(where.host, where.port, timeout=60)
        line.request(road.method, path, body, headers)
        statuses.append(line.getresponse().status)
        line.close()
    return statuses


def assert_silent(heard: Heard, citizen: Citizen) -> None:
    logged = bare("\n".join(heard.ear.heard["log"]))
    assert not [one for one in citizen.said() if one in logged]


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(citizens, st.sampled_from(SHAPES), st.sampled_from(SENDERS))
def test_no_route_logs_what_it_is_sent(
    heard: Heard, citizen: Citizen, shape: str, sender: str | None
) -> None:
    statuses = send(heard, citizen, shape, sender)
    assert len(statuses) > 90
    assert 500 not in statuses
    assert_silent(heard, citizen)


@settings(max_examples=6, deadline=None, phases=[Phase.generate], derandomize=True)
@given(citizens, st.sampled_from(SHAPES[:5]))
def test_no_topic_is_logged_with_what_it_holds(heard: Heard, citizen: Citizen, shape: str) -> None:
    fields = ("id", "source", "kind", "key", "ticket", "name")
    _, body, _ = said_to(Road("POST", "/mqtt", fields), citizen, shape)
    office = heard.office
    for name, topic in (
        ("counter-1", topics.counter_key("ward", 1)),
        ("display-1", topics.device_status("ward", "display-1")),
        ("kiosk-1", topics.kiosk_request("ward", "kiosk-1")),
    ):
        device = Device(office.broker.port, name, password=secret_of(office, name))
        device.publish(topic, body)
        if name == "kiosk-1":
            heard_out(device)
        device.close()
    assert_silent(heard, citizen)


def heard_out(kiosk: Device) -> None:
    """Until the server has read what came before: it answers in the order of what it hears."""
    assert kiosk.subscribe(topics.kiosk_reply("ward", "kiosk-1"))
    last = KioskRequest(
        id=uuid.uuid4().hex,
        sent_at=datetime.now(UTC),
        source="kiosk-1",
        kind="issue",
        key=uuid.uuid4().hex,
        ticket=TicketRequest(service="CT", kiosk="kiosk-1"),
    )
    kiosk.publish(topics.kiosk_request("ward", "kiosk-1"), last.model_dump_json(exclude_none=True))
    while json.loads(kiosk.next().payload).get("request_id") != last.id:
        pass


def test_a_word_that_is_logged_is_heard(heard: Heard) -> None:
    """So that silence means something."""
    logging.getLogger("motcua").warning("Nguyễn Văn Nghe")
    assert bare("Nguyễn Văn Nghe") in bare("\n".join(heard.ear.heard["log"]))
