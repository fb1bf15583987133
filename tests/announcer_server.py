"""What an announcer needs of the server: calls and boards go out, its status comes in."""

from __future__ import annotations

import queue
from collections.abc import Mapping
from datetime import UTC, datetime

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from queue_server.contracts import topics
from queue_server.contracts.messages import BoardMessage, CallMessage, DeviceStatus
from queue_server.contracts.views import (
    BoardCall,
    BoardCounter,
    BoardOffice,
    BoardTargets,
    BoardToday,
    BoardView,
    Words,
)
from queue_server.domain.speech import call_en, call_vi

WAIT_S = 40
OFFICE, DEVICE = "ward", "announcer-1"
NOBODY = Words(vi="", en="")
TODAY = BoardToday(
    waiting=0,
    called=0,
    finished=0,
    no_shows=0,
    mean_wait_min=None,
    p50_wait_min=None,
    p90_wait_min=None,
    longest_wait_min=None,
    over_good_share=None,
    over_limit_share=None,
)


class AnnouncerServer:
    """A test decides whom it calls and what its board says."""

    def __init__(self, port: int) -> None:
        self.statuses: queue.Queue[DeviceStatus] = queue.Queue()
        self._port = port
        self._seq = 0
        self._status: DeviceStatus

    def start(self) -> None:
        ready: queue.Queue[str] = queue.Queue()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv311)
        self._client.on_connect = lambda c, *_: c.subscribe(topics.device_status(OFFICE, DEVICE), 1)
        self._client.on_subscribe = lambda *_: ready.put("subscribed")
        self._client.on_message = self._heard
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        ready.get(timeout=WAIT_S)

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def call(
        self, number: str, counter: int = 3, *, language: str = "vi", seq: int | None = None
    ) -> CallMessage:
        """Call a citizen; a given `seq` makes it another delivery of that event."""
        self._seq += 10  # as in an office, where other things happen between two calls
        message = CallMessage(
            id=f"c{self._seq}",
            sent_at=datetime.now(UTC),
            source="server",
            seq=self._seq if seq is None else seq,
            number=number,
            counter=counter,
            counter_name=NOBODY,
            service="CT",
            recall=False,
            language=language,
            speech=Words(vi=call_vi(number, counter), en=call_en(number, counter)),
        )
        self.publish(topics.calls(OFFICE), message.model_dump_json())
        return message

    def board(self, called: Mapping[int, str | None], calls: tuple[int, ...] = ()) -> None:
        """Publish the retained board as it is after one more event."""
        self._seq += 1
        at = datetime.now(UTC)
        board = BoardView(
            seq=self._seq,
            at=at,
            day=at.date().isoformat(),
            office=BoardOffice(id=OFFICE, name=NOBODY),
            targets=BoardTargets(good_min=15, limit_min=30),
            today=TODAY,
            services=[],
            counters=[_counter(number, ticket) for number, ticket in called.items()],
            calls=[_called(seq, at) for seq in calls],
            devices=[],
        )
        message = BoardMessage(id=f"b{self._seq}", sent_at=at, source="server", board=board)
        self.publish(topics.board(OFFICE), message.model_dump_json(), retain=True)

    def publish(self, topic: str, payload: str, *, retain: bool = False) -> None:
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(WAIT_S)

    def wait_online(self) -> None:
        self._status = self.statuses.get(timeout=WAIT_S)
        while not self._status.online:
            self._status = self.statuses.get(timeout=WAIT_S)

    def wait_for_detail(self, words: str | None) -> None:
        """Wait until the status has these words in its detail; None wants no detail."""
        while (words or "") not in (self._status.detail or "") or (
            words is None and self._status.detail
        ):
            self._status = self.statuses.get(timeout=WAIT_S)

    def _heard(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        self.statuses.put(DeviceStatus.model_validate_json(message.payload))


def _counter(number: int, ticket: str | None) -> BoardCounter:
    return BoardCounter(
        number=number,
        name=NOBODY,
        state="open",
        ticket=ticket,
        ticket_state="called" if ticket else None,
        service=None,
        since=None,
    )


def _called(seq: int, at: datetime) -> BoardCall:
    return BoardCall(
        seq=seq,
        number="A1",
        counter=3,
        counter_name=NOBODY,
        service="CT",
        at=at,
        recall=False,
    )
