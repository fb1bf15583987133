"""What the model looks at: numbers of one line at one moment, from events before that moment.

The same function serves training, evaluation and live use. Inputs that an office does not have
(open counters, service ends, counters' numbers, earlier days) are NaN, which the model has met.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from edge_models.wait.line_now import Called, LineNow
from edge_models.wait.memory import HALF_HOURS, LineMemory
from edge_models.wait.office_now import OfficeNow

NAN = math.nan
# Calls that make a rate.
FEWEST = 3
# What is seen today leans on the usual by so many calls, arrivals or places.
LEAN_CALLS, LEAN_PLACES = 5.0, 10.0
LINE = (
    *("ahead", "ahead_of_lower_class", "not_overtaken", "turns", "hol", "mean_age", "les"),
    *("second_les", "mean_wait_5", "mean_wait_30", "mean_wait_60", "immediate_share"),
    *("calls_15", "calls_30", "calls_60", "arrivals_15", "arrivals_30", "arrivals_60"),
    *("since_call", "called_today", "since_first_call", "pace_latest", "pace_60"),
    *("turns_x_pace_latest", "turns_x_pace_60", "fluid_30", "fluid_60"),
    *("fluid_3", "fluid_10", "turns_x_pace_waiting", "waited_calls_30", "calls_5"),
)
COUNTERS = (
    *("open_counters", "turns_a_counter", "active", "busy", "ready", "oldest_service"),
    *("mean_service_age", "competing", "competing_a_counter", "service_min", "workload"),
)
OFFICE = ("office_waiting", "office_calls_30", "weekday", "minute", "priority")
MEMORY = (
    *("interval", "turns_x_interval", "turns_x_interval_a_counter", "usual_wait"),
    *("usual_wait_now", "usual_calls_now", "usual_calls_next", "usual_fluid"),
    *("minutes_to_usual_end", "since_usual_start", "les_to_usual", "pace_to_interval"),
    *("turns_x_interval_now", "usual_walk", "walk_today", "calls_to_usual", "arrivals_to_usual"),
    *("turns_x_interval_recent", "turns_x_interval_by_place", "pace_today_to_interval"),
    "opening_and_turns_x_interval",
)
FEATURES = LINE + COUNTERS + OFFICE + MEMORY
PLACE = {name: place for place, name in enumerate(FEATURES)}


def features(
    office: OfficeNow, service: int, at: float, priority: float = 0.0, ahead: int | None = None
) -> list[float]:
    """The features of somebody joining a line now, or of its `ahead + 1`-th person."""
    line = office.line(service)
    line.forget(at)
    if ahead is None:
        ahead = line.before(priority)
    row = _line(line, at, ahead)
    row += _counters(office, line, service, at, ahead)
    row += _office(office, at, priority)
    known = office.memory.lines.get(service)
    row += _memory(known, line, row, at) if known is not None else [NAN] * len(MEMORY)
    return row


def _line(line: LineNow, at: float, ahead: int) -> list[float]:
    turns = ahead + 1.0
    oldest, waiting = line.oldest(), len(line.waiting)
    ages = sum(at - who.arrived for who in line.waiting.values())
    latest = line.latest
    calls = [_within((call.at for call in reversed(line.calls)), at - span) for span in (15, 30)]
    calls_60 = len(line.calls)
    arrivals = [_within(reversed(line.arrivals), at - span) for span in (15, 30)]
    pace_latest, pace_60 = _pace(latest), _pace(line.calls)
    return [
        *(float(ahead), float(waiting - ahead), float(line.not_overtaken()), turns),
        at - oldest.arrived if oldest is not None else 0.0,
        ages / waiting if waiting else 0.0,
        latest[-1].wait if latest else NAN,
        latest[-2].wait if len(latest) > 1 else NAN,
        _mean_wait(line, at - 5),
        _mean_wait(line, at - 30),
        _mean_wait(line, at - 60),
        sum(call.wait <= 0 for call in latest) / len(latest) if latest else NAN,
        *(float(calls[0]), float(calls[1]), float(calls_60)),
        *(float(arrivals[0]), float(arrivals[1]), float(len(line.arrivals))),
        at - latest[-1].at if latest else NAN,
        float(line.called),
        at - line.first_call,
        pace_latest,
        pace_60,
        turns * pace_latest,
        turns * pace_60,
        turns * 30 / calls[1] if calls[1] else NAN,
        turns * 60 / calls_60 if calls_60 else NAN,
        turns * (at - latest[-3].at) / 3 if len(latest) >= FEWEST else NAN,
        turns * (at - latest[0].at) / len(latest) if len(latest) >= FEWEST else NAN,
        turns * _pace_of_waiting(line, at),
        float(sum(call.wait > 0 and call.at >= at - 30 for call in line.calls)),
        float(_within((call.at for call in reversed(line.calls)), at - 5)),
    ]


def _pace_of_waiting(line: LineNow, at: float) -> float:
    """Minutes of waiting a place cost the people who are still in the line."""
    age = places = 0.0
    for place, who in enumerate(line.waiting.values(), start=1):
        age += at - who.arrived
        places += max(who.turns - place, 0)
    return age / places if places else NAN


def _within(times: Iterable[float], since: float) -> int:
    """How many of these times, newest first, are not before `since`."""
    count = 0
    for time in times:
        if time < since:
            break
        count += 1
    return count


def _pace(calls: Iterable[Called]) -> float:
    """Minutes of waiting a place in the line cost the people called lately."""
    wait = turns = 0.0
    for call in calls:
        wait += call.wait
        turns += call.turns
    return wait / turns if turns else NAN


def _mean_wait(line: LineNow, since: float) -> float:
    total = count = 0.0
    for call in reversed(line.calls):
        if call.at < since:
            break
        total += call.wait
        count += 1
    return total / count if count else NAN


def _counters(office: OfficeNow, line: LineNow, service: int, at: float, ahead: int) -> list[float]:
    turns, opened = ahead + 1.0, line.open_counters
    a_counter = turns / opened if opened > 0 else NAN
    if not office.counters:
        mean = office.service_min(service)
        return [opened, a_counter, *[NAN] * 7, mean, NAN]
    desks = office.eligible(service, at)
    rivals = {other for desk in desks for other in desk.serves if other != service}
    competing = {
        other: len(office.lines[other].waiting) for other in rivals if other in office.lines
    }
    people = ahead + sum(competing.values())
    number = len(desks)
    mean = office.service_min(service)
    row = [opened, a_counter, float(number)]
    if not office.ends_known:
        return [*row, NAN, NAN, NAN, NAN, float(people), people / max(1, number), mean, NAN]
    ages = [at - desk.since for desk in desks if desk.busy]
    # A counter that stayed free while people waited is not there to take the next one.
    ready = sum(not desk.busy and desk.since >= line.last_waited_call for desk in desks)
    work = ahead * mean + sum(_work(office, other, n, mean) for other, n in competing.items())
    work += sum(max(0.3 * mean, mean - age) for age in ages)
    return [
        *row,
        float(len(ages)),
        float(ready if not line.waiting else 0),
        max(ages, default=0.0),
        sum(ages) / len(ages) if ages else 0.0,
        float(people),
        people / max(1, number),
        mean,
        work / max(1, number),
    ]


def _work(office: OfficeNow, service: int, people: int, otherwise: float) -> float:
    mean = office.service_min(service)
    return people * (otherwise if math.isnan(mean) else mean)


def _office(office: OfficeNow, at: float, priority: float) -> list[float]:
    waiting = calls = 0
    for line in office.lines.values():
        waiting += len(line.waiting)
        calls += _within((call.at for call in reversed(line.calls)), at - 30)
    return [float(waiting), float(calls), float(office.weekday), at, priority]


def _memory(known: LineMemory, line: LineNow, row: list[float], at: float) -> list[float]:
    turns = row[PLACE["turns"]]
    slot = min(max(int(at // 30), 0), HALF_HOURS - 1)
    now, following = known.calls_at[slot], known.calls_at[min(slot + 1, HALF_HOURS - 1)]
    usual = known.wait_at[slot]
    opened, les, pace = row[PLACE["open_counters"]], row[PLACE["les"]], row[PLACE["pace_60"]]
    return [
        known.interval,
        known.interval * turns,
        known.interval_a_counter * turns / opened if opened > 0 else NAN,
        known.mean_wait,
        float(usual),
        float(now),
        float(following),
        turns * 60 / (now + following) if now + following > 0 else NAN,
        known.last_call - at,
        at - known.first_call,
        les - float(usual),
        pace / known.interval if known.interval > 0 else NAN,
        float(known.pace_at[slot]) * turns,
        *_today_against_usual(known, line, at, turns),
    ]


def _today_against_usual(known: LineMemory, line: LineNow, at: float, turns: float) -> list[float]:
    calls, arrivals = known.usually_until(at)
    busy = (line.called + LEAN_CALLS) / (calls + LEAN_CALLS)
    pace = line.minutes_waited + known.interval * LEAN_PLACES
    pace /= line.places_passed + LEAN_PLACES
    closed = max(known.first_call - at, 0.0) if not line.called else 0.0
    return [
        known.walk(at, turns, 1.0),
        known.walk(at, turns, busy),
        busy,
        (line.issued + LEAN_CALLS) / (arrivals + LEAN_CALLS),
        known.interval_recent * turns,
        known.wait_of_place(turns),
        pace / known.interval if known.interval > 0 else NAN,
        closed + turns * known.interval,
    ]
