"""Offices in the middle of a morning, for the tests of the staffing advice."""

from __future__ import annotations

from edge_models.simulator.office import Line
from edge_models.staffing.live_state import Desk, LiveState, Waiting

LINES = (Line("CT", 0.6, 8, 0.7), Line("HT", 0.2, 15, 0.6), Line("LD", 0.2, 18, 0.6))
SESSIONS = ((420.0, 660.0), (780.0, 1020.0))
ALL = (0, 1, 2)
OPEN_SLOTS = {*range(14, 22), *range(26, 34)}


def morning(
    waiting: int = 8,
    open_counters: int = 3,
    counters: int = 6,
    half_hour: float = 7.0,
    at: float = 552.0,
) -> LiveState:
    """A ward at 09:12; every counter serves everything."""
    desks = tuple(
        Desk(
            number + 1,
            (ALL,),
            open=number < open_counters,
            busy_line=0 if number < open_counters else None,
            busy_min=2.0 * number,
        )
        for number in range(counters)
    )
    people = tuple(
        Waiting(place % 3, int(place % 8 == 0), float(waiting - place)) for place in range(waiting)
    )
    arrivals = tuple(
        tuple(half_hour * line.share if slot in OPEN_SLOTS else 0.0 for slot in range(48))
        for line in LINES
    )
    return LiveState(at, LINES, SESSIONS, people, desks, arrivals, guard=30.0)


def crowded_centre() -> LiveState:
    """Twenty-five counters, twelve open, ninety people waiting, eighty an hour coming."""
    return morning(waiting=90, open_counters=12, counters=25, half_hour=40)
