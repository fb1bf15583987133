"""What events of appointments and home visits change: the newest form of one row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from queue_server.domain import appointment_events as e
from queue_server.domain.appointment import (
    Appointment,
    AppointmentState,
    HalfDay,
    HomeVisit,
    VisitState,
)
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass


def book_carried(event: e.BookCarried, day: OfficeDay) -> None:
    """What earlier days promised stands in this day too."""
    for appointment in event.appointments:
        day.book.put_appointment(appointment)
    for visit in event.visits:
        day.book.put_visit(visit)


def appointment_booked(event: e.AppointmentBooked, day: OfficeDay) -> None:
    """A promise begins."""
    day.book.put_appointment(
        Appointment(
            id=event.appointment,
            code=event.code,
            service=event.service,
            slot_at=event.slot_at,
            state=AppointmentState.BOOKED,
            channel=event.channel,
            language=event.language,
            booked_at=event.at,
            changed_at=event.at,
            procedure=event.procedure,
        )
    )


def appointment_moved(event: e.AppointmentMoved, day: OfficeDay) -> None:
    """The promise holds for another time."""
    _change(day, event.appointment, event.at, slot_at=event.slot_at)


def appointment_cancelled(event: e.AppointmentCancelled, day: OfficeDay) -> None:
    """The place is free again."""
    _change(day, event.appointment, event.at, state=AppointmentState.CANCELLED)


def appointment_checked_in(event: e.AppointmentCheckedIn, day: OfficeDay) -> None:
    """The citizen is here."""
    state = AppointmentState.CHECKED_IN
    _change(day, event.appointment, event.at, state=state, ticket=event.ticket)


def appointment_missed(event: e.AppointmentMissed, day: OfficeDay) -> None:
    """Nobody came."""
    _change(day, event.appointment, event.at, state=AppointmentState.NO_SHOW)


def appointment_lapsed(event: e.AppointmentLapsed, day: OfficeDay) -> None:
    """Nobody could come."""
    _change(day, event.appointment, event.at, state=AppointmentState.LAPSED)


def _change(day: OfficeDay, appointment: str, at: datetime, **new: Any) -> None:
    old = day.book.appointments[appointment]
    day.book.put_appointment(replace(old, changed_at=at, version=old.version + 1, **new))


def home_visit_requested(event: e.HomeVisitRequested, day: OfficeDay) -> None:
    """A wish begins."""
    day.book.put_visit(
        HomeVisit(
            id=event.visit,
            code=event.code,
            service=event.service,
            on=event.on,
            part=HalfDay(event.part),
            priority=PriorityClass(event.priority),
            state=VisitState.REQUESTED,
            language=event.language,
            requested_at=event.at,
            changed_at=event.at,
            procedure=event.procedure,
        )
    )


def home_visit_cancelled(event: e.HomeVisitCancelled, day: OfficeDay) -> None:
    """Nobody needs to come."""
    _change_visit(day, event.visit, event.at, VisitState.CANCELLED)


def home_visit_ended(event: e.HomeVisitEnded, day: OfficeDay) -> None:
    """Staff were there."""
    state = VisitState.DONE if event.done else VisitState.NOBODY_HOME
    _change_visit(day, event.visit, event.at, state)


def home_visit_lapsed(event: e.HomeVisitLapsed, day: OfficeDay) -> None:
    """Nobody said what happened."""
    _change_visit(day, event.visit, event.at, VisitState.LAPSED)


def _change_visit(day: OfficeDay, visit: str, at: datetime, state: VisitState) -> None:
    old = day.book.visits[visit]
    day.book.put_visit(replace(old, changed_at=at, version=old.version + 1, state=state))
