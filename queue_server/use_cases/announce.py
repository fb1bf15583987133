"""What the server says by itself: how each counter is, and whom it called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from queue_server.contracts.messages import Notice
from queue_server.contracts.views import Words
from queue_server.domain import events as e
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.speech import call_en, call_vi
from queue_server.use_cases.keep_day import Answer, Commit
from queue_server.use_cases.ports import StoreUnavailable


@dataclass(frozen=True, slots=True)
class CounterFacts:
    """What keypad and LED of one counter show; the fields of `CounterStateMessage`."""

    counter: int
    state: Literal["closed", "open", "paused"]
    number: str | None
    ticket_state: str | None
    waiting: int
    recalls: int
    version: int


def counter_facts(day: OfficeDay, number: int) -> CounterFacts:
    """How one counter is now.

    Raises:
        UnknownCounter: the office has no such counter.
    """
    _, now = day.counter(number)
    ticket = day.tickets.get(now.ticket) if now.ticket is not None else None
    return CounterFacts(
        counter=number,
        state=now.state.value,
        number=ticket.label if ticket else None,
        ticket_state=ticket.state.value if ticket else None,
        waiting=day.waiting_for(number),
        recalls=ticket.recalls if ticket else 0,
        version=now.version,
    )


def calls_of(commit: Commit) -> Iterator[dict[str, Any]]:
    """The fields of a `CallMessage` for each call in a commit, in order.

    The label and the language of a ticket never change, so the commit's newest row is right.
    """
    first = commit.seq - len(commit.changes.events) + 1
    for seq, event in enumerate(commit.changes.events, first):
        if not isinstance(event, e.TicketCalled | e.TicketRecalled):
            continue
        ticket = commit.changes.tickets[event.ticket]
        counter = commit.day.office.counters[event.counter]
        yield {
            "seq": seq,
            "number": ticket.label,
            "counter": event.counter,
            "counter_name": Words(vi=counter.name_vi, en=counter.name_en),
            "service": ticket.service,
            "recall": isinstance(event, e.TicketRecalled),
            "language": ticket.language,
            "speech": Words(
                vi=call_vi(ticket.label, event.counter), en=call_en(ticket.label, event.counter)
            ),
        }


def notice_of(answer: Answer) -> Notice | None:
    """What a clerk must know of a press that did not do what it should."""
    if isinstance(answer.fault, StoreUnavailable):
        return Notice.STORE_UNAVAILABLE
    if answer.fault is not None:
        return Notice.NOT_ALLOWED
    return None if answer.body else Notice.NOBODY_WAITING
