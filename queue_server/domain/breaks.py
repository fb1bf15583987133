"""Breaks and lunch of counters: when they are, and which counters rest now by themselves.

A break begins as soon as the citizen at the counter is done with; lunch, the time between two
sessions of the office, only when nobody is left whom the counter could call. A clerk who opens or
calls in it anyway is left alone. Nothing opens by itself: only the clerk knows who is back.
"""

from __future__ import annotations

from datetime import datetime, time

from queue_server.domain import events as e
from queue_server.domain.calling_rule import choose
from queue_server.domain.counter_now import CounterState
from queue_server.domain.happening import happen
from queue_server.domain.office import ZONE
from queue_server.domain.office_day import OfficeDay

Span = tuple[datetime, datetime]


def next_break(day: OfficeDay, number: int, at: datetime) -> Span | None:
    """The break of a counter that is running at `at`, else the next one of the day.

    Raises:
        UnknownCounter: the office has no such counter.
    """
    configured, _ = day.counter(number)
    spans = [*configured.breaks, *_lunch(day)]
    ahead = sorted(_on(day, span) for span in spans)
    return next((span for span in ahead if at < span[1]), None)


def start_breaks(day: OfficeDay, at: datetime) -> None:
    """Pause the open counters whose break or lunch it is and who are free for it."""
    for number, counter in sorted(day.office.counters.items()):
        now = day.counters[number]
        if now.state is not CounterState.OPEN or now.ticket is not None:
            continue
        own = _running(day, counter.breaks, at)
        lunch = _running(day, _lunch(day), at)
        if _since_before(now.opened_at, own) or (
            _since_before(now.opened_at, lunch) and choose(day, number, at) is None
        ):
            happen(day, e.CounterPaused(at=at, counter=number))


def _lunch(day: OfficeDay) -> tuple[tuple[time, time], ...]:
    return day.office.hours.gaps() if day.office.rules.pause_at_lunch else ()


def _on(day: OfficeDay, span: tuple[time, time]) -> Span:
    start, end = span
    return datetime.combine(day.day, start, ZONE), datetime.combine(day.day, end, ZONE)


def _running(day: OfficeDay, spans: tuple[tuple[time, time], ...], at: datetime) -> Span | None:
    return next((s for s in (_on(day, span) for span in spans) if s[0] <= at < s[1]), None)


def _since_before(opened_at: datetime | None, span: Span | None) -> bool:
    """Whether the clerk has not opened the counter in the break on purpose."""
    return span is not None and (opened_at is None or opened_at < span[0])
