"""A clerk's key move as a command: what was typed is looked up among this counter's tickets."""

from __future__ import annotations

from collections.abc import Callable

from queue_server.domain import commands as c
from queue_server.domain.faults import UnknownTicket
from queue_server.domain.key_map import KeyAction, KeyMove
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, TicketState

PLAIN: dict[KeyAction, type[c.AtCounter]] = {
    KeyAction.CALL_NEXT: c.CallNext,
    KeyAction.RECALL: c.Recall,
    KeyAction.START: c.Start,
    KeyAction.FINISH: c.Finish,
    KeyAction.NO_SHOW: c.NoShow,
    KeyAction.HOLD: c.Hold,
    KeyAction.RETURN: c.Return,
    KeyAction.UNDO: c.Undo,
    KeyAction.OPEN: c.OpenCounter,
    KeyAction.PAUSE: c.PauseCounter,
    KeyAction.CLOSE: c.CloseCounter,
}
ABOUT_COUNTER = (c.OpenCounter, c.PauseCounter, c.CloseCounter)
"""Commands that are answered with the counter, because they lead to no ticket."""


def command_for(day: OfficeDay, counter: int, move: KeyMove) -> c.Command | None:
    """The command that a key move asks for at this counter.

    Returns:
        None when the typed number names nothing here: no such ticket, service or counter.
    """
    plain = PLAIN.get(move.action)
    if plain is not None:
        return plain(counter=counter)
    if move.action is KeyAction.RESUME and move.number is None:
        return c.Resume(counter=counter)
    if move.number is None:
        return None
    return _NUMBERED[move.action](day, counter, int(move.number))


def _call(day: OfficeDay, counter: int, number: int) -> c.Command | None:
    ticket = _numbered(day, counter, number, (TicketState.WAITING, TicketState.NO_SHOW))
    return c.CallNumber(counter=counter, label=ticket.label) if ticket else None


def _reinstate(day: OfficeDay, counter: int, number: int) -> c.Command | None:
    ticket = _numbered(day, counter, number, (TicketState.NO_SHOW,))
    return c.Reinstate(ticket=ticket.id) if ticket else None


def _resume(day: OfficeDay, counter: int, number: int) -> c.Command | None:
    held = (ticket for ticket in day.held_at(counter) if ticket.number == number)
    ticket = next(held, None)
    return c.Resume(counter=counter, label=ticket.label) if ticket else None


def _to_service(day: OfficeDay, counter: int, place: int) -> c.Command | None:
    services = list(day.office.services)
    if not 1 <= place <= len(services):
        return None
    return c.Transfer(counter=counter, to_service=services[place - 1])


def _to_counter(day: OfficeDay, counter: int, number: int) -> c.Command | None:
    if number not in day.office.counters:
        return None
    return c.Transfer(counter=counter, to_counter=number)


_NUMBERED: dict[KeyAction, Callable[[OfficeDay, int, int], c.Command | None]] = {
    KeyAction.CALL: _call,
    KeyAction.REINSTATE: _reinstate,
    KeyAction.RESUME: _resume,
    KeyAction.TRANSFER_TO_SERVICE: _to_service,
    KeyAction.TRANSFER_TO_COUNTER: _to_counter,
}


def _numbered(
    day: OfficeDay, counter: int, number: int, states: tuple[TicketState, ...]
) -> Ticket | None:
    """The ticket that a clerk means by a number without its letter.

    Several services may have it: one that was sent to this counter goes first, then the order of
    `states`, then the order of the counter's profile.
    """
    configured, _ = day.counter(counter)
    served = [entry.service for entry in configured.profile]
    found = [
        ticket
        for service in day.office.services.values()
        if (ticket := _labelled(day, service.label(number))) is not None
        and ticket.state in states
        and (ticket.to_counter == counter or ticket.service in served)
    ]
    found.sort(
        key=lambda t: (
            t.to_counter != counter,
            states.index(t.state),
            served.index(t.service) if t.service in served else len(served),
        )
    )
    return found[0] if found else None


def _labelled(day: OfficeDay, label: str) -> Ticket | None:
    try:
        return day.labelled(label)
    except UnknownTicket:
        return None
