"""An office on a real broker: the real writer, read side and bridge, over a store in memory."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.adapters.clock import SetClock
from queue_server.adapters.mqtt_bridge import MqttBridge
from queue_server.adapters.mqtt_inbound import OfficeSide
from queue_server.adapters.mqtt_link import BrokerLogin
from queue_server.adapters.qr_code import qr_path
from queue_server.adapters.topic_rights import server_account
from queue_server.adapters.wait_predictor import LivePredictor
from queue_server.adapters.writer_thread import WriterThread
from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.contracts import topics
from queue_server.contracts.messages import (
    BoardMessage,
    CounterStateMessage,
    KeyPress,
    KioskReply,
    KioskRequest,
)
from queue_server.contracts.requests import TicketRequest
from queue_server.use_cases.answers import Answers
from queue_server.use_cases.board import Board, Targets
from queue_server.use_cases.device_presence import DevicePresence, KnownDevice
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.keep_day import Answer, DayKeeper, Request
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.staff_help import StaffHelp
from tests.fakes.memory_store import MemoryStore
from tests.fakes.office_days import EIGHT
from tests.fakes.office_days import OFFICE as SAMPLE
from tests.integration.office_brokers import OFFICE, Device, secret

REGISTRY = [
    KnownDevice("kiosk-1", "kiosk"),
    KnownDevice("kiosk-2", "kiosk"),
    KnownDevice("keypad-3", "counter", 3),
    KnownDevice("keypad-4", "counter", 4),
    KnownDevice("keypad-3b", "counter", 3),
    KnownDevice("announcer-1", "announcer"),
    KnownDevice("display", "display"),
    KnownDevice("camera-1", "camera"),
]


class HeldWriter:
    """The real writer; while `held`, its answers wait although the commits are made."""

    def __init__(self, writer: WriterThread) -> None:
        self._writer = writer
        self.held = False
        self._waiting: list[tuple[Future[Answer], Future[Answer]]] = []
        self.submitted: list[Future[Answer]] = []
        self._came = threading.Condition()

    def submit(self, request: Request) -> Future[Answer]:
        inner, outer = self._writer.submit(request), Future[Answer]()
        with self._came:
            self.submitted.append(inner)
            self._came.notify_all()
        if self.held:
            self._waiting.append((inner, outer))
        else:
            inner.add_done_callback(lambda done: outer.set_result(done.result()))
        return outer

    def submitted_after(self, count: int) -> Future[Answer]:
        """Wait for one more request than these."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.submitted) > count, 10)
            return self.submitted[count]

    def release(self) -> None:
        self.held = False
        for inner, outer in self._waiting:
            outer.set_result(inner.result(10))


class BridgedOffice:
    """One office; `bridge` may be ended and made anew, the store stays."""

    def __init__(self, port: int) -> None:
        self._port = port
        office = replace(SAMPLE, id=OFFICE)
        self.store = MemoryStore()
        self._clock = SetClock(EIGHT)
        keeper = DayKeeper(self.store, self._clock, office)
        self._thread = WriterThread(keeper)
        predictor = LivePredictor({})
        forecaster = Forecaster(predictor)
        self.live = LiveOffice(office, predictor)
        self.live.start(keeper.day, keeper.seq)
        self._thread.listen(self.live.take)
        self._thread.start()
        self.writer = HeldWriter(self._thread)
        self.presence = DevicePresence(REGISTRY, self._clock.now, time.monotonic)
        self.staff_help = StaffHelp(self._clock.now)
        self._board = Board(self.live, forecaster, Targets(), help_asked=self.staff_help.asked)
        self._answers = Answers(forecaster, "http://office.example", qr_path)
        self.bridge = self.new_bridge()

    def new_bridge(self) -> MqttBridge:
        """As after a restart of the server: it remembers nothing of the presses before."""
        login = BrokerLogin("127.0.0.1", self._port, server_account(OFFICE, secret("server")))
        side = OfficeSide(
            id=OFFICE,
            writer=self.writer,
            live=self.live,
            answers=self._answers,
            presence=self.presence,
            key_map=read_key_map(default_key_map()),
            staff_help=self.staff_help,
        )
        self.bridge = MqttBridge(
            login, side, lambda: self._board.board(self._clock.now(), self.presence.devices())
        )
        return self.bridge

    def pass_by(self, seconds: float) -> None:
        """Let the office's clock go on."""
        self._clock.advance_to(self._clock.now() + timedelta(seconds=seconds))

    def kill_bridge(self) -> None:
        """No goodbye and no acknowledgement, as a power cut of the server would do."""
        client = self.bridge._link._client
        client.loop_stop()
        sock = client.socket()
        assert sock is not None
        sock.close()
        self.bridge.close()

    def close(self) -> None:
        self.bridge.close()
        self._thread.stop()


def envelope(source: str, /, **fields: Any) -> dict[str, Any]:
    return {"id": uuid.uuid4().hex, "sent_at": datetime.now(UTC), "source": source} | fields


class Kiosk:
    """Asks over MQTT and waits for the answer."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.request_topic = topics.kiosk_request(OFFICE, device.name)
        assert device.subscribe(topics.kiosk_reply(OFFICE, device.name))

    def send(self, **fields: Any) -> KioskRequest:
        request = KioskRequest(**envelope(self.device.name, **fields))
        self.device.publish(self.request_topic, request.model_dump_json())
        return request

    def issue(self, key: str, service: str = "b") -> KioskRequest:
        return self.send(kind="issue", key=key, ticket=TicketRequest(service=service))

    def reply(self) -> KioskReply:
        return KioskReply.model_validate_json(self.device.next().payload)

    def ticket(self, key: str, service: str = "b") -> str:
        """Take a ticket; its number."""
        request = self.issue(key, service)
        reply = self.reply()
        assert (reply.request_id, reply.ok) == (request.id, True)
        assert reply.body is not None
        return str(reply.body["number"])


class Keypad:
    """Presses keys and waits for the answer, passing over plain states."""

    def __init__(self, device: Device, counter: int, boot: str = "b1") -> None:
        self.device = device
        self.counter = counter
        self.boot = boot
        self.key_topic = topics.counter_key(OFFICE, counter)
        assert device.subscribe(topics.counter_state(OFFICE, counter))

    def send(self, seq: int, end: str, **fields: Any) -> KeyPress:
        fields = {"boot": self.boot, "id": f"{self.boot}-{seq}", "seq": seq, "end": end} | fields
        press = KeyPress(**envelope(self.device.name, **fields))
        self.device.publish(self.key_topic, press.model_dump_json())
        return press

    def answer(self) -> CounterStateMessage:
        while True:
            state = self.state()
            if state.answers is not None or state.notice is not None:
                return state

    def state(self) -> CounterStateMessage:
        return CounterStateMessage.model_validate_json(self.device.next().payload)

    def press(self, seq: int, end: str, **fields: Any) -> CounterStateMessage:
        """Press; the state that answers this very press."""
        press = self.send(seq, end, **fields)
        answer = self.answer()
        assert answer.answers == press.id
        return answer


def board_where(device: Device, wanted: Any) -> BoardMessage:
    """Wait for a board of which `wanted` is true."""
    while True:
        message = BoardMessage.model_validate_json(device.next().payload)
        if wanted(message.board):
            return message
