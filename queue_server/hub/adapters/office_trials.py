"""Plays an office of the year on the simulator: as it is, and with what might help."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from edge_models.simulator.day import simulate_day
from edge_models.simulator.office import Line, Office
from queue_server.hub.use_cases.decision_support import Changed, LineOfYear, OfficeYear
from queue_server.hub.use_cases.office_months import LEAST

DAYS = 40
WORKING_DAYS = 5
BY_APPOINTMENT = 0.3
"""Share of visits that would come by appointment."""
AT_KIOSK = 0.35
"""Share of visits that would be prepared at a kiosk; the plan's assumption is 0.2 to 0.5."""
KIOSK_TIME = 4 / 15
"""What is left of a visit's time at the counter: Hà Nội says 15 minutes became 3 to 5."""
SPREADS = (0.2, 1.5)


def attempt(year: OfficeYear, days: int = DAYS) -> Changed:
    """Mean waits in minutes; every variant gets the same days by the same dice."""
    office = office_of(year)
    kiosks = with_kiosks(office)
    fewer = replace(office, counters=_one_less(office)) if len(office.counters) > 1 else None
    busiest = tuple(range(len(office.lines)))
    more = replace(office, counters=(*office.counters, busiest))
    return Changed(
        now=mean_wait(office, days),
        appointments=mean_wait(replace(office, appointments=BY_APPOINTMENT), days),
        kiosks=mean_wait(kiosks, days),
        both=mean_wait(replace(kiosks, appointments=BY_APPOINTMENT), days),
        fewer=None if fewer is None else mean_wait(fewer, days),
        more=mean_wait(more, days),
    )


def office_of(year: OfficeYear) -> Office:
    """The simulator's office with this one's people, hours, services and counters."""
    whole = sum(line.called for line in year.lines)
    minutes = sum(line.called * line.minutes for line in year.lines) / whole
    lines = tuple(_line(one, whole, minutes) for one in year.lines)
    names = [one.service for one in year.lines]
    counters = tuple(tuple(names.index(name) for name in one) for one in year.counters)
    served = {line for one in counters for line in one}
    rest = tuple(place for place in range(len(lines)) if place not in served)
    if rest:
        counters = ((*counters[0], *rest), *counters[1:])
    return Office(
        lines=lines,
        counters=counters,
        name=year.office,
        visits=year.visits / (year.days * (1 + (year.monday - 1) / WORKING_DAYS)),
        sessions=year.sessions,
        half_hours={at: float(n) for at, n in year.half_hours.items()},
        before_opening=0.0,
        monday=year.monday,
        priority=year.priority / year.visits,
        no_show=year.no_shows / max(1, year.called),
        appointments=year.appointments / year.visits,
    )


def with_kiosks(office: Office) -> Office:
    """Each line in two: who filed at a kiosk is done sooner, at the same counters."""
    alone = [replace(line, share=line.share * (1 - AT_KIOSK)) for line in office.lines]
    prepared = [
        replace(line, share=line.share * AT_KIOSK, minutes=line.minutes * KIOSK_TIME)
        for line in office.lines
    ]
    moved = len(office.lines)
    counters = tuple((*one, *(line + moved for line in one)) for one in office.counters)
    return replace(office, lines=(*alone, *prepared), counters=counters)


def mean_wait(office: Office, days: int) -> float:
    """Minutes until the call, over all who were called."""
    waited, called = 0.0, 0
    for number in range(days):
        dice = Random(f"{office.name}/{number}")  # noqa: S311 - a simulation wants to be repeated
        for ticket in simulate_day(office, number % WORKING_DAYS, dice):
            if not math.isnan(ticket.called):
                waited += ticket.called - ticket.arrived
                called += 1
    return waited / called if called else 0.0


def _line(one: LineOfYear, whole: int, minutes: float) -> Line:
    """A line of few cases takes as long as all lines together."""
    known = one.called >= LEAST and one.minutes > 0
    low, high = SPREADS
    spread = min(high, max(low, one.cv)) if known else low * 3
    return Line(one.service, one.called / whole, one.minutes if known else minutes, spread)


def _one_less(office: Office) -> tuple[tuple[int, ...], ...]:
    """Without the last counter, whose lines the others take over."""
    *rest, last = office.counters
    served = {line for one in rest for line in one}
    return ((*rest[0], *(line for line in last if line not in served)), *rest[1:])
