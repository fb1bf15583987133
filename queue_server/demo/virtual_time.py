"""The demo's time: a fast clock that skips the night, and waiting on it until everything stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

from queue_server.adapters.clock import ScaledClock

SATURDAY = 5


class Stopped(Exception):  # noqa: N818 - not a fault: somebody pressed Ctrl-C
    """The demo ends now; whoever waits goes home."""


class SkippingClock:
    """A scaled clock that can be set forward. May be read from any thread."""

    def __init__(self, start: datetime, speed: float) -> None:
        self._speed = speed
        self._clock = ScaledClock(start, speed)

    def now(self) -> datetime:
        """The present instant of the virtual world."""
        return self._clock.now()

    def skip_to(self, at: datetime) -> None:
        """Go on at `at`; an earlier instant changes nothing."""
        if at > self.now():
            self._clock = ScaledClock(at, self._speed)

    def take_jump(self) -> float:
        """A skipped night is no correction: always 0.0."""
        return 0.0


class Pace:
    """Virtual waiting. All methods may be called from any thread."""

    def __init__(self, clock: SkippingClock, speed: float) -> None:
        self.clock = clock
        self.speed = speed
        self._stop = threading.Event()
        self._wakers: list[Callable[[], None]] = []

    @property
    def stopped(self) -> bool:
        """Whether the demo ends."""
        return self._stop.is_set()

    def on_stop(self, wake: Callable[[], None]) -> None:
        """Have `wake` called at the stop, for whoever waits for something else than time."""
        self._wakers.append(wake)

    def stop(self) -> None:
        """End all waiting, now and later."""
        self._stop.set()
        for wake in self._wakers:
            wake()

    def check(self) -> None:
        """Go on, unless the demo ends.

        Raises:
            Stopped: it does.
        """
        if self.stopped:
            raise Stopped

    def until(self, at: datetime) -> None:
        """Wait for an instant of the virtual world.

        Raises:
            Stopped: the demo ends.
        """
        while (left_s := (at - self.clock.now()).total_seconds() / self.speed) > 0:
            self._stop.wait(left_s)
            self.check()
        self.check()

    def minutes(self, minutes: float) -> None:
        """Let virtual minutes pass.

        Raises:
            Stopped: the demo ends.
        """
        self.until(self.clock.now() + timedelta(minutes=minutes))


def working_day_from(day: date) -> date:
    """The first day from `day` on that is no Saturday or Sunday; it knows no holidays."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
