"""How a day without a past is expected to go on: the people so far, in the shape of a usual day.

The shape is an assumption, the one of the simulator: early crowds. It is laid over the open
minutes of the office, whatever its sessions are.
"""

from __future__ import annotations

import numpy as np

from edge_models.demand.arrivals import SLOT_MIN, SLOTS, Counts
from edge_models.simulator.office import HALF_HOURS
from edge_models.ticket_log.columns import Floats

# A day is not judged by its first minutes: this share is taken as passed at least.
LEAST_PASSED = 0.15
Sessions = tuple[tuple[float, float], ...]


def passed_share(minutes: Floats, sessions: Sessions) -> Floats:
    """Share of a usual day's people who have come by these minutes of the day."""
    starts, ends = np.array(sessions).T
    open_min = np.clip(minutes[:, None] - starts, 0.0, ends - starts).sum(axis=1)
    shares = np.array(list(HALF_HOURS.values()))
    known = np.concatenate([[0.0], np.cumsum(shares) / shares.sum()])
    whole = float((ends - starts).sum())
    return np.asarray(np.interp(open_min / whole, np.linspace(0.0, 1.0, len(known)), known))


def as_usual(came: Counts, minute: float, sessions: Sessions) -> Counts:
    """People by service and half hour of a day in which so many came until this minute."""
    edges = np.arange(SLOTS + 1, dtype=np.float64) * SLOT_MIN
    passed = float(passed_share(np.array([minute]), sessions)[0])
    total = came.sum(axis=1, keepdims=True) / max(passed, LEAST_PASSED)
    return np.asarray(total * np.diff(passed_share(edges, sessions)))
