"""An office on a broker, and devices that are closed after the test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from queue_server.contracts import topics
from queue_server.domain import events as e
from tests.integration.bridged_office import BridgedOffice, Keypad, Kiosk, board_where
from tests.integration.office_brokers import (
    MOSQUITTO,
    OFFICE,
    WATCHERS,
    Device,
    OfficeBroker,
)

needs_mosquitto = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")
BOTH = ["embedded", pytest.param("mosquitto", marks=needs_mosquitto)]


class Scene:
    """An office on a broker, and devices that are closed after the test."""

    def __init__(self, kind: str, broker: OfficeBroker, stack: ExitStack) -> None:
        self.redelivers = kind == "mosquitto"
        self.broker = broker
        self._stack = stack
        self._watchers = iter(WATCHERS)
        self._kiosks: dict[str, Kiosk] = {}
        self.office = BridgedOffice(broker.port)
        stack.callback(self.office.close)

    def at_the_end(self, close: Callable[[], None]) -> None:
        self._stack.callback(close)

    def device(self, name: str, **more: Any) -> Device:
        device = Device(self.broker.port, name, **more)
        self._stack.callback(device.close)
        return device

    def watcher(self, topic: str) -> Device:
        watcher = self.stranger()
        assert watcher.subscribe(topic)
        return watcher

    def stranger(self) -> Device:
        """A log-in that the broker forbids nothing."""
        return self.device(next(self._watchers))

    def kiosk(self, name: str = "kiosk-1") -> Kiosk:
        if name not in self._kiosks:
            self._kiosks[name] = Kiosk(self.device(name))
        return self._kiosks[name]

    def keypad(self, counter: int = 3, boot: str = "b1") -> Keypad:
        return Keypad(self.device(f"keypad-{counter}"), counter, boot)

    def started(self) -> Device:
        """Start the bridge; returns when it has spoken."""
        watcher = self.watcher(topics.board(OFFICE))
        self.office.bridge.start()
        board_where(watcher, lambda board: board.office.id == OFFICE)
        return watcher

    def issued(self) -> int:
        return sum(isinstance(event, e.TicketReserved) for _, event in self.office.store.events)

    def called(self) -> int:
        return sum(isinstance(event, e.TicketCalled) for _, event in self.office.store.events)
