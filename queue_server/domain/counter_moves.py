"""Moves that a clerk makes at a counter; every check comes before the first event."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling_rule import choose, is_due, reason_by_number
from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.faults import (
    CounterBusy,
    IllegalMove,
    NotEligible,
    RecallLimitReached,
    StaleVersion,
    UndoExpired,
    UnknownProfile,
)
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.reason import CallReason
from queue_server.domain.ticket import Move, Ticket, TicketState, allowed_moves
from queue_server.domain.ticket_moves import put_back, require, transfer


def _counter(day: OfficeDay, command: c.AtCounter) -> CounterNow:
    _, now = day.counter(command.counter)
    if command.expected_version is not None and command.expected_version != now.version:
        raise StaleVersion(
            f"counter {now.number} is at version {now.version}, not {command.expected_version}",
            state=now.state,
        )
    return now


def _current(day: OfficeDay, command: c.AtCounter, move: Move) -> Ticket:
    now = _counter(day, command)
    if now.ticket is None:
        raise IllegalMove(
            f"counter {now.number}", f"{now.state} without a citizen", move, (Move.CALL,)
        )
    ticket = day.ticket(now.ticket)
    require(ticket, move)
    return ticket


def _check_free(day: OfficeDay, now: CounterNow) -> None:
    ticket = day.ticket(now.ticket) if now.ticket is not None else None
    if ticket is not None and ticket.state is TicketState.CALLED:
        raise CounterBusy(
            f"counter {now.number} has called {ticket.label}",
            state=ticket.state,
            allowed=allowed_moves(ticket),
        )


def _get_ready(day: OfficeDay, now: CounterNow, at: datetime) -> None:
    """One press is enough: finish who is being served, open the counter."""
    if now.ticket is not None:
        happen(
            day,
            e.TicketFinished(at=at, ticket=now.ticket, counter=now.number, outcome="NORMAL"),
        )
    if now.state is not CounterState.OPEN:
        happen(day, e.CounterOpened(at=at, counter=now.number))


def _call(day: OfficeDay, counter: int, ticket: Ticket, reason: CallReason, at: datetime) -> None:
    happen(day, e.TicketCalled(at=at, ticket=ticket.id, counter=counter, reason=reason))


def call_next(day: OfficeDay, command: c.CallNext, at: datetime) -> Ticket | None:
    """Call whom the calling rule chooses; None when nobody is waiting for this counter."""
    now = _counter(day, command)
    _check_free(day, now)
    _get_ready(day, now, at)
    chosen = choose(day, now.number, at)
    if chosen is None:
        return None
    _call(day, now.number, *chosen, at)
    return day.ticket(chosen[0].id)


def call_number(day: OfficeDay, command: c.CallNumber, at: datetime) -> Ticket:
    """Call the number that the clerk typed."""
    now = _counter(day, command)
    _check_free(day, now)
    ticket = day.labelled(command.label)
    if ticket.state is not TicketState.NO_SHOW:
        require(ticket, Move.CALL)
    _check_eligible(day, ticket, now.number, at)
    if ticket.state is TicketState.NO_SHOW:
        put_back(day, ticket, at)
        ticket = day.ticket(ticket.id)
    reason = reason_by_number(day, ticket, now.number, at)
    _get_ready(day, now, at)
    _call(day, now.number, ticket, reason, at)
    return day.ticket(ticket.id)


def _check_eligible(day: OfficeDay, ticket: Ticket, counter: int, at: datetime) -> None:
    configured, _ = day.counter(counter)
    sent_to = ticket.to_counter
    if sent_to != counter and day.may_serve(configured, ticket.service) is None:
        raise NotEligible(f"counter {counter} does not serve {ticket.service}")
    if sent_to not in {None, counter} and day.is_staffed(sent_to):
        raise NotEligible(f"{ticket.label} was sent to counter {sent_to}")
    if not is_due(day, ticket, at):
        raise NotEligible(f"{ticket.label} may not be called yet")


def recall(day: OfficeDay, command: c.Recall, at: datetime) -> Ticket:
    """Call the same citizen again, as often as the office allows."""
    ticket = _current(day, command, Move.RECALL)
    if ticket.recalls >= day.office.rules.recall_limit:
        raise RecallLimitReached(
            ticket.label,
            f"called again {ticket.recalls} times",
            Move.RECALL,
            tuple(m for m in allowed_moves(ticket) if m is not Move.RECALL),
        )
    happen(day, e.TicketRecalled(at=at, ticket=ticket.id, counter=command.counter))
    return day.ticket(ticket.id)


def start(day: OfficeDay, command: c.Start, at: datetime) -> Ticket:
    """The citizen is here."""
    ticket = _current(day, command, Move.START)
    happen(day, e.ServingStarted(at=at, ticket=ticket.id, counter=command.counter))
    return day.ticket(ticket.id)


def add_procedure(day: OfficeDay, command: c.AddProcedure, at: datetime) -> Ticket:
    """One more procedure in this visit."""
    ticket = _current(day, command, Move.ADD_PROCEDURE)
    happen(
        day,
        e.ProcedureAdded(
            at=at, ticket=ticket.id, counter=command.counter, procedure=command.procedure
        ),
    )
    return day.ticket(ticket.id)


def add_note(day: OfficeDay, command: c.AddNote, at: datetime) -> Ticket:
    """A note about who is called to this counter or served at it; no move, so nothing to undo."""
    now = _counter(day, command)
    if now.ticket is None:
        raise IllegalMove(f"counter {now.number}", "without a citizen", "note", ())
    text = checked_note(command.text)
    happen(day, e.NoteAdded(at=at, ticket=now.ticket, counter=now.number, text=text))
    return day.ticket(now.ticket)


def hold(day: OfficeDay, command: c.Hold, at: datetime) -> Ticket:
    """The citizen goes away and comes back."""
    ticket = _current(day, command, Move.HOLD)
    happen(
        day,
        e.TicketHeld(at=at, ticket=ticket.id, counter=command.counter, held_until=command.due_at),
    )
    return day.ticket(ticket.id)


def resume(day: OfficeDay, command: c.Resume, at: datetime) -> Ticket:
    """A held citizen is back at the same counter."""
    now = _counter(day, command)
    if now.ticket is not None:
        other = day.ticket(now.ticket)
        raise CounterBusy(
            f"counter {now.number} has {other.label}",
            state=other.state,
            allowed=allowed_moves(other),
        )
    held = day.held_at(now.number)
    if command.label is not None:
        ticket = day.labelled(command.label)
        require(ticket, Move.RESUME)
        if ticket.counter != now.number:
            raise NotEligible(f"{ticket.label} is held at counter {ticket.counter}")
    elif held:
        ticket = min(held, key=lambda t: t.moved_at)
    else:
        raise IllegalMove(f"counter {now.number}", "without held tickets", Move.RESUME, ())
    if now.state is not CounterState.OPEN:
        happen(day, e.CounterOpened(at=at, counter=now.number))
    happen(day, e.ServingResumed(at=at, ticket=ticket.id, counter=now.number))
    return day.ticket(ticket.id)


def transfer_current(day: OfficeDay, command: c.Transfer, at: datetime) -> Ticket:
    """Send the citizen on."""
    ticket = _current(day, command, Move.TRANSFER)
    transfer(day, ticket, command, at)
    return day.ticket(ticket.id)


def return_to_line(day: OfficeDay, command: c.Return, at: datetime) -> Ticket:
    """Back to the tail."""
    ticket = _current(day, command, Move.RETURN)
    happen(day, e.TicketReturned(at=at, ticket=ticket.id, counter=command.counter))
    return day.ticket(ticket.id)


def finish(day: OfficeDay, command: c.Finish, at: datetime) -> Ticket:
    """Served."""
    ticket = _current(day, command, Move.FINISH)
    happen(
        day,
        e.TicketFinished(at=at, ticket=ticket.id, counter=command.counter, outcome=command.outcome),
    )
    return day.ticket(ticket.id)


def no_show(day: OfficeDay, command: c.NoShow, at: datetime) -> Ticket:
    """Nobody came."""
    ticket = _current(day, command, Move.NO_SHOW)
    happen(day, e.TicketNoShow(at=at, ticket=ticket.id, counter=command.counter))
    return day.ticket(ticket.id)


def undo(day: OfficeDay, command: c.Undo, at: datetime) -> Ticket:
    """Take the last move back, within the undo window."""
    ticket = _current(day, command, Move.UNDO)
    late = at - ticket.moved_at > day.office.rules.undo_window
    if ticket.before is None or late:
        allowed = tuple(m for m in allowed_moves(ticket) if m is not Move.UNDO)
        raise UndoExpired(ticket.label, ticket.state, Move.UNDO, allowed)
    happen(day, e.MoveUndone(at=at, ticket=ticket.id, counter=command.counter))
    return day.ticket(ticket.id)


def open_counter(day: OfficeDay, command: c.OpenCounter, at: datetime) -> None:
    """Begin to serve; opening an open counter changes nothing."""
    now = _counter(day, command)
    if now.state is not CounterState.OPEN:
        happen(day, e.CounterOpened(at=at, counter=now.number))


def pause_counter(day: OfficeDay, command: c.PauseCounter, at: datetime) -> None:
    """Step away; first decide about the citizen at the counter."""
    now = _counter(day, command)
    _require_nobody(day, now, "pause")
    if now.state is CounterState.CLOSED:
        raise IllegalMove(f"counter {now.number}", now.state, "pause", ("open",))
    if now.state is not CounterState.PAUSED:
        happen(day, e.CounterPaused(at=at, counter=now.number))


def close_counter(day: OfficeDay, command: c.CloseCounter, at: datetime) -> None:
    """End the work here; held tickets go back to their lines, nobody is forgotten."""
    now = _counter(day, command)
    _require_nobody(day, now, "close")
    for ticket in day.held_at(now.number):
        happen(day, e.HoldEnded(at=at, ticket=ticket.id))
    if now.state is not CounterState.CLOSED:
        happen(day, e.CounterClosed(at=at, counter=now.number))


def switch_profile(day: OfficeDay, command: c.SwitchProfile, at: datetime) -> None:
    """Call by another of this counter's work profiles; who is here or was sent here stays.

    Raises:
        UnknownProfile: the counter has no such profile.
    """
    now = _counter(day, command)
    if command.profile is not None:
        known = day.office.counters[now.number].other(command.profile)
        if known is None:
            raise UnknownProfile(f"counter {now.number} has no profile '{command.profile}'")
    if now.profile != command.profile:
        happen(
            day,
            e.ProfileSwitched(at=at, counter=now.number, profile=command.profile, by=command.by),
        )


def _require_nobody(day: OfficeDay, now: CounterNow, move: str) -> None:
    if now.ticket is not None:
        ticket = day.ticket(now.ticket)
        raise IllegalMove(
            f"counter {now.number}", f"with {ticket.label}", move, allowed_moves(ticket)
        )
