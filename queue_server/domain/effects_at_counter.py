"""What events of a ticket at a counter change: call, serve, hold, finish, undo."""

from __future__ import annotations

from dataclasses import replace

from queue_server.domain import events as e
from queue_server.domain.next_form import at_counter, free_counter, move_on, served_s
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, TicketState


def ticket_called(event: e.TicketCalled, day: OfficeDay) -> None:
    """It stands at the counter; the counter counts its turns."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        undoable=True,
        state=TicketState.CALLED,
        counter=event.counter,
        called_first_at=old.called_first_at or event.at,
        called_last_at=event.at,
        recalls=0,
    )
    turns = day.counters[event.counter].turns
    normal = old.priority is PriorityClass.NORMAL
    at_counter(
        day,
        event.counter,
        event.at,
        ticket=event.ticket,
        turns=0 if normal else turns + 1,
        turns_before=turns,
    )


def ticket_recalled(event: e.TicketRecalled, day: OfficeDay) -> None:
    """One call more."""
    recalls = day.tickets[event.ticket].recalls + 1
    move_on(day, event, undoable=True, called_last_at=event.at, recalls=recalls)
    at_counter(day, event.counter, event.at)


def serving_started(event: e.ServingStarted, day: OfficeDay) -> None:
    """The serving period begins."""
    started = day.tickets[event.ticket].started_at or event.at
    move_on(
        day,
        event,
        undoable=True,
        state=TicketState.SERVING,
        started_at=started,
        serving_since=event.at,
    )
    at_counter(day, event.counter, event.at)


def procedure_added(event: e.ProcedureAdded, day: OfficeDay) -> None:
    """One more procedure in this visit."""
    procedures = (*day.tickets[event.ticket].procedures, event.procedure)
    move_on(day, event, undoable=True, procedures=procedures)
    at_counter(day, event.counter, event.at)


def note_added(event: e.NoteAdded, day: OfficeDay) -> None:
    """Only the version grows, so that who looks asks again; undo reaches past a note."""
    old = day.tickets[event.ticket]
    day.put_ticket(replace(old, version=old.version + 1))


def ticket_held(event: e.TicketHeld, day: OfficeDay) -> None:
    """The serving period ends, the counter is free, the ticket stays its own."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        state=TicketState.HELD,
        served_s=served_s(old, event.at),
        serving_since=None,
        held_until=event.held_until,
    )
    free_counter(day, old, event.at)


def serving_resumed(event: e.ServingResumed, day: OfficeDay) -> None:
    """Another serving period begins."""
    move_on(
        day,
        event,
        undoable=True,
        state=TicketState.SERVING,
        serving_since=event.at,
        held_until=None,
    )
    at_counter(day, event.counter, event.at, ticket=event.ticket)


def ticket_returned(event: e.TicketReturned, day: OfficeDay) -> None:
    """To the tail of its line; an appointment is not called before its window by that."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        state=TicketState.WAITING,
        counter=None,
        line_since=max(event.at, old.line_since),
    )
    free_counter(day, old, event.at)


def ticket_finished(event: e.TicketFinished, day: OfficeDay) -> None:
    """Served; the counter is free."""
    old = day.tickets[event.ticket]
    move_on(
        day,
        event,
        state=TicketState.FINISHED,
        served_s=served_s(old, event.at),
        serving_since=None,
        finished_at=event.at,
        outcome=event.outcome,
    )
    free_counter(day, old, event.at)


def ticket_no_show(event: e.TicketNoShow, day: OfficeDay) -> None:
    """Nobody came; the counter is free."""
    old = day.tickets[event.ticket]
    move_on(day, event, state=TicketState.NO_SHOW)
    free_counter(day, old, event.at)


def move_undone(event: e.MoveUndone, day: OfficeDay) -> None:
    """The ticket is again what it was, only its version grows."""
    old = day.tickets[event.ticket]
    if old.before is None:
        raise ValueError(f"nothing to undo for {old.label}")
    day.put_ticket(replace(old.before, version=old.version + 1, accurate=old.accurate))
    now = day.counters[event.counter]
    if old.before.state is TicketState.WAITING:
        at_counter(day, event.counter, event.at, ticket=None, turns=now.turns_before)
    elif old.before.state is TicketState.HELD:
        at_counter(day, event.counter, event.at, ticket=None)
    else:
        at_counter(day, event.counter, event.at)
