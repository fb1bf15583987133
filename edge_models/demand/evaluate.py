"""How good the demand forecast is on a log: each day forecast in its morning, from earlier days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from edge_models.demand.arrivals import Arrivals, Counts
from edge_models.demand.forecast import (
    MODELS,
    WINDOW_DAYS,
    Tried,
    better,
    errors,
    try_days,
)
from edge_models.demand.known_days import Calendar
from edge_models.demand.spread import learn_spread

CHOSEN = "chosen"
LAST_WEEK, MEAN_DAY = "same weekday a week ago", "mean of all days"
DRAWS = 400
# The rest of a day is forecast again at these half hours, for the next two hours.
AHEAD = 4
Pair = tuple[Counts, Counts]


@dataclass(slots=True)
class Measured:
    """All days tested: pairs of expected and real counts of each way to forecast, in one order."""

    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    days: list[tuple[str, int]] = field(default_factory=list)
    covered: float = 0.0
    cells: float = 0.0
    days_covered: int = 0
    next_two_hours: dict[str, list[Pair]] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)

    def note(self, name: str, expected: Counts, came: Counts) -> None:
        """Another day forecast in this way."""
        self.pairs.setdefault(name, []).append((expected, came))


def measure(
    offices: Mapping[str, Arrivals],
    first: int,
    calendar: Calendar,
    tell: Callable[[int], None] = lambda _days: None,
) -> Measured:
    """Forecast every day from `first` on; `tell` hears of each office day that was tested."""
    found = Measured()
    for office, arrivals in offices.items():
        tried = try_days(arrivals, 0, calendar)
        for place, one in enumerate(tried):
            if one.day >= first:
                window = [t for t in tried[:place] if t.day >= one.day - WINDOW_DAYS]
                _one_day(found, arrivals, one, window)
                found.days.append((office, one.day))
                tell(1)
    return found


def _one_day(found: Measured, arrivals: Arrivals, one: Tried, window: list[Tried]) -> None:
    known = arrivals.before(one.day)
    for name in MODELS:
        found.note(name, one.said[name], one.came)
    same = np.flatnonzero(known.days % 7 == one.day % 7)
    found.note(LAST_WEEK, known.counts[same[-1] if len(same) else -1], one.came)
    found.note(MEAN_DAY, known.counts.mean(axis=0), one.came)
    model = better(window)
    expected = one.said[model]
    found.note(CHOSEN, expected, one.came)
    found.chosen[model] = found.chosen.get(model, 0) + 1
    spread = learn_spread([(t.said[model], t.came) for t in window])
    low, high = spread.interval(expected)
    real = (expected > 0) | (one.came > 0)
    found.covered += float(((one.came >= low) & (one.came <= high) & real).sum())
    found.cells += float(real.sum())
    least, most = spread.total_interval(float(expected.sum()))
    found.days_covered += int(least <= one.came.sum() <= most)
    for slot in range(1, expected.shape[1] - AHEAD):
        ahead = slice(slot, slot + AHEAD)
        if expected[:, :slot].any() and expected[:, ahead].any():
            factor = spread.busier(float(one.came[:, :slot].sum()), float(expected[:, :slot].sum()))
            two_hours = one.came[:, ahead].sum(axis=1)
            for name, by in (("in the morning", 1.0), ("with today so far", factor)):
                pair = (expected[:, ahead].sum(axis=1) * by, two_hours)
                found.next_two_hours.setdefault(name, []).append(pair)


def report(found: Measured, seed: int = 1) -> dict[str, object]:
    """The figures as they stand in the JSON file; intervals by drawing office days."""
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(found.days), size=(DRAWS, len(found.days)))
    came = sum(float(real.sum()) for _, real in found.pairs[CHOSEN])
    return {
        "rows": round(came),
        "office_days": len(found.days),
        "half_hours": round(found.cells),
        "models": {name: _figures(pairs, draws) for name, pairs in found.pairs.items()},
        "chosen": found.chosen,
        "coverage_80": found.covered / max(found.cells, 1.0),
        "coverage_80_day": found.days_covered / max(len(found.days), 1),
        "next_two_hours": {
            name: errors(pairs).share for name, pairs in found.next_two_hours.items()
        },
        "chance_alone": _chance(found.pairs[CHOSEN], rng),
    }


def _figures(pairs: list[Pair], draws: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> object:
    score = errors(pairs)
    missed = np.array([np.abs(expected - real).sum() for expected, real in pairs])
    came = np.array([real.sum() for _, real in pairs])
    shares = missed[draws].sum(axis=1) / np.maximum(came[draws].sum(axis=1), 1.0)
    low, high = np.quantile(shares, [0.025, 0.975])
    return {
        "share": score.share,
        "share_interval": [float(low), float(high)],
        "day_share": score.day_share,
    }


def _chance(pairs: Iterable[Pair], rng: np.random.Generator) -> float:
    """The share that would be missed if every mean were exactly right: people come by chance."""
    missed = came = 0.0
    for expected, _ in pairs:
        drawn = rng.poisson(expected)
        missed += float(np.abs(drawn - expected).sum())
        came += float(drawn.sum())
    return missed / max(came, 1.0)
