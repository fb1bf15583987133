"""The office as configured: services, counters with work profiles, hours and calling rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from queue_server.domain.appointment import AppointmentRules
from queue_server.domain.dossier import DossierRules
from queue_server.domain.ticket import PriorityClass
from queue_server.domain.visit_limits import VisitLimits

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LABEL_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening sessions of a working day, in local time, in order."""

    sessions: tuple[tuple[time, time], ...] = (
        (time(7), time(11)),
        (time(13), time(17)),
    )

    def counted_from(self, at: datetime) -> datetime:
        """When a wait that begins at `at` starts to count: now, or at the next opening."""
        local = at.astimezone(ZONE)
        for start, end in self.sessions:
            if local.time() < start:
                return datetime.combine(local.date(), start, ZONE)
            if local.time() < end:
                return at
        return at

    def closes_at(self, day: date) -> datetime:
        """The end of the last session of `day`."""
        return datetime.combine(day, self.sessions[-1][1], ZONE)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies within a session."""
        now = at.astimezone(ZONE).time()
        return any(start <= now < end for start, end in self.sessions)

    def gaps(self) -> tuple[tuple[time, time], ...]:
        """The times between two sessions of a day: lunch."""
        return tuple(
            (before[1], after[0])
            for before, after in pairwise(self.sessions)
            if before[1] < after[0]
        )


@dataclass(frozen=True, slots=True)
class Service:
    """A group of procedures with its own waiting line and ticket letter."""

    id: str
    letter: str
    name_vi: str
    name_en: str
    first_number: int = 1
    last_number: int = 99_999
    hours: Hours | None = None

    def label(self, number: int) -> str:
        """The number as people read it: letter and at least `LABEL_DIGITS` digits."""
        return f"{self.letter}{number:0{LABEL_DIGITS}d}"


@dataclass(frozen=True, slots=True)
class ProfileEntry:
    """One service of a counter.

    A lower `order` is asked first: a counter helps out in a line of higher order only while its
    own lines are empty. Within one order, `weight` multiplies the wait when heads are compared.
    """

    service: str
    order: int = 0
    weight: float = 1.0


class PriorityUse(StrEnum):
    """Whom a counter serves: everybody, or (quầy ưu tiên) priority people before or only."""

    SHARED = "shared"
    PREFERRED = "preferred"
    DEDICATED = "dedicated"


@dataclass(frozen=True, slots=True)
class WorkProfile:
    """Another work that a counter may be switched to for a while, until the day ends.

    `by_clerk` says whether the clerk may do it; else a leader of the office does.
    """

    id: str
    name_vi: str
    name_en: str
    profile: tuple[ProfileEntry, ...]
    priority: PriorityUse = PriorityUse.SHARED
    by_clerk: bool = True


@dataclass(frozen=True, slots=True)
class Counter:
    """A place where a clerk serves, with its usual work profile and the others it may have.

    `breaks` are the clerk's own, in local time.
    """

    number: int
    name_vi: str
    name_en: str
    profile: tuple[ProfileEntry, ...]
    priority: PriorityUse = PriorityUse.SHARED
    others: tuple[WorkProfile, ...] = ()
    breaks: tuple[tuple[time, time], ...] = ()

    def other(self, profile: str | None) -> WorkProfile | None:
        """The work profile with this id; None for the usual one and for one that is gone."""
        return next((one for one in self.others if one.id == profile), None)

    def working_as(self, profile: str | None) -> Counter:
        """The counter with the services and the priority use of that profile."""
        one = self.other(profile)
        if one is None:
            return self
        return replace(self, profile=one.profile, priority=one.priority)

    def entry(self, service: str) -> ProfileEntry | None:
        """The place of the service in the profile, or None where it is not listed."""
        return next((entry for entry in self.profile if entry.service == service), None)

    def serves(self, service: str) -> bool:
        """Whether the profile lists the service."""
        return self.entry(service) is not None


class Policy(StrEnum):
    """How priority and arrival are weighed; the starvation guard stands above all of them."""

    FIFO = "fifo"
    WEIGHTED = "weighted"
    STRICT = "strict"


DEFAULT_LIMIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's settings of the calling rule and of the moves (domain.md sections 2 and 3)."""

    policy: Policy = Policy.WEIGHTED
    priority_turns: int = 2
    recall_limit: int = 3
    undo_window: timedelta = timedelta(seconds=10)
    late_tolerance: timedelta = timedelta(minutes=30)
    appointment_early: timedelta = timedelta(minutes=15)
    appointment_late: timedelta = timedelta(minutes=15)
    confirm_within: timedelta = timedelta(seconds=60)
    clear_after: timedelta | None = None
    close_counters_after: timedelta | None = None
    pause_at_lunch: bool = False
    default_limit: timedelta = DEFAULT_LIMIT
    class_limits: dict[PriorityClass, timedelta] = field(default_factory=dict)

    def limit_for(self, priority: PriorityClass) -> timedelta:
        """Longest wait before the starvation guard puts a ticket first."""
        return self.class_limits.get(priority, self.default_limit)


@dataclass(frozen=True, slots=True)
class Office:
    """One one-stop office as configured; it does not change during a working day.

    `training` marks an office of pretended citizens; every day of its store begins with this fact.
    """

    id: str
    name_vi: str
    name_en: str
    services: dict[str, Service]
    counters: dict[int, Counter]
    hours: Hours = field(default_factory=Hours)
    rules: Rules = field(default_factory=Rules)
    appointments: AppointmentRules = field(default_factory=AppointmentRules)
    dossiers: DossierRules = field(default_factory=DossierRules)
    limits: VisitLimits = field(default_factory=VisitLimits)
    training: bool = False

    def wait_starts(self, service: str, line_since: datetime) -> datetime:
        """Domain.md `wait`: from issue, appointment or opening time, whichever is later.

        The opening time is that of the service, where it has hours of its own.
        """
        known = self.services.get(service)
        hours = (known.hours if known else None) or self.hours
        return hours.counted_from(line_since)


def working_day(at: datetime) -> date:
    """The local calendar day of an instant, in Asia/Ho_Chi_Minh."""
    return at.astimezone(ZONE).date()
