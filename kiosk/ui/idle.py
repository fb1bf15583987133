"""Notices that a citizen has left: a warning with a countdown, then everything is wiped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IdleTimes:
    """Seconds: silence before the warning, the warning itself, and a ticket left on the screen."""

    idle_s: float
    warning_s: int
    ticket_s: int


class IdleWatch:
    """Counts the seconds since the last touch; it is told when one has passed."""

    def __init__(
        self, times: IdleTimes, warn: Callable[[int], None], leave: Callable[[], None]
    ) -> None:
        self._times = times
        self._warn = warn
        self._leave = leave
        self._silent_s = 0.0

    def touched(self) -> None:
        """Somebody is here."""
        self._silent_s = 0.0

    def second(self, *, on_ticket: bool) -> None:
        """One second has passed in a session; a ticket needs no warning, it only clears."""
        self._silent_s += 1
        if on_ticket:
            if self.ticket_left_s <= 0:
                self._leave()
            return
        left = self._times.idle_s + self._times.warning_s - self._silent_s
        if left <= 0:
            self._leave()
        elif self._silent_s >= self._times.idle_s:
            self._warn(round(left))

    @property
    def ticket_left_s(self) -> int:
        """Seconds until a ticket is cleared from the screen."""
        return max(0, round(self._times.ticket_s - self._silent_s))
