"""Erlang C: the mean wait of the simplest office, at once and exactly."""

from __future__ import annotations

import math


def mean_wait(arrivals_an_hour: float, service_min: float, counters: int) -> float:
    """Mean minutes of waiting with random arrivals and exponential service; inf when unstable."""
    load = arrivals_an_hour * service_min / 60
    if load >= counters:
        return math.inf
    blocked = 1.0
    for number in range(1, counters + 1):
        blocked = load * blocked / (number + load * blocked)
    waits = blocked / (1 - load / counters * (1 - blocked))
    return waits * service_min / (counters - load)
