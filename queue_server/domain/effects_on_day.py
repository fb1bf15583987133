"""What events of the day, the clock, the numbers and the counters change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.counter_now import CounterState
from queue_server.domain.next_form import at_counter
from queue_server.domain.number_series import LeasedBlock
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.office_record_events import RecordEvent
from queue_server.domain.smile_events import CameraCalibrated, SmilesCounted


def day_opened(_event: e.DayOpened, day: OfficeDay) -> None:
    """The day began."""
    day.opened = True
    day.changes.day_state = True


def office_configured(event: e.OfficeConfigured, day: OfficeDay) -> None:
    """These services, counters and rules hold now."""
    day.configure(event.office)
    day.changes.day_state = True


def day_closed(_event: e.DayClosed, day: OfficeDay) -> None:
    """The day is over."""
    day.closed = True
    day.changes.day_state = True


def smiles_counted(_event: SmilesCounted | CameraCalibrated, _day: OfficeDay) -> None:
    """A share of many people changes no ticket, no line and no counter."""


def record_kept(_event: RecordEvent, _day: OfficeDay) -> None:
    """A decision about the office changes no ticket, no line and no counter."""


def clock_jumped(_event: e.ClockJumped, day: OfficeDay) -> None:
    """The times of every open ticket are doubtful from now on."""
    for ticket in [t for t in day.tickets.values() if t.is_open and t.accurate]:
        day.put_ticket(replace(ticket, accurate=False))


def block_leased(event: e.BlockLeased, day: OfficeDay) -> None:
    """The numbers leave the series and stand in the block."""
    series = day.series[event.service]
    if event.first == series.next_number:
        day.put_series(replace(series, next_number=event.last + 1))
    day.put_block(LeasedBlock(event.kiosk, event.service, event.first, event.last))


def counter_opened(event: e.CounterOpened, day: OfficeDay) -> None:
    """A clerk serves here."""
    _now_is(CounterState.OPEN, event, day, opened_at=event.at)


def counter_paused(event: e.CounterPaused, day: OfficeDay) -> None:
    """The clerk stepped away."""
    _now_is(CounterState.PAUSED, event, day)


def counter_closed(event: e.CounterClosed, day: OfficeDay) -> None:
    """Nobody serves here."""
    _now_is(CounterState.CLOSED, event, day)


def _now_is(state: CounterState, event: e.CounterEvent, day: OfficeDay, **new: Any) -> None:
    """What the manager asked for is answered by whatever the clerk does."""
    at_counter(
        day,
        event.counter,
        event.at,
        state=state,
        asked_for=None,
        asked_at=None,
        declined_at=None,
        **new,
    )


def counter_asked(event: e.CounterAsked, day: OfficeDay) -> None:
    """The question stands at the counter; `since` stays, for its state is the same."""
    now = day.counters[event.counter]
    day.put_counter(
        replace(
            now,
            version=now.version + 1,
            asked_for=event.service,
            asked_at=event.at,
            declined_at=None,
        )
    )


def ask_declined(event: e.AskDeclined, day: OfficeDay) -> None:
    """The question was answered with no."""
    now = day.counters[event.counter]
    day.put_counter(replace(now, version=now.version + 1, declined_at=event.at))


def profile_switched(event: e.ProfileSwitched, day: OfficeDay) -> None:
    """Another work from now on."""
    at_counter(day, event.counter, event.at, profile=event.profile)


def person_changed(_event: e.Event, _day: OfficeDay) -> None:
    """People who sign in outlive the day; nothing of it changes."""


def nothing_changes(_event: e.Event, _day: OfficeDay) -> None:
    """What lives in its events alone and belongs to no single day, as a complaint does."""
