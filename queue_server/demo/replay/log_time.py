"""The office's clock during a replay: set by the steps of the log, or running at a speed."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Protocol

from queue_server.adapters.clock import ScaledClock, SetClock


class LogTime(Protocol):
    """A clock for the office that stands at the first step until it is begun."""

    def now(self) -> datetime:
        """The present instant of the office."""
        ...

    def take_jump(self) -> float:
        """It never jumps: always 0.0."""
        ...

    def begin(self) -> None:
        """The first step is about to be played."""
        ...

    def bring_to(self, at: datetime) -> None:
        """Return when it is this late."""
        ...


class SteppedTime:
    """Stands still between the steps: as fast as the system answers, and exact."""

    def __init__(self, start: datetime) -> None:
        self._clock = SetClock(start)

    def now(self) -> datetime:
        """The instant of the last step."""
        return self._clock.now()

    def take_jump(self) -> float:
        """It never jumps: always 0.0."""
        return self._clock.take_jump()

    def begin(self) -> None:
        """Nothing runs."""

    def bring_to(self, at: datetime) -> None:
        """Set the clock forward."""
        self._clock.advance_to(at)


class RunningTime:
    """Runs `speed` times as fast as the world, from `begin` on."""

    def __init__(self, start: datetime, speed: float) -> None:
        self._start = start
        self._speed = speed
        self._clock: SetClock | ScaledClock = SetClock(start)

    def now(self) -> datetime:
        """The present instant of the scaled world."""
        return self._clock.now()

    def take_jump(self) -> float:
        """It never jumps: always 0.0."""
        return self._clock.take_jump()

    def begin(self) -> None:
        """Starting an office takes seconds that the log knows nothing of: run only now."""
        self._clock = ScaledClock(self._start, self._speed)

    def bring_to(self, at: datetime) -> None:
        """Wait."""
        pause = threading.Event().wait
        while (left_s := (at - self.now()).total_seconds() / self._speed) > 0:
            pause(left_s)
