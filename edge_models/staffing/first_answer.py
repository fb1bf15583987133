"""The answer before any simulation: Erlang C for each group of lines that shares counters."""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge_models.simulator.erlang import mean_wait
from edge_models.staffing.live_state import LiveState

MOST_COUNTERS = 60


@dataclass(frozen=True, slots=True)
class Pool:
    """Lines that share open counters, seen as one.

    Attributes:
        lines: positions of its lines.
        counters: open now.
        wait: mean minutes in the long run with these; None while the line would grow for ever.
        needed: the fewest counters with which the mean wait stays within the target.
        wait_then: the mean minutes with those.
    """

    lines: tuple[int, ...]
    counters: int
    wait: float | None
    needed: int
    wait_then: float | None


def first_answer(state: LiveState, target: float, minutes: float = 60.0) -> list[Pool]:
    """Erlang C for the arrivals of the next minutes, the waiting people served within them too."""
    return [_pool(state, lines, target, minutes) for lines in pools(state) if lines]


def pools(state: LiveState) -> list[tuple[int, ...]]:
    """Lines joined by an open counter that serves both."""
    group = list(range(len(state.lines)))
    for desk in state.desks:
        if desk.open:
            joined = {group[line] for line in desk.lines}
            group = [min(joined) if one in joined else one for one in group]
    return [
        tuple(line for line, one in enumerate(group) if one == name) for name in sorted(set(group))
    ]


def _pool(state: LiveState, lines: tuple[int, ...], target: float, minutes: float) -> Pool:
    people = {line: state.expected(line, minutes) for line in lines}
    for one in state.waiting:
        if one.line in people:
            people[one.line] += 1
    rate = sum(people.values()) * 60 / minutes
    work = sum(number * state.lines[line].minutes for line, number in people.items())
    service = work / sum(people.values()) if rate else 0.0
    open_now = sum(desk.open and bool(desk.lines & set(lines)) for desk in state.desks)
    if not rate:
        return Pool(lines, open_now, 0.0, open_now, 0.0)
    needed = max(1, open_now)
    while needed < MOST_COUNTERS and mean_wait(rate, service, needed) > target:
        needed += 1
    return Pool(
        lines,
        open_now,
        _known(mean_wait(rate, service, open_now) if open_now else math.inf),
        needed,
        _known(mean_wait(rate, service, needed)),
    )


def _known(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) else None
