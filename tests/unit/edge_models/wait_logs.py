"""Small busy ticket logs for the tests of the wait models, made from a seed."""

from __future__ import annotations

import numpy as np

from edge_models.ticket_log.columns import TicketLog

FIRST_DAY = 739621


def busy_log(days: int = 2, tickets: int = 60, seed: int = 1, services: int = 2) -> TicketLog:
    """One office, `services` lines sharing three counters, first come first served."""
    rng = np.random.default_rng(seed)
    columns: list[tuple[int, int, float, float, float, int, float]] = []
    for day in range(FIRST_DAY, FIRST_DAY + days):
        free = np.full(3, 480.0)
        for at in np.sort(480 + rng.exponential(90, tickets)).round(2):
            service = int(rng.integers(services))
            counter = int(free.argmin())
            called = round(max(float(at), float(free[counter])), 2)
            free[counter] = called + rng.exponential(6)
            finished = float(free[counter].round(2))
            priority = float(rng.random() < 0.1)
            columns.append((service, day, float(at), called, finished, counter, priority))
    service, day, arrived, called, finished, counter, priority = (
        np.array(column) for column in zip(*columns, strict=True)
    )
    called[rng.random(len(called)) < 0.03] = np.nan
    return TicketLog(
        *(("A",), tuple("XYZ"[:services]), ("1", "2", "3"), np.zeros(len(day), dtype=np.int64)),
        *(service, day, arrived, called, finished, counter, priority),
    )
