"""Offices drawn at random, wide enough that a model of them knows no single office by heart."""

from __future__ import annotations

from random import Random

from edge_models.simulator.office import HALF_HOURS, Line, Office

HOURS = (
    ((420.0, 660.0), (780.0, 1020.0)),
    ((420.0, 720.0), (780.0, 1080.0)),
    ((450.0, 690.0), (810.0, 1020.0)),
    ((480.0, 960.0),),
)


def random_office(name: str, rng: Random) -> Office:
    """From a quiet commune to a crowded centre; load from easy to more than can be served."""
    lines = tuple(
        Line(str(number), rng.uniform(0.05, 1), rng.uniform(3, 25), rng.uniform(0.4, 1.0))
        for number in range(rng.randint(1, 8))
    )
    number = rng.randint(1, 16)
    counters = [_profile(len(lines), rng) for _ in range(number)]
    for line in range(len(lines)):
        if not any(line in served for served in counters):
            place = rng.randrange(number)
            counters[place] = tuple(sorted({*counters[place], line}))
    sessions = rng.choice(HOURS)
    half_hours = _half_hours(sessions, rng)
    total = sum(line.share for line in lines)
    mean = sum(line.share * line.minutes for line in lines) / total
    capacity = number * sum(end - start for start, end in sessions) / mean
    return Office(
        lines=lines,
        counters=tuple(counters),
        name=name,
        visits=max(15.0, capacity * rng.uniform(0.35, 1.05)),
        sessions=sessions,
        half_hours=half_hours,
        before_opening=rng.uniform(0, 0.2),
        priority=rng.choice((0.0, rng.uniform(0, 0.25))),
        no_show=rng.uniform(0, 0.1),
        impatient=rng.uniform(0, 0.6),
        appointments=rng.choice((0.0, 0.0, rng.uniform(0, 0.5))),
        bulk=rng.uniform(0, 0.06),
        break_share=rng.uniform(0, 1),
        daily_cv=rng.uniform(0.05, 0.3),
    )


def _profile(lines: int, rng: Random) -> tuple[int, ...]:
    """One line, some or all of them."""
    kind = rng.random()
    if kind < 1 / 3:
        return (rng.randrange(lines),)
    if kind < 2 / 3:
        return tuple(sorted(rng.sample(range(lines), rng.randint(1, lines))))
    return tuple(range(lines))


def _half_hours(sessions: tuple[tuple[float, float], ...], rng: Random) -> dict[int, float]:
    """Arrivals of the default day, stretched and shaken to these hours."""
    slots = [
        int(start) + 30 * step
        for start, end in sessions
        for step in range(int(end - start) // 30 - 1)
    ]
    usual = list(HALF_HOURS.values())
    flat = rng.random()
    return {
        slot: (usual[min(place * len(usual) // len(slots), len(usual) - 1)] + flat * 0.1)
        * rng.lognormvariate(0, 0.25)
        for place, slot in enumerate(slots)
    }
