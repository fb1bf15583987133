"""Clocks: calm when the machine's clock jumps, scaled for the demo, set forward for a replay."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from queue_server.domain.office import ZONE

Seconds = Callable[[], float]


def uptime() -> float:
    """Seconds that nobody can set; on Linux they count a suspended machine's sleep too."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The wall clock says something else, by this offset to the uptime, since then."""

    offset_s: float
    since_s: float


class SteadyClock:
    """The wall clock, anchored to the uptime. May be read from any thread.

    A difference under `small_s` is a correction and taken over at the next reading, without going
    backwards. A larger one may be somebody's mistake: it must stand for `persist_s` before it is
    taken over, once, and reported by `take_jump`.
    """

    def __init__(
        self,
        *,
        wall: Seconds = time.time,
        steady: Seconds = uptime,
        small_s: float = 2.0,
        persist_s: float = 300.0,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._small_s = small_s
        self._persist_s = persist_s
        self._lock = Lock()
        self._offset_s = wall() - steady()
        self._suspicion: Suspicion | None = None
        self._last_s = 0.0
        self._jumped_s = 0.0

    def now(self) -> datetime:
        """The present instant, in Vietnam's time."""
        with self._lock:
            steady_s = self._steady()
            self._compare(steady_s, self._wall() - steady_s)
            self._last_s = max(self._last_s, steady_s + self._offset_s)
            return datetime.fromtimestamp(self._last_s, ZONE)

    def take_jump(self) -> float:
        """Seconds by which the clock was corrected since the last question."""
        with self._lock:
            jumped_s, self._jumped_s = self._jumped_s, 0.0
            return jumped_s

    def _compare(self, steady_s: float, seen_s: float) -> None:
        if abs(seen_s - self._offset_s) < self._small_s:
            self._offset_s = seen_s
            self._suspicion = None
            return
        suspicion = self._suspicion
        if suspicion is None or abs(seen_s - suspicion.offset_s) >= self._small_s:
            self._suspicion = Suspicion(seen_s, steady_s)
        elif steady_s - suspicion.since_s >= self._persist_s:
            self._jumped_s += seen_s - self._offset_s
            self._offset_s = seen_s
            self._suspicion = None
            self._last_s = 0.0


class ScaledClock:
    """Begins at `start` and runs `speed` times as fast as the world."""

    def __init__(self, start: datetime, speed: float, *, steady: Seconds = uptime) -> None:
        self._start = start.astimezone(ZONE)
        self._speed = speed
        self._steady = steady
        self._began_s = steady()

    def now(self) -> datetime:
        """The present instant of the scaled world."""
        gone_s = (self._steady() - self._began_s) * self._speed
        return self._start + timedelta(seconds=gone_s)

    def take_jump(self) -> float:
        """It never jumps: always 0.0."""
        return 0.0


class SetClock:
    """Stands still until it is set forward; for replays and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(ZONE)
        self._lock = Lock()

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def advance_to(self, at: datetime) -> None:
        """Set forward; an earlier instant changes nothing."""
        with self._lock:
            self._now = max(self._now, at.astimezone(ZONE))

    def take_jump(self) -> float:
        """It never jumps: always 0.0."""
        return 0.0
