"""One office as it stands: its lines and counters, kept up event by event, live or from a log."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field

from edge_models.wait.line_now import LineNow
from edge_models.wait.memory import OfficeMemory

NAN = math.nan
# A counter that neither called nor finished for so long is taken for closed.
ACTIVE = 30.0


@dataclass(slots=True)
class CounterNow:
    """A counter today: since when it serves whom, or since when it is free."""

    serves: set[int]
    since: float
    service: int
    busy: bool = True


@dataclass(slots=True)
class OfficeNow:
    """Events go in, in order of time; `memory` is what earlier days taught."""

    memory: OfficeMemory
    weekday: int
    lines: dict[int, LineNow] = field(default_factory=dict)
    counters: dict[int, CounterNow] = field(default_factory=dict)
    serving: dict[Hashable, tuple[int, float]] = field(default_factory=dict)
    ends_known: bool = False
    service_sums: dict[int, tuple[float, int]] = field(default_factory=dict)

    def line(self, service: int) -> LineNow:
        """The line of a service, empty at first."""
        found = self.lines.get(service)
        if found is None:
            found = self.lines[service] = LineNow()
        return found

    def arrive(self, ticket: Hashable, service: int, at: float, priority: float = 0.0) -> None:
        """A ticket was issued."""
        self.line(service).arrive(ticket, at, priority)

    def call(self, ticket: Hashable, service: int, at: float, counter: int = -1) -> None:
        """A ticket was called for the first time, to a counter if that is known."""
        self.line(service).call(ticket, at)
        if counter < 0:
            return
        desk = self.counters.get(counter)
        if desk is None:
            known = self.memory.serves.get(counter, set())
            desk = self.counters[counter] = CounterNow({service, *known}, at, service)
        desk.serves.add(service)
        desk.since, desk.service, desk.busy = at, service, True
        self.serving[ticket] = (counter, at)

    def finish(self, ticket: Hashable, service: int, at: float) -> None:
        """The service of a ticket ended, or it left without being called."""
        if self.line(service).leave(ticket) is not None:
            return
        self.ends_known = True
        counter, began = self.serving.pop(ticket, (-1, NAN))
        if counter < 0:
            return
        total, count = self.service_sums.get(service, (0.0, 0))
        self.service_sums[service] = (total + at - began, count + 1)
        desk = self.counters[counter]
        # The counter may have called the next one before this end was written.
        if desk.busy and desk.since == began:
            desk.since, desk.busy = at, False

    def open_counters(self, service: int, number: int) -> None:
        """So many counters are open for this service now."""
        self.line(service).open_counters = float(number)

    def service_min(self, service: int) -> float:
        """Mean service time in minutes: of today and, as ten more tickets, of earlier days."""
        total, count = self.service_sums.get(service, (0.0, 0))
        known = self.memory.lines.get(service)
        learned = known.service_min if known is not None else NAN
        if not math.isnan(learned):
            return (total + 10 * learned) / (count + 10)
        return total / count if count else NAN

    def eligible(self, service: int, at: float) -> list[CounterNow]:
        """Counters at work that serve this service, as far as calls have shown."""
        return [
            desk
            for desk in self.counters.values()
            if service in desk.serves
            and (at - desk.since <= ACTIVE or (desk.busy and self.ends_known))
        ]

    def counter_rights(self) -> dict[int, set[int]]:
        """Which counter served which services, today or before."""
        return {number: set(desk.serves) for number, desk in self.counters.items()}
