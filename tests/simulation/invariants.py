"""What must hold after every step of any day; written from domain.md, not from the code."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.office import PriorityUse
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState

RESERVED, WAITING, CALLED = TicketState.RESERVED, TicketState.WAITING, TicketState.CALLED
SERVING, HELD, FINISHED = TicketState.SERVING, TicketState.HELD, TicketState.FINISHED
NO_SHOW, CANCELLED = TicketState.NO_SHOW, TicketState.CANCELLED
EXPIRED, VOID = TicketState.EXPIRED, TicketState.VOID

TABLE: dict[type[e.TicketEvent], tuple[set[TicketState], TicketState]] = {
    e.TicketConfirmed: ({RESERVED}, WAITING),
    e.TicketVoided: ({RESERVED}, VOID),
    e.TicketCalled: ({WAITING}, CALLED),
    e.TicketRecalled: ({CALLED}, CALLED),
    e.ServingStarted: ({CALLED}, SERVING),
    e.ProcedureAdded: ({SERVING}, SERVING),
    e.TicketHeld: ({SERVING}, HELD),
    e.ServingResumed: ({HELD}, SERVING),
    e.HoldEnded: ({HELD}, WAITING),
    e.TicketTransferred: ({WAITING, CALLED, SERVING}, WAITING),
    e.TicketReturned: ({CALLED}, WAITING),
    e.TicketFinished: ({SERVING}, FINISHED),
    e.TicketNoShow: ({CALLED}, NO_SHOW),
    e.TicketReinstated: ({NO_SHOW}, WAITING),
    e.TicketCancelled: ({WAITING}, CANCELLED),
    e.TicketDelayed: ({WAITING}, WAITING),
    e.TicketRated: ({FINISHED}, FINISHED),
    e.TicketExpired: ({RESERVED, WAITING, CALLED, SERVING, HELD}, EXPIRED),
}
SILENT = (e.NoteAdded, e.SlipGivenAgain)
UNDOABLE = (
    e.TicketCalled,
    e.TicketRecalled,
    e.ServingStarted,
    e.ProcedureAdded,
    e.ServingResumed,
)


def snapshot(day: OfficeDay) -> dict[str, Any]:
    """Everything a day knows, indexes included, in a form that later changes do not reach."""
    return {
        "rows": (dict(day.tickets), dict(day.counters), dict(day.series), dict(day.blocks)),
        "office": (day.office, day.day, day.opened, day.closed, day.last_at),
        "lines": {key: list(line) for key, line in all_lines(day).items() if line},
        "aside": {state: set(ids) for state, ids in day._aside.items()},
        "labels": dict(day._labels),
    }


def all_lines(day: OfficeDay) -> dict[tuple[int | None, str, PriorityClass], Any]:
    lines = {(None, *key): line for key, line in day._lines.items()}
    for counter, sent in day._sent.items():
        lines |= {(counter, *key): line for key, line in sent.items()}
    return lines


def check(day: OfficeDay, events: list[e.Event]) -> None:
    """Check all invariants of a day that came from these events."""
    check_numbers(events)
    check_counters(day)
    check_nobody_is_lost(day, events)
    check_reach(day)
    check_times(day, events)
    states = walk(events, day.office.rules.undo_window)
    assert {i: t.state for i, t in day.tickets.items()} == states
    assert {n: c.turns for n, c in day.counters.items() if c.turns} == walk_turns(events)


def check_numbers(events: list[e.Event]) -> None:
    """A number is unique in its service and day, and so is what people read."""
    reserved = [event for event in events if isinstance(event, e.TicketReserved)]
    for key in ("ticket", "label"):
        assert all(n == 1 for n in Tally(getattr(r, key) for r in reserved).values())
    assert all(n == 1 for n in Tally((r.service, r.number) for r in reserved).values())


def check_counters(day: OfficeDay) -> None:
    """No ticket is at two counters, and counter and ticket agree."""
    at = [(now.ticket, n) for n, now in day.counters.items() if now.ticket is not None]
    present = [(t.id, t.counter) for t in day.tickets.values() if t.state in {CALLED, SERVING}]
    assert sorted(at) == sorted(present)
    assert all(now.state == "open" for now in day.counters.values() if now.ticket)
    assert all(n in day.office.counters for _, n in at)


def check_nobody_is_lost(day: OfficeDay, events: list[e.Event]) -> None:
    """Every ticket is known, and stands in exactly the index that its state says."""
    issued = [event.ticket for event in events if isinstance(event, e.TicketReserved)]
    assert list(day.tickets) == issued
    standing: Tally[str] = Tally()
    for (counter, service, priority), line in all_lines(day).items():
        tickets = [day.tickets[i] for i in line]
        places = [ticket.place for ticket in tickets]
        assert places == sorted(places)
        assert len(tickets) == len(line)
        for ticket in tickets:
            assert (ticket.to_counter, ticket.service, ticket.priority) == (
                counter,
                service,
                priority,
            )
        standing.update(line)
    assert standing == Tally(i for i, t in day.tickets.items() if t.state is WAITING)
    for state in (HELD, RESERVED):
        assert {t.id for t in day.aside(state)} == _ids(day, state)
    for ticket in day.tickets.values():
        if ticket.state is HELD:
            assert ticket.counter in day.office.counters, "somebody can resume it"


def _ids(day: OfficeDay, state: TicketState) -> set[str]:
    return {i for i, ticket in day.tickets.items() if ticket.state is state}


def check_reach(day: OfficeDay) -> None:
    """Whoever waits stands in a line that a counter of the office calls from."""
    reached = {
        ticket for n in day.office.counters for line, _ in day.reach_of(n) for ticket in line
    }
    for ticket in day.tickets.values():
        if ticket.state is WAITING and ticket.id not in reached:
            assert _only_for_priority(day, ticket), f"nobody can call {ticket}"


def _only_for_priority(day: OfficeDay, ticket: Ticket) -> bool:
    """Normal people of a service that only priority counters list: the office set it up so."""
    counters = [day.counter(number)[0] for number in day.office.counters]
    serving = [n for n in counters if n.serves(ticket.service)] or counters
    dedicated = all(n.priority is PriorityUse.DEDICATED for n in serving)
    return dedicated and ticket.priority is PriorityClass.NORMAL


def check_times(day: OfficeDay, events: list[e.Event]) -> None:
    """Time runs one way, in the record and in each ticket."""
    times = [event.at for event in events]
    assert times == sorted(times)
    for ticket in day.tickets.values():
        first, last = ticket.called_first_at, ticket.called_last_at
        assert (first is None) == (last is None)
        assert first is None or last is None or first <= last
        assert ticket.served_s >= 0.0
        assert ticket.delayed_s >= 0.0
        assert ticket.issued_at <= ticket.line_since
        assert (ticket.serving_since is not None) == (ticket.state is SERVING)


def walk(events: list[e.Event], undo_window: timedelta) -> dict[str, TicketState]:
    """The state of each ticket by the table alone; fails where a move is not in it."""
    states: dict[str, TicketState] = {}
    last: dict[str, tuple[e.TicketEvent, TicketState]] = {}
    for event in events:
        if isinstance(event, e.TicketReserved):
            assert event.ticket not in states
            states[event.ticket] = RESERVED
            continue
        if not isinstance(event, e.TicketEvent) or isinstance(event, e.SlipGivenAgain):
            continue
        state = states[event.ticket]
        if isinstance(event, e.NoteAdded):
            assert state in {CALLED, SERVING}
            continue
        if isinstance(event, e.MoveUndone):
            undone, to = last.pop(event.ticket)
            assert isinstance(undone, UNDOABLE)
            assert event.at - undone.at <= undo_window
            assert state in {CALLED, SERVING}
        else:
            allowed, to = TABLE[type(event)]
            assert state in allowed, f"{type(event).__name__} from {state}"
            last[event.ticket] = event, state
        states[event.ticket] = to
    return states


def walk_turns(events: list[e.Event]) -> dict[int, int]:
    """Priority calls since the last normal one, per counter, undone calls not counted."""
    priority = {
        event.ticket: event.priority for event in events if isinstance(event, e.TicketReserved)
    }
    turns: dict[int, int] = {}
    called: dict[int, tuple[str, int]] = {}
    at_counter: dict[str, e.TicketEvent] = {}
    for event in events:
        if isinstance(event, e.TicketCalled):
            before = turns.get(event.counter, 0)
            called[event.counter] = event.ticket, before
            turns[event.counter] = 0 if priority[event.ticket] == "normal" else before + 1
        elif isinstance(event, e.MoveUndone):
            undone = at_counter[event.ticket]
            if isinstance(undone, e.TicketCalled):
                ticket, turns[event.counter] = called[event.counter]
                assert ticket == event.ticket
        if isinstance(event, e.TicketEvent) and not isinstance(event, SILENT):
            at_counter[event.ticket] = event
    return {counter: n for counter, n in turns.items() if n}
