"""Plays a log through the live state and keeps the features of each ticket at its arrival."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import TicketLog
from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait.features import FEATURES, PLACE, features
from edge_models.wait.memory import LineDay, OfficeMemory
from edge_models.wait.office_now import OfficeNow

Matrix = NDArray[np.float64]
# At one instant arrivals come first: whoever arrives knows nothing else of that instant.
ARRIVE, OPEN, CALL, FINISH = range(4)
Event = tuple[float, int, int, int]


@dataclass(slots=True)
class Replay:
    """Features of a whole log; `learning` off means that no night teaches anything."""

    log: TicketLog
    counters: OpenCounters = field(default_factory=OpenCounters)
    learning: bool = True
    progress: Callable[[int], None] = lambda _: None

    def run(self) -> Matrix:
        """One row of features for each ticket of the log, in its order."""
        rows = np.full((len(self.log), len(FEATURES)), math.nan)
        memories: dict[int, OfficeMemory] = {}
        for office, day, place in self.log.office_days():
            memory = memories.setdefault(office, OfficeMemory())
            now = OfficeNow(memory, date.fromordinal(day).weekday())
            for ticket, row in play(now, self.log, place, self.counters.of(office, day)):
                rows[ticket] = row
            if self.learning:
                close_day(memory, now, self.log, rows, place)
            self.progress(place.stop - place.start)
        return rows


def events_of(log: TicketLog, place: slice, opened: list[tuple[float, int, int]]) -> list[Event]:
    """The events `(minute, kind, ticket or service, number)` of an office day in their order."""
    events: list[Event] = [(at, OPEN, service, number) for at, service, number in opened]
    for ticket in range(place.start, place.stop):
        events.append((float(log.arrived[ticket]), ARRIVE, ticket, 0))
        if not math.isnan(log.called[ticket]):
            events.append((float(log.called[ticket]), CALL, ticket, 0))
        if not math.isnan(log.finished[ticket]):
            events.append((float(log.finished[ticket]), FINISH, ticket, 0))
    events.sort()
    return events


def play(
    now: OfficeNow, log: TicketLog, place: slice, opened: list[tuple[float, int, int]]
) -> list[tuple[int, list[float]]]:
    """Feed the events of an office day; the features of each ticket just before it joins."""
    service, counter = log.service.tolist(), log.counter.tolist()
    found = []
    for at, kind, what, number in events_of(log, place, opened):
        if kind == ARRIVE:
            priority = float(log.priority[what])
            found.append((what, features(now, service[what], at, priority)))
            now.arrive(what, service[what], at, priority)
        elif kind == CALL:
            now.call(what, service[what], at, counter[what])
        elif kind == FINISH:
            now.finish(what, service[what], at)
        else:
            now.open_counters(what, number)
    return found


def close_day(
    memory: OfficeMemory, now: OfficeNow, log: TicketLog, rows: Matrix, place: slice
) -> None:
    """The night after an office day: each line learns from its called tickets."""
    called = ~np.isnan(log.called[place])
    for service in now.lines:
        mine = np.flatnonzero(called & (log.service[place] == service)) + place.start
        memory.line(service).close_day(
            LineDay(
                log.arrived[mine],
                log.called[mine],
                rows[mine, PLACE["turns"]],
                rows[mine, PLACE["open_counters"]],
                log.finished[mine] - log.called[mine],
            )
        )
    for number, services in now.counter_rights().items():
        memory.serves.setdefault(number, set()).update(services)
