"""What a year of events says to who decides: what comes back, what delays, what would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from queue_server.hub.domain.moving_counters import Move, Trial, moves
from queue_server.hub.use_cases.office_months import LEAST


@dataclass(frozen=True, slots=True)
class Returned:
    """Dossiers of a procedure, and how many of them were asked for more papers, or ended without.

    `again` is how often somebody had to come with more papers.
    """

    procedure: str
    filed: int
    asked: int
    refused: int
    again: int


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One paper of a procedure (its place from 1 in the catalogue), and who came without it."""

    procedure: str
    place: int
    declared: int
    without: int


@dataclass(frozen=True, slots=True)
class StepTime:
    """Days that a step of dossiers takes: the middle one, and what nine of ten stay below."""

    step: str
    n: int
    median_days: float
    p90_days: float


@dataclass(frozen=True, slots=True)
class LineOfYear:
    """One service of an office: people called, minutes at the counter, their sd / mean."""

    service: str
    called: int
    minutes: float
    cv: float


@dataclass(frozen=True, slots=True)
class OfficeYear:
    """An office over the year, as far as waiting goes.

    `counters` names the services that each counter usually open has called; `half_hours` are
    arrivals by the minute of the day at which a half hour begins; `held` are people sent away to
    fetch something; `sessions` are opening hours in minutes of the day.
    """

    office: str
    province: str
    name: tuple[str, str]
    days: int
    visits: int
    monday: float
    mean_wait_min: float
    over_limit: int
    called: int
    no_shows: int
    priority: int
    appointments: int
    held: int
    lines: tuple[LineOfYear, ...]
    counters: tuple[tuple[str, ...], ...]
    half_hours: Mapping[int, int]
    sessions: tuple[tuple[float, float], ...]

    @property
    def visits_a_day(self) -> float:
        """People on a day that the office was open."""
        return self.visits / self.days


class Year(Protocol):
    """Events of a year, to be asked several things."""

    def returned(self) -> Sequence[Returned]:
        """By procedure, those first that come back most often."""
        ...

    def missing_papers(self) -> Sequence[MissingPaper]:
        """By procedure and place, what most people come without first."""
        ...

    def steps(self) -> Sequence[StepTime]:
        """The steps of dossiers in their order."""
        ...

    def offices(self, limit_min: float) -> Sequence[OfficeYear]:
        """All offices with people in them; `limit_min` is what a wait should not exceed."""
        ...


@dataclass(frozen=True, slots=True)
class Changed:
    """Mean wait in minutes, simulated: as it is, with appointments, with kiosks, with both."""

    now: float
    appointments: float
    kiosks: float
    both: float
    fewer: float | None
    more: float


@dataclass(frozen=True, slots=True)
class Tried:
    """An office beside what would change there."""

    year: OfficeYear
    changed: Changed


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that the report says; what stands on too few cases is left out already."""

    first: date
    end: date
    limit_min: float
    returned: tuple[Returned, ...]
    missing: tuple[MissingPaper, ...]
    steps: tuple[StepTime, ...]
    tried: tuple[Tried, ...]
    moves: tuple[Move, ...]
    left_out: int


def study(
    year: Year,
    span: tuple[date, date],
    limit_min: float,
    attempt: Callable[[OfficeYear], Changed],
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Study:
    """Ask all, and try each office out.

    Args:
        year: The events.
        span: First day, and the day after the last.
        limit_min: Mean wait that should not be exceeded.
        attempt: Simulates one office.
        told: Hears how many offices of how many are done.
    """
    offices = year.offices(limit_min)
    enough = [one for one in offices if one.called >= LEAST and one.lines and one.counters]
    tried = []
    for done, one in enumerate(enough):
        told(done, len(enough))
        tried.append(Tried(one, attempt(one)))
    told(len(enough), len(enough))
    found = moves([_trial(one) for one in tried], limit_min)
    return Study(
        *span,
        limit_min,
        tuple(one for one in year.returned() if one.filed >= LEAST),
        tuple(one for one in year.missing_papers() if one.declared >= LEAST),
        tuple(one for one in year.steps() if one.n >= LEAST),
        tuple(sorted(tried, key=lambda one: -one.year.mean_wait_min)),
        tuple(found),
        len(offices) - len(enough),
    )


def _trial(tried: Tried) -> Trial:
    year, changed = tried.year, tried.changed
    return Trial(
        *(year.office, year.province, year.visits_a_day),
        *(changed.now, changed.fewer, changed.more),
    )
