"""The chairs of the virtual office: who sits there with which number, and who has left."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.demo.virtual_day import Visit

STANDS_UP_WITHIN_S = 1.0
"""A number may be called before its citizen has turned away from the kiosk; real seconds."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A citizen with a slip."""

    visit: Visit
    ticket: str
    number: str
    since: datetime

    @property
    def leaves_at(self) -> datetime:
        """When patience ends."""
        return self.since + timedelta(minutes=self.visit.patience_min)


class WaitingRoom:
    """May be used from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._seated: dict[str, Seated] = {}
        self._left: set[str] = set()
        self._newcomers = 0

    def sit_down(self, citizen: Seated) -> None:
        """Take a chair."""
        with self._changed:
            self._seated[citizen.number] = citizen
            self._newcomers += 1
            self._changed.notify_all()

    def stand_up(self, number: str) -> Seated | None:
        """The number was called: who holds it, if that is somebody of ours who has not left."""
        with self._changed:
            self._changed.wait_for(
                lambda: number in self._seated or number in self._left, STANDS_UP_WITHIN_S
            )
            return self._seated.pop(number, None)

    def has_left(self, number: str) -> bool:
        """Whether the holder of this number went home."""
        with self._changed:
            return number in self._left

    def walk_out(self, at: datetime) -> Seated | None:
        """Somebody whose patience has ended leaves; None when all stay."""
        with self._changed:
            gone = min(self._seated.values(), key=lambda one: one.leaves_at, default=None)
            if gone is None or gone.leaves_at > at:
                return None
            del self._seated[gone.number]
            self._left.add(gone.number)
            return gone

    def waiting_for(self, services: Collection[str]) -> int:
        """How many sit here for these services."""
        with self._changed:
            return sum(one.visit.service in services for one in self._seated.values())

    def await_newcomer(self, timeout_s: float) -> None:
        """Wait until somebody new sits down, at most `timeout_s` real seconds."""
        with self._changed:
            before = self._newcomers
            self._changed.wait_for(lambda: self._newcomers != before, timeout_s)

    def empty(self) -> None:
        """A new morning: nobody sits here, no number is known."""
        with self._changed:
            self._seated.clear()
            self._left.clear()

    def wake(self) -> None:
        """End all waiting here."""
        with self._changed:
            self._newcomers += 1
            self._changed.notify_all()
