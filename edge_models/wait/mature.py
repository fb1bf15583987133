"""Features as if each day's office had known all its other days: what a grown office looks like.

A log of two weeks played day by day shows an office that knows nothing, then one day, then two. A
model of such rows distrusts what nights teach. So it learns from rows whose memory is of all days
but their own, and from rows without memory; both end before the first tested day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from edge_models.ticket_log.columns import TicketLog
from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait.features import FEATURES
from edge_models.wait.memory import LineDay, LineMemory, OfficeMemory
from edge_models.wait.office_now import OfficeNow
from edge_models.wait.replay import Matrix, close_day, play

Line = tuple[int, int]


@dataclass(slots=True)
class _Known:
    """All line days of a log and which counter served what, by office."""

    days: dict[Line, dict[int, LineDay]] = field(default_factory=lambda: defaultdict(dict))
    serves: dict[int, dict[int, set[int]]] = field(default_factory=dict)

    def without(self, office: int, day: int) -> OfficeMemory:
        """The memory of an office that lived all these days but one."""
        memory = OfficeMemory(serves=self.serves[office])
        for (where, service), days in self.days.items():
            others = [days[each] for each in sorted(days) if each != day]
            if where == office and others:
                line = memory.lines[service] = LineMemory()
                line.days.extend(others[:-1])
                line.close_day(others[-1])
        return memory


def mature_rows(log: TicketLog, counters: OpenCounters) -> Matrix:
    """One row of features for each ticket of the log, in its order."""
    known = _learn(log, counters)
    rows = np.full((len(log), len(FEATURES)), math.nan)
    for office, day, place in log.office_days():
        now = OfficeNow(known.without(office, day), date.fromordinal(day).weekday())
        for ticket, row in play(now, log, place, counters.of(office, day)):
            rows[ticket] = row
    return rows


def _learn(log: TicketLog, counters: OpenCounters) -> _Known:
    known = _Known()
    rows = np.full((len(log), len(FEATURES)), math.nan)
    for office, day, place in log.office_days():
        memory = OfficeMemory(serves=known.serves.setdefault(office, {}))
        now = OfficeNow(memory, date.fromordinal(day).weekday())
        for ticket, row in play(now, log, place, counters.of(office, day)):
            rows[ticket] = row
        close_day(memory, now, log, rows, place)
        for service, line in memory.lines.items():
            if line.days:
                known.days[office, service][day] = line.days[-1]
    return known
