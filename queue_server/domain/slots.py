"""Which half hours can be booked, and how much room each has left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.domain.appointment import TAKES_ROOM, Appointment, HalfDay, VisitState
from queue_server.domain.faults import NotBookable
from queue_server.domain.office import ZONE, Office, Service, working_day
from queue_server.domain.office_day import OfficeDay

NOON = 12


@dataclass(frozen=True, slots=True)
class Slot:
    """One half hour of a service; `free` places of `places`."""

    at: datetime
    places: int
    free: int


def times_of(office: Office, service: Service, day: date) -> list[datetime]:
    """When the slots of a day begin; each ends before its session does. None on a day off."""
    rules = office.appointments
    if not rules.works_on(day) or not rules.capacity.get(service.id):
        return []
    times: list[datetime] = []
    for start, end in (service.hours or office.hours).sessions:
        at = datetime.combine(day, start, ZONE)
        while at + rules.slot <= datetime.combine(day, end, ZONE):
            times.append(at)
            at += rules.slot
    return times


def may_book(office: Office, slot_at: datetime, at: datetime) -> bool:
    """Whether `slot_at` is neither too near nor too far ahead at `at`."""
    rules = office.appointments
    last = working_day(at) + timedelta(days=rules.days_ahead)
    return slot_at >= at + rules.book_before and working_day(slot_at) <= last


def free_slots(day: OfficeDay, service_id: str, on: date, at: datetime) -> list[Slot]:
    """The slots of one day that may still be booked at `at`, full ones too.

    Raises:
        UnknownService: the office does not offer it.
    """
    service = day.service(service_id)
    places = day.office.appointments.capacity.get(service_id, 0)
    taken = _taken(day.book.appointments.values(), service_id)
    return [
        Slot(slot_at, places, max(0, places - taken[slot_at]))
        for slot_at in times_of(day.office, service, on)
        if may_book(day.office, slot_at, at)
    ]


def _taken(appointments: Iterable[Appointment], service: str) -> Counter[datetime]:
    return Counter(
        one.slot_at for one in appointments if one.service == service and one.state in TAKES_ROOM
    )


def check_slot(day: OfficeDay, service_id: str, slot_at: datetime, at: datetime) -> None:
    """Let a time pass that has room.

    Raises:
        UnknownService: the office does not offer it.
        NotBookable: no such slot, too near or too far, or full; `state` says which.
    """
    service = day.service(service_id)
    if not day.office.appointments.capacity.get(service_id):
        raise NotBookable(f"{service_id} takes no appointments", state="no_appointments")
    if slot_at not in times_of(day.office, service, working_day(slot_at)):
        raise NotBookable(f"{service_id} has no slot at {slot_at.isoformat()}", state="no_slot")
    if not may_book(day.office, slot_at, at):
        raise NotBookable(f"{slot_at.isoformat()} cannot be booked now", state="too_near_or_far")
    taken = _taken(day.book.appointments.values(), service_id)[slot_at]
    if taken >= day.office.appointments.capacity[service_id]:
        raise NotBookable(f"{slot_at.isoformat()} is full", state="full")


def half_day_ends(office: Office, on: date, part: HalfDay) -> datetime | None:
    """When this half of the day ends; None where the office does not work in it."""
    ends = [
        end
        for start, end in office.hours.sessions
        if (start.hour < NOON) == (part is HalfDay.MORNING)
    ]
    if not ends or not office.appointments.works_on(on):
        return None
    return datetime.combine(on, max(ends), ZONE)


def visits_left(day: OfficeDay, on: date, part: HalfDay, at: datetime) -> int:
    """How many more homes staff can reach in this half day; 0 where none can be asked for.

    A visit needs an office day of preparation: the earliest is the day after `at`.
    """
    rules = day.office.appointments
    today = working_day(at)
    too_far = on > today + timedelta(days=rules.days_ahead)
    if on <= today or too_far or half_day_ends(day.office, on, part) is None:
        return 0
    standing = [v for v in day.book.visits.values() if v.state is not VisitState.CANCELLED]
    taken = sum(visit.on == on and visit.part is part for visit in standing)
    return max(0, rules.home_visits - taken)
