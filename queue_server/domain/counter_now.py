"""A counter as it is now: open or not, and the one citizen called to it or served at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CounterState(StrEnum):
    """Whether a clerk serves here."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterNow:
    """State of one counter.

    `ticket` is the id of the called or served ticket. `turns` counts priority calls since the
    last normal one; `turns_before` is its value before the last call, for undo. `profile` is the
    work profile that the counter was switched to today, None for its usual one. `opened_at` is
    when the clerk opened it last. `version` grows with everything that happens here, so that two
    windows of one counter cannot fight. `asked_for` is the service that the manager asked this
    counter for at `asked_at`, until the counter's state changes; `declined_at` is when its clerk
    said no.
    """

    number: int
    state: CounterState = CounterState.CLOSED
    ticket: str | None = None
    turns: int = 0
    turns_before: int = 0
    since: datetime | None = None
    profile: str | None = None
    opened_at: datetime | None = None
    version: int = 0
    asked_for: str | None = None
    asked_at: datetime | None = None
    declined_at: datetime | None = None
