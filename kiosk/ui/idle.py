"""Notices that a citizen has left: a warning with a countdown, then everything is wiped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IdleTimes:
    """Seconds: silence before the warning, the warning itself, and a ticket left on the screen.

    A ticket is warned about in its last seconds, half of them at the most: the next citizen waits.
    """

    idle_s: float
    warning_s: int
    ticket_s: int

    def before_warning_s(self, *, on_ticket: bool) -> float:
        """Seconds of silence until the warning."""
        return self.ticket_s - self._ticket_warning_s if on_ticket else self.idle_s

    def all_s(self, *, on_ticket: bool) -> float:
        """Seconds of silence until everything is wiped."""
        return self.ticket_s if on_ticket else self.idle_s + self.warning_s

    @property
    def _ticket_warning_s(self) -> int:
        return min(self.warning_s, 10, self.ticket_s // 2)


class IdleWatch:
    """Counts the seconds since the last touch; it is told when one has passed.

    `patience` multiplies all times, for somebody who has to listen first.
    """

    def __init__(
        self, times: IdleTimes, warn: Callable[[int], None], leave: Callable[[], None]
    ) -> None:
        self._times = times
        self._warn = warn
        self._leave = leave
        self._silent_s = 0.0
        self.patience = 1

    def touched(self) -> None:
        """Somebody is here."""
        self._silent_s = 0.0

    def second(self, *, on_ticket: bool) -> None:
        """One second has passed in a session."""
        self._silent_s += 1
        left = self._times.all_s(on_ticket=on_ticket) * self.patience - self._silent_s
        if left <= 0:
            self._leave()
        elif self._silent_s >= self._times.before_warning_s(on_ticket=on_ticket) * self.patience:
            self._warn(round(left))

    @property
    def ticket_left_s(self) -> int:
        """Seconds until a ticket is cleared from the screen."""
        left = self._times.all_s(on_ticket=True) * self.patience - self._silent_s
        return max(0, round(left))
