"""The parameters of a simulated office, with the words of the office parameter file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

MORNING_AND_AFTERNOON = ((420.0, 660.0), (780.0, 1020.0))
HALF_HOURS = {
    420: 0.16, 450: 0.14, 480: 0.12, 510: 0.10, 540: 0.08, 570: 0.06, 600: 0.05, 630: 0.03,
    780: 0.07, 810: 0.06, 840: 0.05, 870: 0.03, 900: 0.025, 930: 0.015, 960: 0.007, 990: 0.003,
}  # fmt: skip

SHARES = (
    *("before_opening", "priority", "no_show", "impatient", "appointments"),
    *("appointment_no_show", "bulk", "break_share"),
)


class UnusableParameters(ValueError):  # noqa: N818 - the state of the file, said as a state
    """The parameter file cannot describe an office."""


@dataclass(frozen=True, slots=True)
class Line:
    """One service: its share of the visits, mean service minutes and their spread (sd / mean)."""

    name: str
    share: float
    minutes: float
    cv: float = 0.6


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that shapes a day; times are minutes of the day.

    Attributes:
        counters: for each counter the positions of the lines it serves.
        patience: people who would leave do so after so many minutes, drawn evenly.
        impatient: share of people who would leave at all.
        appointments: share of visits that come by appointment, `appointment_no_show` of them not.
        bulk: share of tickets with several dossiers; they take `bulk_times` as long.
        break_share: chance that a counter pauses `break_min` minutes in a session.
        overtime: minutes after the last session in which people who still wait are called.
        late_lunch: the same after an earlier session.
        guard: whoever waited longer than these minutes is called first (the starvation guard).
        exponential: service times without memory, for comparison with formulas.
    """

    lines: tuple[Line, ...]
    counters: tuple[tuple[int, ...], ...]
    name: str = "office"
    visits: float = 135.0
    sessions: tuple[tuple[float, float], ...] = MORNING_AND_AFTERNOON
    half_hours: dict[int, float] = field(default_factory=lambda: dict(HALF_HOURS))
    before_opening: float = 0.1
    monday: float = 1.35
    daily_cv: float = 0.15
    priority: float = 0.12
    turns: tuple[int, int] = (2, 1)
    no_show: float = 0.05
    impatient: float = 0.3
    patience: tuple[float, float] = (45.0, 120.0)
    appointments: float = 0.0
    appointment_no_show: float = 0.15
    bulk: float = 0.02
    bulk_times: tuple[float, float] = (2.0, 6.0)
    break_share: float = 0.5
    break_min: float = 10.0
    overtime: float = 60.0
    late_lunch: float = 0.0
    guard: float = math.inf
    exponential: bool = False


def read_office(path: Path) -> Office:
    """The office of a JSON file; what it leaves out is a commune ward with five counters.

    Keys: `visit_mix_commune`, `service_minutes`, `hours.default`, `arrivals`, `seasonality` and
    `people` as in the office parameters, and `office`: `name`, `visits`, `counters` (a number, or
    a list of lists of services) and any further number of `Office`.

    Raises:
        UnusableParameters: it is not JSON, or a value makes no sense.
        OSError: it cannot be read.
    """
    try:
        return _office(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnusableParameters(f"{path.name}: cannot describe an office ({error})") from error


def _office(told: dict[str, Any]) -> Office:
    minutes = told["service_minutes"]
    mix = told["visit_mix_commune"]
    lines = tuple(Line(name, share, *minutes[name]) for name, share in mix.items())
    own = dict(told.get("office", {}))
    desks = own.pop("counters", 5)
    names = [line.name for line in lines]
    counters = (
        (tuple(range(len(lines))),) * desks
        if isinstance(desks, int)
        else tuple(tuple(names.index(name) for name in served) for served in desks)
    )
    office = Office(lines, counters, **_people(told), **_arrivals(told))
    return checked(replace(office, **own))


def _people(told: dict[str, Any]) -> dict[str, Any]:
    people = told.get("people", {})
    names = {"priority_share": "priority", "no_show": "no_show", "abandon_after_min": "patience"}
    season = told.get("seasonality", {})
    found = {ours: people[theirs] for theirs, ours in names.items() if theirs in people}
    wanted = {"monday_factor": "monday", "daily_cv": "daily_cv"}
    return found | {ours: season[theirs] for theirs, ours in wanted.items() if theirs in season}


def _arrivals(told: dict[str, Any]) -> dict[str, Any]:
    arrivals: dict[str, Any] = told.get("arrivals", {})
    found: dict[str, Any] = {}
    if "half_hour_weights" in arrivals:
        weights = arrivals["half_hour_weights"]
        found["half_hours"] = {int(_minute(at)): share for at, share in weights.items()}
    if "share_before_opening" in arrivals:
        found["before_opening"] = arrivals["share_before_opening"]
    if "default" in told.get("hours", {}):
        hours = told["hours"]["default"]
        found["sessions"] = tuple((_minute(start), _minute(end)) for start, end in hours)
    return found


def _minute(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) * 60.0 + int(minute)


def checked(office: Office) -> Office:
    """The same office.

    Raises:
        ValueError: it has nothing to do, nobody to do it, or impossible numbers.
    """
    if not office.lines or not office.counters or not office.sessions:
        raise ValueError("an office needs services, counters and hours")
    served = {line for counter in office.counters for line in counter}
    if served != set(range(len(office.lines))):
        raise ValueError("every service needs a counter")
    if min(line.minutes for line in office.lines) <= 0 or office.visits < 0:
        raise ValueError("minutes must be above nought, visits not below")
    for name in SHARES:
        if not 0 <= getattr(office, name) <= 1:
            raise ValueError(f"{name} is a share of 0 to 1")
    if min(office.turns) < 0 or not sum(office.turns):
        raise ValueError("turns are two numbers, not both nought")
    weights = [line.share for line in office.lines], list(office.half_hours.values())
    if any(min(each, default=0) < 0 or not sum(each) for each in weights):
        raise ValueError("shares of services and half hours are not below nought, nor all nought")
    if min(office.daily_cv, office.monday, office.break_min, office.overtime) < 0:
        raise ValueError("factors and minutes are not below nought")
    return office
