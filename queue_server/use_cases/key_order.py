"""Whether a key press may still be carried out: in its order, and while the clerk means it."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from queue_server.contracts.messages import KeyPress, Notice

FRESH_S = 5.0
REMEMBERED = 64
BOOTS_KEPT = 64
HEARTBEATS_KEPT = 3


class Standing(StrEnum):
    """What the order of the presses says."""

    NEW = "new"
    REPEATED = "repeated"
    LATE = "late"


@dataclass(slots=True)
class _Source:
    """What one keypad pressed; `answered` holds what each of its last presses led to."""

    boot: str
    last: int = -1
    answered: OrderedDict[int, Notice | None] = field(default_factory=OrderedDict)
    pending: set[int] = field(default_factory=set)
    retired: deque[str] = field(default_factory=lambda: deque(maxlen=BOOTS_KEPT))
    ahead_s: deque[float] = field(default_factory=lambda: deque(maxlen=HEARTBEATS_KEPT))
    clock: str = ""


class KeyOrder:
    """Remembers each keypad's presses. Not safe for several threads.

    A device's clock may be wrong. Its heartbeats say by how much: they are never kept for later by
    a broker, so what lies between sending and hearing them is the difference of the clocks. The
    smallest of the last three counts, so that one slow heartbeat does not excuse a late press.
    """

    def __init__(self, started: datetime, started_s: float) -> None:
        """Begin at one moment, told on the wall clock and in seconds of uptime."""
        self._wall_to_uptime_s = started_s - started.timestamp()
        self._sources: dict[str, _Source] = {}

    def heartbeat(self, source: str, sent_at: datetime, heard_s: float, boot: str = "") -> None:
        """Learn the clock of a device from a message that was not kept on its way.

        `boot` tells one start of the device from the next, whose clock may have begun anew.
        """
        device = self._of(source, None)
        if device.clock != boot:
            device.clock = boot
            device.ahead_s.clear()
        device.ahead_s.append(heard_s - sent_at.timestamp())

    def age_s(self, press: KeyPress, heard_s: float) -> float:
        """Seconds since the finger, waiting in the device and on the way together."""
        clocks_s = min(self._of(press.source, None).ahead_s, default=self._wall_to_uptime_s)
        way_s = heard_s - press.sent_at.timestamp() - clocks_s
        return press.age_ms / 1000 + max(0.0, way_s)

    def standing(self, press: KeyPress, heard_s: float) -> Standing:
        """Whether it is new, a repeat of one that was carried out or refused, or too late."""
        source = self._of(press.source, None)
        if press.boot in source.retired:
            return Standing.LATE
        if press.boot == source.boot and (
            press.seq in source.answered or press.seq in source.pending
        ):
            return Standing.REPEATED
        # Before its start is believed: an old press of a start long forgotten, which a broker kept
        # through a storm of restarts, must not make the living keypad the retired one.
        if self.age_s(press, heard_s) > FRESH_S:
            return Standing.LATE
        source = self._of(press.source, press.boot)
        return Standing.LATE if press.seq < source.last else Standing.NEW

    def taken(self, press: KeyPress) -> None:
        """It is being carried out."""
        source = self._of(press.source, press.boot)
        source.last = max(source.last, press.seq)
        source.pending.add(press.seq)

    def answered(self, press: KeyPress, notice: Notice | None) -> None:
        """It was carried out, or refused with this notice; a repeat gets the same answer."""
        source = self._of(press.source, None)
        if source.boot != press.boot:
            return
        source.pending.discard(press.seq)
        source.answered[press.seq] = notice
        while len(source.answered) > REMEMBERED:
            source.answered.popitem(last=False)

    def not_kept(self, press: KeyPress) -> None:
        """The store could not keep it: the next try is as new as this one was."""
        self._of(press.source, None).pending.discard(press.seq)

    def answer_to(self, press: KeyPress) -> tuple[bool, Notice | None]:
        """Whether this press was answered, and with which notice."""
        answered = self._of(press.source, press.boot).answered
        return press.seq in answered, answered.get(press.seq)

    def _of(self, name: str, boot: str | None) -> _Source:
        source = self._sources.setdefault(name, _Source(boot or ""))
        if boot is not None and boot != source.boot and boot not in source.retired:
            self._begin(source, boot)
        return source

    @staticmethod
    def _begin(source: _Source, boot: str) -> None:
        """The keypad started again and counts from the beginning."""
        if source.last >= 0:
            source.retired.append(source.boot)
        source.boot, source.last = boot, -1
        source.answered.clear()
        source.pending.clear()
