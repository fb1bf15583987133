"""The main path with every part real: HTTP kiosk, MQTT keypad, calls, board, devices."""

from __future__ import annotations

import json
import queue
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from queue_server.bootstrap import RunningOffice
from queue_server.contracts import topics
from tests.fakes.offices import running, secret_of, signed_in

WAIT_S = 40
TRIES = 3


class Device:
    """A device of the ward on the embedded broker; what it hears is queued."""

    def __init__(self, office: RunningOffice, name: str, *listen_to: str) -> None:
        self.name = name
        self.heard: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        subscribed: queue.Queue[bool] = queue.Queue()
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name)
        self.client.username_pw_set(name, secret_of(office, name))
        self.client.on_message = lambda _c, _u, m: self.heard.put((m.topic, json.loads(m.payload)))
        self.client.on_subscribe = lambda *_: subscribed.put(item=True)
        self.client.connect(office.broker.host, office.broker.port)
        self.client.loop_start()
        for topic in listen_to:
            self.client.subscribe(topic, 1)
            assert subscribed.get(timeout=WAIT_S)

    def say(self, topic: str, **fields: Any) -> str:
        message = uuid.uuid4().hex
        now = datetime.now(UTC).isoformat()
        body = {"v": 1, "id": message, "sent_at": now, "source": self.name} | fields
        self.client.publish(topic, json.dumps(body), qos=1).wait_for_publish(WAIT_S)
        return message

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            _, body = self.heard.get(timeout=WAIT_S)
            if wanted(body):
                return body

    def reply_to(self, request: str) -> dict[str, Any]:
        return self.until(lambda body: body["request_id"] == request)

    def ask(self, topic: str, **fields: Any) -> dict[str, Any]:
        """As a kiosk does: the broker may lose a message, so an unanswered one is said again."""
        for _ in range(TRIES):
            with suppress(queue.Empty):
                return self.reply_to(self.say(topic, **fields))
        raise AssertionError(f"no answer to {TRIES} requests")

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward")) as found:
        yield found


def test_from_the_kiosk_to_the_board(office: RunningOffice) -> None:
    ward = office.settings.file.office.id
    state, calls = topics.counter_state(ward, 1), topics.calls(ward)
    keypad = Device(office, "counter-1", state)
    display = Device(office, "display-1", calls, topics.board(ward))
    with signed_in(office, "kiosk-1") as kiosk, signed_in(office, "board-1") as manager:
        issued = kiosk.post(
            "/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "touch-1"}
        ).json()
        keypad.until(lambda body: body["waiting"] == 1)

        press = keypad.say(topics.counter_key(ward, 1), seq=1, digits="", end="A")
        answer = keypad.until(lambda body: body["answers"] == press)
        assert (answer["number"], answer["ticket_state"]) == (issued["number"], "called")
        called = display.until(lambda body: body.get("number") == issued["number"])
        assert called["speech"]["vi"].startswith("Mời công dân có số B không không một")
        assert called["counter"] == 1
        shown = display.until(lambda body: "board" in body and body["board"]["calls"])
        assert shown["board"]["calls"][0]["number"] == issued["number"]
        assert manager.get("/board").json()["counters"][0]["ticket"] == issued["number"]

        keypad.say(topics.counter_key(ward, 1), seq=1, digits="", end="A")
        start = keypad.say(topics.counter_key(ward, 1), seq=2, digits="", end="C")
        assert keypad.until(lambda b: b["answers"] == start)["ticket_state"] == "serving"
        finish = keypad.say(topics.counter_key(ward, 1), seq=3, digits="", end="D")
        assert keypad.until(lambda b: b["answers"] == finish)["number"] is None
        assert manager.get("/board").json()["today"]["finished"] == 1
        nobody = keypad.say(topics.counter_key(ward, 1), seq=4, digits="", end="A")
        assert keypad.until(lambda b: b["answers"] == nobody)["notice"] == "nobody_waiting"
    keypad.close()
    display.close()


def test_the_board_stream_shows_a_device_that_came(office: RunningOffice) -> None:
    ward = office.settings.file.office.id
    printer = Device(office, "kiosk-2")
    with (
        signed_in(office, "board-1") as manager,
        manager.stream("GET", "/board/stream", timeout=WAIT_S) as response,
    ):
        printer.say(topics.device_status(ward, "kiosk-2"), online=True, paper="near_end")
        for line in response.iter_lines():
            if line.startswith('data: {"seq"'):
                devices = json.loads(line[6:])["devices"]
                kiosk = next(d for d in devices if d["id"] == "kiosk-2")
                if kiosk["online"]:
                    assert kiosk["paper"] == "near_end"
                    break
    printer.close()


def test_a_kiosk_over_mqtt_gets_the_same_answer_twice(office: RunningOffice) -> None:
    ward = office.settings.file.office.id
    reply = topics.kiosk_reply(ward, "kiosk-1")
    kiosk = Device(office, "kiosk-1", reply)
    asked = {"kind": "issue", "key": "mqtt-touch-1", "ticket": {"service": "HT"}}
    request = topics.kiosk_request(ward, "kiosk-1")
    first, second = (kiosk.ask(request, **asked) for _ in range(2))
    assert first["body"]["number"] == "A001"
    assert second["body"] == first["body"]
    assert second["replayed"] is True
    kiosk.close()


def test_the_data_folder_keeps_its_secrets(office: RunningOffice) -> None:
    """No secret in the clear outside credentials/, whatever is written while running."""
    folder: Path = office.settings.data
    secrets = [secret_of(office, path.stem) for path in (folder / "credentials").glob("*.json")]
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "credentials":
            body = path.read_bytes()
            assert not any(secret.encode() in body for secret in secrets), path
