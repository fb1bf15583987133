"""A clerk asks a colleague over; nobody's ticket is touched and nothing is written down.

Kept in memory on purpose: after a restart of the server a clerk who still waits presses again, and
nobody runs to a counter for a call of yesterday.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock


class StaffHelp:
    """Which counters ask for help, and since when. May be used from any thread."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Start with nobody asking; `now` is the office's clock."""
        self._now = now
        self._since: dict[int, datetime] = {}
        self._lock = Lock()
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Be told after each change, in the thread that made it; return quickly."""
        self._listeners.append(listener)

    def ask(self, counter: int) -> None:
        """Ask for this counter; asking again keeps the first time."""
        self._change(lambda: self._since.setdefault(counter, self._now()))

    def settle(self, counter: int) -> None:
        """Somebody came, or nobody is needed any more."""
        self._change(lambda: self._since.pop(counter, None))

    def asked(self) -> Mapping[int, datetime]:
        """The counters that ask now, each with the time of its first asking."""
        with self._lock:
            return dict(self._since)

    def _change(self, change: Callable[[], object]) -> None:
        with self._lock:
            before = len(self._since)
            change()
            changed = len(self._since) != before
        if changed:
            for listener in self._listeners:
                listener()
