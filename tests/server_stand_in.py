"""What a counter needs of the server: key presses come in, once each, and a state answers them."""

from __future__ import annotations

import queue
from datetime import UTC, datetime

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from queue_server.contracts import topics
from queue_server.contracts.messages import (
    CounterStateMessage,
    DeviceStatus,
    KeyPress,
    Notice,
)

WAIT_S = 40
OFFICE, COUNTER, DEVICE = "ward", 3, "counter-3"


class ServerStandIn:
    """Hears one counter; a test decides when and what it answers."""

    def __init__(self, port: int) -> None:
        self.presses: queue.Queue[KeyPress] = queue.Queue()
        self.statuses: queue.Queue[DeviceStatus] = queue.Queue()
        self._port = port
        self._version = 0

    def start(self) -> None:
        ready: queue.Queue[str] = queue.Queue()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self._client.on_connect = lambda c, *_: c.subscribe(topics.everything(OFFICE), 1)
        self._client.on_subscribe = lambda *_: ready.put("subscribed")
        self._client.on_message = self._heard
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        ready.get(timeout=WAIT_S)

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def press(self) -> KeyPress:
        return self.presses.get(timeout=WAIT_S)

    def say(
        self,
        number: str | None = None,
        *,
        answers: KeyPress | None = None,
        notice: Notice | None = None,
        counter: int = COUNTER,
    ) -> None:
        self._version += 1
        state = CounterStateMessage(
            id=f"s{self._version}",
            sent_at=datetime.now(UTC),
            source="server",
            counter=counter,
            state="open",
            number=number,
            ticket_state="called" if number else None,
            waiting=4,
            version=self._version,
            seq=self._version,
            notice=notice,
            answers=answers.id if answers else None,
        )
        self.publish(state.model_dump_json())

    def publish(self, payload: str) -> None:
        topic = topics.counter_state(OFFICE, COUNTER)
        self._client.publish(topic, payload, qos=1, retain=True).wait_for_publish(WAIT_S)

    def _heard(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        if message.topic == topics.counter_key(OFFICE, COUNTER):
            self.presses.put(KeyPress.model_validate_json(message.payload))
        elif message.topic == topics.device_status(OFFICE, DEVICE):
            self.statuses.put(DeviceStatus.model_validate_json(message.payload))
