"""Moves of home visits: ask for one, cancel it, say what became of it."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import appointment_commands as c
from queue_server.domain import appointment_events as e
from queue_server.domain.appointment import HomeVisit, VisitState
from queue_server.domain.faults import IllegalMove, NotBookable
from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.slots import visits_left


def request_home_visit(day: OfficeDay, command: c.RequestHomeVisit, at: datetime) -> HomeVisit:
    """Note the wish, and keep beside the events how to find the citizen.

    Raises:
        UnknownService: the office does not offer it.
        NotBookable: staff have no room in that half day.
        IllegalMove: the id is taken.
    """
    day.service(command.service)
    if command.visit in day.book.visits or day.book.visit_by_code(command.code) is not None:
        raise IllegalMove(command.visit, "requested", "request", ())
    if not visits_left(day, command.on, command.part, at):
        raise NotBookable(f"no room for a visit on {command.on}, {command.part}", state="full")
    happen(
        day,
        e.HomeVisitRequested(
            at=at,
            visit=command.visit,
            code=command.code,
            service=command.service,
            on=command.on,
            part=command.part.value,
            priority=command.priority.value,
            language=command.language,
            procedure=command.procedure,
        ),
    )
    day.book.keep_contact(command.visit, command.sealed)
    return day.book.visit(command.visit)


def cancel_home_visit(day: OfficeDay, command: c.CancelHomeVisit, at: datetime) -> HomeVisit:
    """Nobody needs to come; how to find the citizen is forgotten with the same commit."""
    visit = _requested(day, command.visit, "cancel")
    happen(day, e.HomeVisitCancelled(at=at, visit=visit.id, by=command.by))
    day.book.keep_contact(visit.id, None)
    return day.book.visit(visit.id)


def end_home_visit(day: OfficeDay, command: c.EndHomeVisit, at: datetime) -> HomeVisit:
    """Staff were there; the address is needed no more unless nobody was home."""
    visit = _requested(day, command.visit, "end")
    if visit.on > day.day:
        raise IllegalMove(f"home visit {visit.id}", "not due yet", "end", ())
    happen(day, e.HomeVisitEnded(at=at, visit=visit.id, done=command.done, by=command.by))
    if command.done:
        day.book.keep_contact(visit.id, None)
    return day.book.visit(visit.id)


def _requested(day: OfficeDay, visit_id: str, move: str) -> HomeVisit:
    visit = day.book.visit(visit_id)
    if visit.state is not VisitState.REQUESTED:
        raise IllegalMove(f"home visit {visit.id}", visit.state, move, ())
    return visit


def lapse_visits(day: OfficeDay, at: datetime) -> None:
    """At the end of the day: visits of today of which nobody said anything."""
    for visit in list(day.book.visits.values()):
        if visit.state is VisitState.REQUESTED and visit.on <= day.day:
            happen(day, e.HomeVisitLapsed(at=at, visit=visit.id))
