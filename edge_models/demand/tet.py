"""The rush after Tết: an assumption first, the office's own years as soon as its log has one.

On the n-th working day after Tết `1 + size · 2^(-(n-1)/2)` times as many people come as usual.
"""

from __future__ import annotations

from collections.abc import Iterable

# Newspapers tell of double the usual number on the first day; measured by nobody.
ASSUMED_SIZE = 1.0


def fading(nth: int) -> float:
    """Share of the first day's rush that is left on the n-th working day; 0 on other days."""
    return 2.0 ** (-(nth - 1) / 2) if nth else 0.0


def rush_size(seen: Iterable[tuple[int, float]]) -> float:
    """The size from days seen, each `(n, arrivals / usual arrivals)`; the assumption is one day."""
    total, weight = ASSUMED_SIZE, 1.0
    for nth, ratio in seen:
        share = fading(nth)
        total += share * (ratio - 1)
        weight += share * share
    return max(0.0, total / weight)
