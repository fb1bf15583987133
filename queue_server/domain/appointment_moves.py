"""Moves of appointments: book, move, cancel, check in, and what becomes of them with the day."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import appointment_commands as c
from queue_server.domain import appointment_events as e
from queue_server.domain.appointment import Appointment, AppointmentState
from queue_server.domain.commands import IssueTicket
from queue_server.domain.faults import IllegalMove, NotBookable, NotEligible
from queue_server.domain.happening import happen
from queue_server.domain.office import ZONE, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.slots import check_slot
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.ticket_moves import issue_ticket

NEVER_USED = frozenset({TicketState.VOID})


def book_appointment(day: OfficeDay, command: c.BookAppointment, at: datetime) -> Appointment:
    """Promise a place.

    Raises:
        UnknownService, NotBookable: there is no such slot, or no room in it, or this card has a
            time then already.
        IllegalMove: the id is taken; a repeat of a request is caught by its key before.
    """
    if command.appointment in day.book.appointments or day.book.by_code(command.code) is not None:
        raise IllegalMove(command.appointment, "booked", "book", ())
    check_slot(day, command.service, command.slot_at, at)
    if command.card is not None:
        _check_card(day, command.card, command.service, command.slot_at)
    happen(
        day,
        e.AppointmentBooked(
            at=at,
            appointment=command.appointment,
            code=command.code,
            service=command.service,
            slot_at=command.slot_at,
            channel=command.channel,
            language=command.language,
            procedure=command.procedure,
        ),
    )
    if command.card is not None:
        day.book.keep_card(command.appointment, command.card)
    return day.book.appointment(command.appointment)


def _check_card(
    day: OfficeDay, card: str, service: str, slot_at: datetime, but: str | None = None
) -> None:
    """One person is in one place at a time, and books a service once a day."""
    for other in day.book.with_card(card):
        same_day = working_day(other.slot_at) == working_day(slot_at)
        same = other.slot_at == slot_at or (other.service == service and same_day)
        if other.id != but and same and other.state is AppointmentState.BOOKED:
            raise NotBookable("this card has an appointment then already", state="booked_already")


def move_appointment(day: OfficeDay, command: c.MoveAppointment, at: datetime) -> Appointment:
    """Another time; a refusal leaves the old one as it was."""
    appointment = day.book.appointment(command.appointment)
    _require_booked(appointment, "move")
    if command.slot_at != appointment.slot_at:
        check_slot(day, appointment.service, command.slot_at, at)
        card = day.book.cards.get(appointment.id)
        if card is not None:
            _check_card(day, card, appointment.service, command.slot_at, but=appointment.id)
        happen(
            day,
            e.AppointmentMoved(
                at=at, appointment=appointment.id, slot_at=command.slot_at, by=command.by
            ),
        )
    return day.book.appointment(appointment.id)


def cancel_appointment(day: OfficeDay, command: c.CancelAppointment, at: datetime) -> Appointment:
    """The place is free again."""
    appointment = day.book.appointment(command.appointment)
    _require_booked(appointment, "cancel")
    happen(day, e.AppointmentCancelled(at=at, appointment=appointment.id, by=command.by))
    return day.book.appointment(appointment.id)


def check_in(day: OfficeDay, command: c.CheckIn, at: datetime) -> Ticket:
    """Give the number of an appointment.

    Too late is no fault: the number counts as a walk-in's (domain.md section 3, step 4). Where
    the number never reached the citizen, another may be taken.

    Raises:
        IllegalMove: checked in already, or cancelled.
        NotEligible: another day, or before the early window; the detail says when.
    """
    appointment = day.book.appointment(command.appointment)
    before = day.tickets.get(appointment.ticket or "")
    if before is None or before.state not in NEVER_USED:
        _require_booked(appointment, "check-in")
    if working_day(appointment.slot_at) != day.day:
        raise NotEligible(f"the appointment is on {working_day(appointment.slot_at)}, not today")
    opens = appointment.slot_at - day.office.appointments.check_in_early
    if at < opens:
        raise NotEligible(f"numbers for it are given from {opens.astimezone(ZONE):%H:%M}")
    ticket = issue_ticket(
        day,
        IssueTicket(
            ticket=command.ticket,
            follow_code=command.follow_code,
            service=appointment.service,
            priority=command.priority,
            channel=command.channel,
            language=command.language or appointment.language,
            procedure=appointment.procedure,
            kiosk=command.kiosk,
            appointment_at=appointment.slot_at,
            confirm=command.confirm,
        ),
        at,
    )
    happen(day, e.AppointmentCheckedIn(at=at, appointment=appointment.id, ticket=ticket.id))
    return day.ticket(ticket.id)


def _require_booked(appointment: Appointment, move: str) -> None:
    if appointment.state is not AppointmentState.BOOKED:
        raise IllegalMove(f"appointment {appointment.id}", appointment.state, move, ())


def miss_appointments(day: OfficeDay, at: datetime) -> None:
    """At the end of the day: whose time was today and who did not come."""
    for one in list(day.book.appointments.values()):
        if one.state is AppointmentState.BOOKED and working_day(one.slot_at) <= day.day:
            happen(day, e.AppointmentMissed(at=at, appointment=one.id))


def carry_book(day: OfficeDay, carried: e.BookCarried) -> None:
    """In the morning: what is still promised; what fell on days without an office has lapsed."""
    if not carried.appointments and not carried.visits:
        return
    happen(day, carried)
    for one in list(day.book.appointments.values()):
        if working_day(one.slot_at) < day.day:
            happen(day, e.AppointmentLapsed(at=carried.at, appointment=one.id))
    for visit in list(day.book.visits.values()):
        if visit.on < day.day:
            happen(day, e.HomeVisitLapsed(at=carried.at, visit=visit.id))
