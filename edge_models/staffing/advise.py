"""The smallest thing to do: which counters to open when, tried on two hundred futures of today.

Fewest counters first, then the latest start. All actions meet the same futures, so they differ by
what they do and not by luck; forty futures sort out what has no chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from statistics import fmean

from edge_models.staffing.live_day import Opened, People, draw_people, mean_wait, play
from edge_models.staffing.live_state import Desk, LiveState

TARGET_MIN = 15.0
ENOUGH = 0.8
RUNS = 200
SCREENED = 40
HOPELESS = 0.55
SOONEST_MIN = 3.0
STEP_MIN = 5.0
HALF_HOUR = 30.0
STARTS = 4
CONTENDERS = 3
# Tickets that may be played in all: about a second and a half of one core.
WORK = 140_000
IMAGINED = 0

Desks = tuple[Desk, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Mean wait over all futures, and the share of futures in which it kept the target."""

    wait: float
    sure: float


@dataclass(frozen=True, slots=True)
class Action:
    """Open these counters at a minute of the day for a line; number 0 is one that must be found."""

    line: int
    counters: tuple[int, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and what it was compared with.

    Attributes:
        now: with the counters as they are.
        action: None when nothing is needed or nothing helps.
        then: with the action.
        runs: futures played for `now` and `then`.
        tried: how many actions were looked at.
    """

    now: Outcome
    action: Action | None
    then: Outcome | None
    runs: int
    tried: int

    @property
    def reaches(self) -> bool:
        """Whether the target is kept surely enough."""
        return (self.then or self.now).sure >= ENOUGH


@dataclass(slots=True)
class _Search:
    state: LiveState
    target: float
    futures: list[People]
    worst: list[int]
    work: int = 0
    tried: int = 0
    closed: list[Desk] = field(default_factory=list)

    def outcome(self, opened: Sequence[Opened], runs: int) -> Outcome:
        """What happens in the first futures with these counters opened."""
        waits = []
        for people in self.futures[:runs]:
            waits.append(mean_wait(self.state, play(self.state, people, opened)))
            self.work += len(people.tickets)
        return Outcome(fmean(waits), fmean(wait <= self.target for wait in waits))

    def screened(self, sets: Iterable[Desks], at: float) -> list[tuple[Outcome, Desks]]:
        """The sets of counters after a few futures, the most helpful first."""
        found = []
        for desks in sets:
            if self.work < WORK:
                self.tried += 1
                found.append((self.outcome([Opened(desk, at) for desk in desks], SCREENED), desks))
        return sorted(found, key=lambda one: (-one[0].sure, one[0].wait))


def advise(state: LiveState, seed: int = 1, target: float = TARGET_MIN, runs: int = RUNS) -> Advice:
    """The smallest action after which the target holds in eight of ten futures.

    Where no action of one or two counters does that, the one with the shortest wait; none where
    even that does not shorten it by a minute.
    """
    search = _begin(state, seed, target, runs)
    runs = len(search.futures)
    now = search.outcome((), runs)
    best = _best(search, runs) if now.sure < ENOUGH else None
    if best is None or (best[0].sure < ENOUGH and best[0].wait > now.wait - 1):
        return Advice(now, None, None, runs, search.tried)
    return Advice(now, best[1], best[0], runs, search.tried)


def _best(search: _Search, runs: int) -> tuple[Outcome, Action] | None:
    """What is enough, with the fewest counters; else what shortens the wait most."""
    times = start_times(search.state)
    if not times:
        return None
    most: Desks = ()
    for found in _sets(search, times[0]):
        for seen, desks in found[:CONTENDERS]:
            if seen.sure >= HOPELESS:
                whole = search.outcome([Opened(desk, times[0]) for desk in desks], runs)
                if whole.sure >= ENOUGH:
                    action = _action(search, desks, times[0])
                    return _later(search, (whole, action), times, runs)
        most = found[0][1] if found else most
    if not most:
        return None
    opened = [Opened(desk, times[0]) for desk in most]
    return search.outcome(opened, runs), _action(search, most, times[0])


def _begin(state: LiveState, seed: int, target: float, runs: int) -> _Search:
    one = draw_people(state, Random(f"{seed}/0"))  # noqa: S311 - a simulation wants to be repeated
    # A crowded office gets fewer futures, never a later answer.
    runs = max(SCREENED, min(runs, WORK // (4 * max(1, len(one.tickets)))))
    futures = [one]
    futures += [draw_people(state, Random(f"{seed}/{run}")) for run in range(1, runs)]  # noqa: S311 - as above
    demand = [state.expected(line, 120) for line in range(len(state.lines))]
    for person in state.waiting:
        demand[person.line] += 1
    load = [number * state.lines[line].minutes for line, number in enumerate(demand)]
    worst = sorted((line for line, minutes in enumerate(load) if minutes), key=lambda n: -load[n])
    closed = [desk for desk in state.desks if not desk.open]
    return _Search(state, target, futures, worst, closed=closed)


def _sets(search: _Search, at: float) -> Iterable[list[tuple[Outcome, Desks]]]:
    """One counter, the best first; then two. Counters of the same profile are tried once."""
    ones = {desk.tiers: (desk,) for desk in reversed(search.closed)}
    served = {line for desk in search.closed for line in desk.lines}
    missing = [line for line in search.worst[:CONTENDERS] if line not in served]
    found = search.screened([*ones.values(), *((_imagined(line),) for line in missing)], at)
    yield found
    first = [desks[0] for _, desks in found[: CONTENDERS + 1]]
    pairs: list[Desks] = list(combinations(first, 2))
    for desk in first[:CONTENDERS]:
        twins = (d for d in search.closed if d.tiers == desk.tiers and d is not desk)
        pairs.append((desk, next(twins, _imagined(search.worst[0]))))
    yield search.screened(pairs, at)


def _imagined(line: int) -> Desk:
    """A counter for one line that the office would have to find."""
    return Desk(IMAGINED, ((line,),), open=False)


def _action(search: _Search, desks: Sequence[Desk], at: float) -> Action:
    served = {line for desk in desks for line in desk.lines}
    line = next((line for line in search.worst if line in served), min(served))
    return Action(line, tuple(desk.number for desk in desks), at)


def _later(
    search: _Search, best: tuple[Outcome, Action], times: Sequence[float], runs: int
) -> tuple[Outcome, Action]:
    """The same counters, opened as late as is still enough."""
    _, action = best
    desks = {desk.number: desk for desk in search.closed}
    chosen = [desks.get(number) or _imagined(action.line) for number in action.counters]
    for at in reversed(times[1:]):
        if search.work > WORK:
            break
        search.tried += 1
        opened = [Opened(desk, at) for desk in chosen]
        if search.outcome(opened, SCREENED).sure >= HOPELESS:
            seen = search.outcome(opened, runs)
            if seen.sure >= ENOUGH:
                return seen, Action(action.line, action.counters, at)
    return best


def start_times(state: LiveState) -> list[float]:
    """When a counter could be opened: as soon as a clerk can sit down, then on the half hours."""
    soonest = -(-(state.at + SOONEST_MIN) // STEP_MIN) * STEP_MIN
    times = [soonest]
    half = -(-(soonest + STEP_MIN) // HALF_HOUR) * HALF_HOUR
    times += [half + HALF_HOUR * step for step in range(STARTS - 1)]
    return _in_session(state, times)


def _in_session(state: LiveState, times: Sequence[float]) -> list[float]:
    """Within opening hours; a time at lunch becomes the next opening."""
    found: list[float] = []
    for at in times:
        for start, end in state.sessions:
            if at < end:
                found.append(max(at, start))
                break
    return sorted(set(found))
