"""The office day as the staffing simulation sees it: lines, people, counters, coming half hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

import numpy as np

from edge_models.demand.arrivals import SLOT_MIN, SLOTS, Counts
from edge_models.demand.forecast import DayForecast
from edge_models.simulator.office import Line
from edge_models.staffing.live_state import Desk, LiveState, Waiting
from queue_server.adapters.office_events import minute_of
from queue_server.adapters.store_visits import ServiceTimes
from queue_server.adapters.usual_day import as_usual
from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.office import Counter, Office, Policy, PriorityUse
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState
from queue_server.domain.waiting_time import arrived_at

DEFAULT_MINUTES = 10.0
DEFAULT_CV = 0.6
NO_SHOW = 0.05
# How much the rest of a day without a forecast may differ from what is expected of it.
UNSURE = 0.25
PRIORITY = 0.12
# The share of priority people of a day is drawn to the usual one by so many tickets.
LEAN = 40
WEIGHTED_ONES, ALWAYS, NEVER = 1, (1, 0), (0, 1)


@dataclass(frozen=True, slots=True)
class Habits:
    """What earlier days say; `minutes` are the configured service times."""

    minutes: Mapping[str, float]
    times: Mapping[str, ServiceTimes] = field(default_factory=dict)
    no_show: float | None = None
    demand: DayForecast | None = None


def came_by_half_hour(office: Office, tickets: Iterable[Ticket]) -> Counts:
    """Tickets issued today, `[service, half hour]`; void ones never came."""
    place = {service: number for number, service in enumerate(office.services)}
    came = np.zeros((len(place), SLOTS))
    for ticket in tickets:
        if ticket.service in place and ticket.state is not TicketState.VOID:
            slot = min(int(minute_of(ticket.issued_at) // SLOT_MIN), SLOTS - 1)
            came[place[ticket.service], slot] += 1
    return came


def rest_factor(demand: DayForecast, came: Counts, minute: float) -> float:
    """How much busier today's rest is expected than its morning forecast said."""
    passed = np.clip(minute / SLOT_MIN - np.arange(SLOTS), 0, 1)
    return demand.spread.busier(float(came.sum()), float((demand.mean * passed).sum()))


def moment(day: OfficeDay, at: datetime, habits: Habits) -> LiveState:
    """This moment of the day; needs a consistent look at it."""
    office, minute = day.office, minute_of(at)
    services = list(office.services)
    came = came_by_half_hour(office, day.tickets.values())
    return LiveState(
        at=minute,
        lines=tuple(_line(service, habits) for service in services),
        sessions=sessions_of(office),
        waiting=tuple(_waiting(day, at)),
        desks=tuple(_desk(day, n, at) for n in sorted(office.counters)),
        arrivals=expected(day, habits.demand, came, minute),
        day_cv=habits.demand.spread.day_cv if habits.demand else UNSURE,
        priority=_priority_share(day),
        no_show=NO_SHOW if habits.no_show is None else habits.no_show,
        guard=office.rules.default_limit.total_seconds() / 60,
    )


def _priority_share(day: OfficeDay) -> float:
    if day.office.rules.policy is Policy.FIFO:
        return 0.0
    urgent = sum(t.priority is not PriorityClass.NORMAL for t in day.tickets.values())
    return (urgent + PRIORITY * LEAN) / (len(day.tickets) + LEAN)


def expected(
    day: OfficeDay, demand: DayForecast | None, came: Counts, minute: float
) -> tuple[tuple[float, ...], ...]:
    """People by service and half hour; without a forecast today so far in a usual day's shape."""
    if demand is not None:
        place = {name: row for row, name in enumerate(demand.services)}
        factor = rest_factor(demand, came, minute)
        rows = [demand.mean[place[s]] * factor if s in place else None for s in day.office.services]
        return tuple(tuple(row) if row is not None else (0.0,) * SLOTS for row in rows)
    return tuple(map(tuple, as_usual(came, minute, sessions_of(day.office)).tolist()))


def sessions_of(office: Office) -> tuple[tuple[float, float], ...]:
    """Opening hours in minutes of the day."""
    return tuple((_minutes(start), _minutes(end)) for start, end in office.hours.sessions)


def _minutes(at: time) -> float:
    return at.hour * 60.0 + at.minute


def _line(service: str, habits: Habits) -> Line:
    known = habits.times.get(service)
    if known is not None:
        return Line(service, 0.0, known.mean_min, known.cv)
    return Line(service, 0.0, habits.minutes.get(service, DEFAULT_MINUTES), DEFAULT_CV)


def _waiting(day: OfficeDay, at: datetime) -> list[Waiting]:
    """Everybody in a line; who is sent to one counter counts in the line of the service."""
    office, found = day.office, []
    lines = [
        day.line(service, priority) for service in office.services for priority in PriorityClass
    ]
    sent = [line for number in office.counters for line in day.sent_to(number)]
    place = {service: number for number, service in enumerate(office.services)}
    fifo = office.rules.policy is Policy.FIFO
    for line in (*lines, *sent):
        for ticket in map(day.ticket, line):
            if ticket.service in place:
                urgent = ticket.priority is not PriorityClass.NORMAL and not fifo
                waited = (at - arrived_at(office, ticket)).total_seconds() / 60
                found.append(Waiting(place[ticket.service], int(urgent), waited))
    return found


def _desk(day: OfficeDay, number: int, at: datetime) -> Desk:
    counter, now = day.counter(number)
    place = {service: row for row, service in enumerate(day.office.services)}
    busy_line, busy_min = _at_it(day, now, place, at)
    return Desk(
        number=number,
        tiers=_tiers(counter, place),
        open=now.state is CounterState.OPEN,
        busy_line=busy_line,
        busy_min=busy_min,
        turns=_turns(day.office, counter),
        only_urgent=counter.priority is PriorityUse.DEDICATED,
    )


def _tiers(counter: Counter, place: Mapping[str, int]) -> tuple[tuple[int, ...], ...]:
    orders = sorted({entry.order for entry in counter.profile})
    return tuple(
        tuple(place[e.service] for e in counter.profile if e.order == order and e.service in place)
        for order in orders
    )


def _turns(office: Office, counter: Counter) -> tuple[int, int]:
    if office.rules.policy is Policy.FIFO:
        return NEVER
    if office.rules.policy is Policy.STRICT or counter.priority is PriorityUse.PREFERRED:
        return ALWAYS
    return max(1, office.rules.priority_turns), WEIGHTED_ONES


def _at_it(
    day: OfficeDay, now: CounterNow, place: Mapping[str, int], at: datetime
) -> tuple[int | None, float]:
    ticket = day.tickets.get(now.ticket) if now.ticket is not None else None
    if ticket is None or ticket.service not in place:
        return None, 0.0
    since = ticket.serving_since or ticket.called_last_at or at
    return place[ticket.service], max(0.0, (at - since).total_seconds() / 60)
