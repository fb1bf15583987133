"""What events of a ticket away from the counters change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from queue_server.domain import events as e
from queue_server.domain.next_form import free_counter, move_on, served_s
from queue_server.domain.office import working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState


def ticket_reserved(event: e.TicketReserved, day: OfficeDay) -> None:
    """The ticket begins; its number leaves the series or the block.

    Who comes after the late window has lost the appointment and waits as a walk-in.
    """
    blocks = day.blocks.values()
    block = next((b for b in blocks if b.offers_in(event.service, event.number)), None)
    if block is not None:
        day.put_block(replace(block, used=block.used | {event.number}))
    else:
        series = day.series[event.service]
        day.put_series(replace(series, next_number=event.number + 1))
    appointment = event.appointment_at
    if appointment is not None:
        late = event.issued_at - appointment > day.office.rules.appointment_late
        appointment = None if late else appointment
    day.put_ticket(
        Ticket(
            id=event.ticket,
            service=event.service,
            number=event.number,
            label=event.label,
            serial=day.next_serial(),
            state=TicketState.RESERVED,
            priority=PriorityClass(event.priority),
            channel=event.channel,
            language=event.language,
            follow_code=event.follow_code,
            issued_at=event.issued_at,
            line_since=max(event.issued_at, appointment or event.issued_at),
            moved_at=event.at,
            kiosk=event.kiosk,
            procedures=(*((event.procedure,) if event.procedure else ()), *(event.also or ())),
            papers=event.papers,
            dossiers=event.dossiers or 1,
            visit=event.visit,
            appointment_at=appointment,
            accurate=working_day(event.issued_at) == day.day == working_day(event.at),
        )
    )


def ticket_confirmed(event: e.TicketConfirmed, day: OfficeDay) -> None:
    """It joins its line."""
    move_on(day, event, state=TicketState.WAITING)


def ticket_voided(event: e.TicketVoided, day: OfficeDay) -> None:
    """It never was in a line."""
    move_on(day, event, state=TicketState.VOID)


def hold_ended(event: e.HoldEnded, day: OfficeDay) -> None:
    """Its place is its arrival: a timed return stands before all who came later."""
    # Its place is its arrival: a timed return stands before all who came later.
    move_on(day, event, state=TicketState.WAITING, counter=None, held_until=None)


def ticket_transferred(event: e.TicketTransferred, day: OfficeDay) -> None:
    """To another line at the place of its arrival."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        state=TicketState.WAITING,
        service=event.to_service,
        to_counter=event.to_counter,
        counter=None,
        served_s=served_s(old, event.at),
        serving_since=None,
    )
    free_counter(day, old, event.at)


def ticket_reinstated(event: e.TicketReinstated, day: OfficeDay) -> None:
    """Back at the old place."""
    move_on(day, event, state=TicketState.WAITING, counter=None)


def ticket_cancelled(event: e.TicketCancelled, day: OfficeDay) -> None:
    """It leaves the line."""
    move_on(day, event, state=TicketState.CANCELLED)


def ticket_delayed(event: e.TicketDelayed, day: OfficeDay) -> None:
    """It stands further back; the wait that is published still begins where it began."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        line_since=old.line_since + timedelta(seconds=event.by_s),
        delayed_s=old.delayed_s + event.by_s,
    )


def ticket_rated(event: e.TicketRated, day: OfficeDay) -> None:
    """The visit has its verdict; when it ended stays as it was."""
    old = day.tickets[event.ticket]
    day.put_ticket(replace(old, score=event.score, version=old.version + 1))


def ticket_expired(event: e.TicketExpired, day: OfficeDay) -> None:
    """It leaves the day."""
    old = day.tickets[event.ticket]
    ticket = move_on(
        day,
        event,
        state=TicketState.EXPIRED,
        served_s=served_s(old, event.at),
        serving_since=None,
    )
    if old.started_at is not None:
        # The serve began and never finished: its times say nothing.
        day.put_ticket(replace(ticket, accurate=False))
    free_counter(day, old, event.at)


def slip_given_again(event: e.SlipGivenAgain, day: OfficeDay) -> None:
    """Nothing about the ticket changes; its version says that something was recorded."""
    old = day.tickets[event.ticket]
    day.put_ticket(replace(old, version=old.version + 1))
