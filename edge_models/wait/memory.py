"""What the nights teach about each waiting line: its pace, its usual waits, its usual hours."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from edge_models.ticket_log.columns import Floats

NAN = math.nan
DAYS_KEPT = 15
HALF_HOURS = 48
# A half hour with few tickets leans on the mean of the line by this many tickets.
LEAN = 10.0
# Yesterday teaches the recent interval most, the day before by this share of it, and so on.
FADES = 0.6
# A place in the line is learned with its neighbours: few people ever stand at the 15th.
PLACES = np.array([1.5, 2.5, 3.5, 5.5, 8.5, 12.5, 18.5, 30.5])
NEIGHBOUR = 0.3
# A day five times slower than usual is the slowest that is believed.
SLOWEST = 0.2


def weighted_median(values: Floats, weights: Floats) -> float:
    """The value that minimises the weighted sum of absolute errors; NaN of nothing."""
    if not len(values):
        return NAN
    order = np.argsort(values, kind="stable")
    heap = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(heap, heap[-1] / 2)])


@dataclass(frozen=True, slots=True)
class LineDay:
    """The called tickets of one line on one day; all columns have one row for each."""

    arrived: Floats
    called: Floats
    turns: Floats
    open_counters: Floats
    service_min: Floats


@dataclass(slots=True)
class LineMemory:
    """What is known of a line from earlier days; NaN is 'not yet'."""

    interval: float = NAN
    interval_recent: float = NAN
    interval_a_counter: float = NAN
    mean_wait: float = NAN
    service_min: float = NAN
    first_call: float = NAN
    last_call: float = NAN
    wait_at: Floats = field(default_factory=lambda: np.full(HALF_HOURS, NAN))
    calls_at: Floats = field(default_factory=lambda: np.full(HALF_HOURS, NAN))
    pace_at: Floats = field(default_factory=lambda: np.full(HALF_HOURS, NAN))
    calls_until: Floats = field(default_factory=lambda: np.zeros(HALF_HOURS + 1))
    arrivals_until: Floats = field(default_factory=lambda: np.zeros(HALF_HOURS + 1))
    interval_by_place: Floats = field(default_factory=lambda: np.full(len(PLACES) + 1, NAN))
    days: deque[LineDay] = field(default_factory=lambda: deque(maxlen=DAYS_KEPT))

    def close_day(self, day: LineDay) -> None:
        """Learn from a day that is over."""
        if not len(day.arrived):
            return
        self.days.append(day)
        arrived, called, turns, counters, service = (
            np.concatenate([getattr(each, name) for each in self.days])
            for name in ("arrived", "called", "turns", "open_counters", "service_min")
        )
        wait = called - arrived
        self.interval = weighted_median(wait / turns, turns)
        faded = [
            np.full(len(each.arrived), FADES**age) for age, each in enumerate(reversed(self.days))
        ]
        self.interval_recent = weighted_median(wait / turns, turns * np.concatenate(faded[::-1]))
        share = np.where(counters > 0, turns / np.maximum(counters, 1), NAN)
        known = ~np.isnan(share)
        self.interval_a_counter = weighted_median(wait[known] / share[known], share[known])
        self.mean_wait = float(wait.mean())
        known = ~np.isnan(service)
        self.service_min = float(service[known].mean()) if known.any() else NAN
        self.first_call = float(np.median([each.called.min() for each in self.days]))
        self.last_call = float(np.median([each.called.max() for each in self.days]))
        self._by_place(wait, turns)
        self._profile(arrived, called, wait, turns)

    def wait_of_place(self, turns: float) -> float:
        """Minutes people at this place usually waited; 1 is the next to be called."""
        return float(self.interval_by_place[int(np.searchsorted(PLACES, turns))]) * turns

    def usually_until(self, at: float) -> tuple[float, float]:
        """Calls and arrivals of a usual day until this minute."""
        place = min(max(at / 30, 0.0), float(HALF_HOURS))
        slot = min(int(place), HALF_HOURS - 1)
        calls, arrivals = (
            float(known[slot] + (place - slot) * (known[slot + 1] - known[slot]))
            for known in (self.calls_until, self.arrivals_until)
        )
        return calls, arrivals

    def walk(self, at: float, turns: float, busy: float) -> float:
        """Minutes until a day with `busy` times the usual calls has called `turns` more."""
        known = self.calls_until
        wanted = self.usually_until(at)[0] + turns / max(busy, SLOWEST)
        if wanted >= known[-1]:
            return max(self.last_call - at, 0.0) + (wanted - float(known[-1])) * self.interval
        slot = int(np.searchsorted(known, wanted, side="right")) - 1
        return (
            slot + (wanted - float(known[slot])) / float(known[slot + 1] - known[slot])
        ) * 30 - at

    def _by_place(self, wait: Floats, turns: Floats) -> None:
        near = np.searchsorted(PLACES, turns)
        for place in range(len(PLACES) + 1):
            mine = np.abs(near - place) <= 1
            weights = turns[mine] * np.where(near[mine] == place, 1.0, NEIGHBOUR)
            self.interval_by_place[place] = weighted_median((wait / turns)[mine], weights)

    def _profile(self, arrived: Floats, called: Floats, wait: Floats, turns: Floats) -> None:
        slot = half_hours(arrived)
        tickets = np.bincount(slot, minlength=HALF_HOURS)
        total = np.bincount(slot, weights=wait, minlength=HALF_HOURS)
        self.wait_at = (total + LEAN * self.mean_wait) / (tickets + LEAN)
        places = np.convolve(
            np.bincount(slot, weights=turns, minlength=HALF_HOURS), [1, 1, 1], "same"
        )
        cost = np.convolve(total, [1, 1, 1], "same")
        lean = LEAN * float(turns.mean())
        self.pace_at = (cost + lean * self.interval) / (places + lean)
        self.calls_at = np.bincount(half_hours(called), minlength=HALF_HOURS) / len(self.days)
        self.calls_until[1:] = np.cumsum(self.calls_at)
        self.arrivals_until[1:] = np.cumsum(tickets / len(self.days))


def half_hours(minute: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Which half hour of the day; before and after midnight count as its edges."""
    return np.clip(minute // 30, 0, HALF_HOURS - 1).astype(np.intp)


@dataclass(slots=True)
class OfficeMemory:
    """What is known of an office: its lines, and which counter serves which of them."""

    lines: dict[int, LineMemory] = field(default_factory=dict)
    serves: dict[int, set[int]] = field(default_factory=dict)

    def line(self, service: int) -> LineMemory:
        """The line's memory, empty at first."""
        return self.lines.setdefault(service, LineMemory())
