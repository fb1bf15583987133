"""The calling rule restated from domain.md over all waiting tickets: slow, plain, independent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain.office import ZONE, Counter, Hours, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket


def expected(day: OfficeDay, number: int, at: datetime) -> str | None:
    """Id of the ticket that counter `number` has to call at `at`; None when nobody may be."""
    office, counter = day.office, _working(day)[number]
    waiting = [t for t in day.tickets.values() if t.state == "waiting"]
    eligible = [t for t in waiting if _eligible(day, counter, t, at)]
    eligible.sort(key=lambda t: (t.line_since, t.serial))
    # 2. the starvation guard: past the limit of the class, oldest first
    for ticket in eligible:
        if _waited(office, ticket, at) > _limit(office, ticket):
            return ticket.id
    for ticket in eligible:
        if ticket.to_counter == number:
            return ticket.id
    # the lines that the profile names first, then the class by turns, then the wait
    for order in sorted({_rank(counter, t)[0] for t in eligible}):
        tier = [t for t in eligible if _rank(counter, t)[0] == order]
        tier = _of_class(day, counter, tier)
        return max(tier, key=lambda t: _urgency(office, counter, t, at)).id
    return None


def _working(day: OfficeDay) -> dict[int, Counter]:
    """Each counter with the work that it was switched to, if it still has it."""
    found = {}
    for number, counter in day.office.counters.items():
        wanted = day.counters[number].profile
        other = [one for one in counter.others if one.id == wanted]
        found[number] = (
            replace(counter, profile=other[0].profile, priority=other[0].priority)
            if other
            else counter
        )
    return found


def _eligible(day: OfficeDay, counter: Counter, ticket: Ticket, at: datetime) -> bool:
    office = day.office
    hours = office.services[ticket.service].hours if ticket.service in office.services else None
    if hours is not None and not _within(hours, at):
        return False
    ahead = ticket.appointment_at is not None or ticket.delayed_s
    window = office.rules.appointment_early if ticket.appointment_at else timedelta(0)
    if ahead and ticket.line_since - at > (timedelta(0) if ticket.delayed_s else window):
        return False
    if ticket.to_counter == counter.number:
        return True
    if ticket.to_counter is not None:
        sent = ticket.to_counter
        if sent in office.counters and day.counters[sent].state != "closed":
            return False
    if counter.priority == "dedicated" and ticket.priority == "normal":
        return False
    listed_here = ticket.service in [p.service for p in counter.profile]
    listed = [p.service for n in _working(day).values() for p in n.profile]
    return listed_here or ticket.service not in listed


def _within(hours: Hours, at: datetime) -> bool:
    now = at.astimezone(ZONE).time()
    return any(start <= now < end for start, end in hours.sessions)


def _waited(office: Office, ticket: Ticket, at: datetime) -> timedelta:
    """From arrival, or from the next opening where the office was closed then."""
    service = office.services.get(ticket.service)
    hours = service.hours if service is not None and service.hours is not None else office.hours
    since = ticket.line_since.astimezone(ZONE)
    if not _within(hours, since):
        openings = [datetime.combine(since.date(), start, ZONE) for start, _ in hours.sessions]
        since = min((o for o in openings if o > since), default=since)
    return max(timedelta(0), at - since)


def _limit(office: Office, ticket: Ticket) -> timedelta:
    return office.rules.class_limits.get(ticket.priority, office.rules.default_limit)


def _rank(counter: Counter, ticket: Ticket) -> tuple[int, float]:
    for entry in counter.profile:
        if entry.service == ticket.service:
            return entry.order, entry.weight
    return max((entry.order for entry in counter.profile), default=0) + 1, 1.0


def _of_class(day: OfficeDay, counter: Counter, tier: list[Ticket]) -> list[Ticket]:
    rules = day.office.rules
    normal = [t for t in tier if t.priority == "normal"]
    priority = [t for t in tier if t.priority != "normal"]
    if not normal or not priority:
        return tier
    if counter.priority == "preferred" or rules.policy == "strict":
        return priority
    if rules.policy == "fifo":
        return tier
    return priority if day.counters[counter.number].turns < rules.priority_turns else normal


def _urgency(
    office: Office, counter: Counter, ticket: Ticket, at: datetime
) -> tuple[float, float, int]:
    weight = _rank(counter, ticket)[1]
    wait = _waited(office, ticket, at).total_seconds()
    return wait * weight, -ticket.line_since.timestamp(), -ticket.serial
