"""One waiting line as it stands: who waits, what was called lately, how long people waited."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

NAN = math.nan
RECENT = 60.0
LATEST = 10
# Whom so many later ones of no higher class went before is no longer there, or waits for something
# else. Many logs do not say when people give up; without this their ghosts would fill the line.
PASSED_OVER = 3


@dataclass(slots=True)
class Waiting:
    """Somebody in the line; `turns` is their place when they came, 1 for the next one."""

    arrived: float
    priority: float
    turns: int
    overtaken: int = 0


@dataclass(slots=True)
class Called:
    """A call: when, after which wait, from which place in the line."""

    at: float
    wait: float
    turns: int


@dataclass(slots=True)
class LineNow:
    """State of one line today; times are minutes of the day."""

    waiting: dict[Hashable, Waiting] = field(default_factory=dict)
    calls: deque[Called] = field(default_factory=deque)
    arrivals: deque[float] = field(default_factory=deque)
    latest: deque[Called] = field(default_factory=lambda: deque(maxlen=LATEST))
    called: int = 0
    issued: int = 0
    minutes_waited: float = 0.0
    places_passed: float = 0.0
    newest_called: float = -math.inf
    last_waited_call: float = -math.inf
    first_call: float = NAN
    open_counters: float = NAN
    by_priority: dict[float, int] = field(default_factory=dict)

    def arrive(self, ticket: Hashable, at: float, priority: float) -> None:
        """Somebody joins."""
        self.waiting[ticket] = Waiting(at, priority, self.before(priority) + 1)
        self.by_priority[priority] = self.by_priority.get(priority, 0) + 1
        self.arrivals.append(at)
        self.issued += 1

    def leave(self, ticket: Hashable) -> Waiting | None:
        """Somebody goes without being called; None if they were not here."""
        gone = self.waiting.pop(ticket, None)
        if gone is not None:
            self.by_priority[gone.priority] -= 1
        return gone

    def call(self, ticket: Hashable, at: float) -> None:
        """Somebody is called; nothing happens if they were not here."""
        who = self.leave(ticket)
        if who is None:
            return
        call = Called(at, at - who.arrived, who.turns)
        self.calls.append(call)
        self.latest.append(call)
        if not self.called:
            self.first_call = at
        self.called += 1
        self.minutes_waited += call.wait
        self.places_passed += call.turns
        self.newest_called = max(self.newest_called, who.arrived)
        if call.wait > 0:
            self.last_waited_call = at
        self._pass_over(who)

    def _pass_over(self, called: Waiting) -> None:
        """Those of this class or a higher one who came before were overtaken once more."""
        gone = []
        for ticket, who in self.waiting.items():
            if who.arrived >= called.arrived:
                break
            if who.priority >= called.priority:
                who.overtaken += 1
                if who.overtaken >= PASSED_OVER:
                    gone.append(ticket)
        for ticket in gone:
            self.leave(ticket)

    def forget(self, at: float) -> None:
        """Drop what no window reaches any more."""
        while self.calls and self.calls[0].at < at - RECENT:
            self.calls.popleft()
        while self.arrivals and self.arrivals[0] < at - RECENT:
            self.arrivals.popleft()

    def before(self, priority: float) -> int:
        """How many of this class and of higher ones are waiting."""
        return sum(count for cls, count in self.by_priority.items() if cls >= priority)

    def oldest(self) -> Waiting | None:
        """Who has been in the line longest."""
        return next(iter(self.waiting.values()), None)

    def not_overtaken(self) -> int:
        """Waiting people who came after the newest one called: nobody has passed them yet."""
        count = 0
        for who in reversed(self.waiting.values()):
            if who.arrived < self.newest_called:
                break
            count += 1
        return count
