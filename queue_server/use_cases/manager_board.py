"""The manager's board: the office now, the course of its day, what to act on, what people say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from queue_server.contracts import manager_views as m
from queue_server.contracts.planning_views import DemandSlotView, DemandView, PlanningView
from queue_server.contracts.satisfaction_views import SmileIndexView
from queue_server.contracts.views import BoardDevice
from queue_server.domain.office import ZONE, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, TicketState
from queue_server.use_cases.board import Board, Targets
from queue_server.use_cases.day_course import SLOT_MIN
from queue_server.use_cases.day_verdicts import DayVerdicts
from queue_server.use_cases.filing_measures import FilingsToday
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.line_alerts import line_alert
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.overdue_now import Overdue, overdue_now
from queue_server.use_cases.planning import Planning
from queue_server.use_cases.ports import RatingReader
from queue_server.use_cases.smile_index import SmileIndex

ALERTS = 6
LOW_SHOWN_FOR = timedelta(hours=2)
FRESH = timedelta(seconds=1)
PLANNING_FRESH = timedelta(seconds=5)
INDEX_54_MAX = 6.0
INDEX_54_FULL = 0.9
HALF_HOUR = 30


@dataclass(slots=True)
class _LineAlerts:
    """Alerts are worked out at most once a second, whatever happens meanwhile."""

    day: date
    at: datetime
    alerts: list[m.Alert]


class Complaints(Protocol):
    """What the board asks of the desk of complaints."""

    def filed_on(self, day: date) -> int:
        """How many were filed on a day."""
        ...

    def pressing(self, office: Office, day: date) -> tuple[int, int]:
        """How many are overdue, and how many more have a deadline today."""
        ...


class NoComplaints:
    """A replayed day: what was to be answered then is not played."""

    def filed_on(self, day: date) -> int:  # noqa: ARG002 - the port's
        """None."""
        return 0

    def pressing(self, office: Office, day: date) -> tuple[int, int]:  # noqa: ARG002 - the port's
        """None."""
        return 0, 0


@dataclass(slots=True, kw_only=True)
class ManagerBoard:
    """Builds the view of `/board`."""

    board: Board
    live: LiveOffice
    forecaster: Forecaster
    targets: Targets
    ratings: RatingReader
    planning: Planning
    smiles: SmileIndex
    filings: FilingsToday
    complaints: Complaints = field(default_factory=NoComplaints)
    overdue: Callable[[OfficeDay, datetime], Overdue] = overdue_now
    _kept: _LineAlerts | None = None
    _planned: PlanningView | None = None

    def view(self, at: datetime, devices: list[BoardDevice]) -> m.ManagerBoardView:
        """Everything a manager sees, at one consistent moment."""
        self.forecaster.refresh(at)
        planned = self._plan(at)
        with self.live.look() as day:
            verdicts = self._verdicts(day)
            board = self.board.look(day, at, devices)
            return m.ManagerBoardView(
                **dict(board),
                course=self._course(day, planned.demand),
                lines=[self._line(day, service) for service in day.office.services],
                alerts=self._alerts(day, verdicts, at),
                asks=_asks(day),
                satisfaction=_satisfaction(
                    self.live.figures.states[TicketState.FINISHED],
                    verdicts,
                    self.smiles.view(at),
                    self.complaints.filed_on(day.day),
                    self.overdue(day, at),
                ),
                filings=self.filings.view(),
                staffing=planned.advice,
                no_staffing=planned.no_advice,
            )

    def _plan(self, at: datetime) -> PlanningView:
        """What is planned changes by the minute; Erlang C is not computed for every press."""
        kept = self._planned
        if kept is None or not timedelta(0) <= at - kept.at < PLANNING_FRESH:
            kept = self._planned = self.planning.view(at)
        return kept

    def _verdicts(self, day: OfficeDay) -> DayVerdicts:
        """After a restart the words are read from the store, once."""
        verdicts = self.live.verdicts
        if verdicts.words_missing:
            verdicts.heard(self.ratings.ratings(day.day))
        return verdicts

    def _course(self, day: OfficeDay, demand: DemandView | None) -> m.DayCourse:
        expected = {one.at: one for one in demand.slots} if demand else {}
        course = self.live.course
        sessions = day.office.hours.sessions
        slots = []
        for slot in course.slots():
            waits = course.waits.get(slot)
            mean, low, high = _share_of(expected, slot)
            slots.append(
                m.CourseSlot(
                    at=_moment(day.day, slot * SLOT_MIN),
                    arrived=course.arrived[slot],
                    called=len(waits) if waits else 0,
                    mean_wait_min=waits.mean_min() if waits else None,
                    p90_wait_min=waits.quantile_min(0.9) if waits else None,
                    expected=mean,
                    low=low,
                    high=high,
                )
            )
        return m.DayCourse(
            slot_min=SLOT_MIN,
            slots=slots,
            opens_at=datetime.combine(day.day, sessions[0][0], ZONE),
            closes_at=datetime.combine(day.day, sessions[-1][1], ZONE),
            demand_words=demand.words if demand else None,
        )

    def _line(self, day: OfficeDay, service: str) -> m.LineFigures:
        waits = self.live.figures.of_service(service)
        heads = [day.line(service, priority).head() for priority in PriorityClass]
        first = min(
            (day.tickets[head] for head in heads if head), key=lambda one: one.place, default=None
        )
        return m.LineFigures(
            service=service,
            oldest_number=first.label if first else None,
            p50_wait_min=waits.quantile_min(0.5),
            p90_wait_min=waits.quantile_min(0.9),
            over_good_share=waits.share_over(self.targets.good_min),
            over_limit_share=waits.share_over(self.targets.limit_min),
        )

    def _alerts(self, day: OfficeDay, verdicts: DayVerdicts, at: datetime) -> list[m.Alert]:
        kept = self._kept
        if kept is None or kept.day != day.day or not timedelta(0) <= at - kept.at < FRESH:
            limit = timedelta(minutes=self.targets.limit_min)
            found = (
                line_alert(day, service, at, self.forecaster, limit)
                for service in day.office.services
            )
            kept = self._kept = _LineAlerts(day.day, at, [one for one in found if one])
        now = [one for one in kept.alerts if one.kind != "will_pass"]
        soon = [one for one in kept.alerts if one.kind == "will_pass"]
        now.sort(key=lambda one: -(one.minutes or 0.0))
        soon.sort(key=lambda one: one.at)
        asked = self._complaints(day)
        return [*now, *_low_ratings(day, verdicts, at), *soon][: ALERTS - len(asked)] + asked

    def _complaints(self, day: OfficeDay) -> list[m.Alert]:
        """Deadlines of complaints; they are days and not minutes, so they stand last."""
        late, today = self.complaints.pressing(day.office, day.day)
        at = day.office.hours.closes_at(day.day)
        found = [("complaint_late", late), ("complaint_today", today)]
        return [
            m.Alert.model_validate({"kind": kind, "service": None, "at": at, "waiting": n})
            for kind, n in found
            if n
        ]


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=minute)


def _share_of(
    expected: dict[str, DemandSlotView], slot: int
) -> tuple[float | None, float | None, float | None]:
    """A quarter's part of its half hour."""
    minute = slot * SLOT_MIN // HALF_HOUR * HALF_HOUR
    half = expected.get(f"{minute // 60:02}:{minute % 60:02}")
    if half is None:
        return None, None, None
    part = SLOT_MIN / HALF_HOUR
    return round(half.expected * part, 2), half.low * part, half.high * part


def _low_ratings(day: OfficeDay, verdicts: DayVerdicts, at: datetime) -> list[m.Alert]:
    found = []
    for said in verdicts.newest_low():
        ticket = day.tickets.get(said.ticket)
        if ticket is None or at - said.at > LOW_SHOWN_FOR:
            continue
        found.append(
            m.Alert(
                kind="low_rating",
                service=ticket.service,
                at=said.at,
                number=ticket.label,
                counter=ticket.counter,
                score=said.score,
                reasons=list(said.reasons),
                comment=said.comment,
            )
        )
    return found


def _asks(day: OfficeDay) -> list[m.CounterAsk]:
    return [
        m.CounterAsk(
            counter=number, service=now.asked_for, at=now.asked_at, declined_at=now.declined_at
        )
        for number, now in sorted(day.counters.items())
        if now.asked_for is not None and now.asked_at is not None
    ]


def _satisfaction(
    finished: int,
    verdicts: DayVerdicts,
    smile: SmileIndexView,
    complaints: int,
    overdue: Overdue,
) -> m.Satisfaction:
    rated, late = verdicts.rated, overdue.share
    against = (verdicts.low + complaints) / finished if finished else None
    index = None if against is None else max(0.0, 1 - against - (late or 0.0))
    return m.Satisfaction(
        finished=finished,
        rated=rated,
        rated_good=verdicts.good,
        rated_low=verdicts.low,
        good_share=verdicts.good / rated if rated else None,
        response_rate=rated / finished if finished else None,
        index54=index,
        index54_points=None if index is None else _points(index),
        index54_overdue=late,
        dossiers=overdue.counted,
        dossiers_overdue=overdue.overdue,
        complaints=complaints,
        smile=smile.today,
        smile_words=smile.words if smile.today else None,
    )


def _points(rate: float) -> float:
    """Decision 766, metric 5.4: from 90 % on all points, below it in proportion."""
    return min(INDEX_54_MAX, rate * INDEX_54_MAX / INDEX_54_FULL)
