"""The manager asks a counter to open for a service; its clerk opens it or says no."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.counter_now import CounterNow, CounterState
from queue_server.domain.faults import IllegalMove, NotEligible
from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay


def ask_counter(day: OfficeDay, command: c.AskCounter, at: datetime) -> None:
    """Ask once; the same question again changes nothing until the clerk answers.

    Raises:
        UnknownService, UnknownCounter: the office has none such.
        IllegalMove: the counter is open already.
        NotEligible: its profile does not hold the service.
    """
    service = day.service(command.service)
    configured, now = day.counter(command.counter)
    if now.state is CounterState.OPEN:
        raise IllegalMove(f"counter {now.number}", now.state, "ask", ())
    if not configured.serves(service.id):
        raise NotEligible(f"counter {now.number} does not serve {service.id}")
    if not (is_asked(now) and now.asked_for == service.id):
        happen(day, e.CounterAsked(at=at, counter=now.number, service=service.id, by=command.by))


def decline_ask(day: OfficeDay, command: c.DeclineAsk, at: datetime) -> None:
    """The clerk says no; the manager sees it and asks somebody else.

    Raises:
        UnknownCounter: the office has none such.
        IllegalMove: nobody asks.
    """
    _, now = day.counter(command.counter)
    if not is_asked(now):
        raise IllegalMove(f"counter {now.number}", "not asked", "decline", ())
    happen(day, e.AskDeclined(at=at, counter=now.number, by=command.by))


def is_asked(now: CounterNow) -> bool:
    """Whether a question still waits for the clerk's answer."""
    return now.asked_at is not None and now.declined_at is None
