"""A store in memory that keeps nothing but events and answers: a day is what they replay to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from queue_server.domain.dossier import Dossier
from queue_server.domain.events import Event, OfficeConfigured
from queue_server.domain.happening import apply
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.use_cases.ports import (
    ForecastScore,
    GivenForecast,
    KeptAnswer,
    PeopleForgotten,
    StoreUnavailable,
)

Kept = tuple[date, Event]


class HandClock:
    """Shows what the test set; `jump_s` is told once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.jump_s = 0.0

    def now(self) -> datetime:
        return self.at

    def take_jump(self) -> float:
        jump, self.jump_s = self.jump_s, 0.0
        return jump


@dataclass
class ReplayTransaction:
    """Stages events and answers until the commit."""

    answers: dict[str, KeptAnswer]
    seq: int
    events: list[Kept] = field(default_factory=list)
    new_answers: dict[str, KeptAnswer] = field(default_factory=dict)

    def find_answer(self, key: str) -> KeptAnswer | None:
        return self.new_answers.get(key) or self.answers.get(key)

    def keep_answer(self, key: str, answer: KeptAnswer, _at: datetime) -> None:
        self.new_answers[key] = answer

    def write(self, day: OfficeDay, changes: Changes) -> int:
        self.events += [(day.day, event) for event in changes.events]
        return self.seq + len(self.events)

    def forget_people(self, _contacts_before: date) -> PeopleForgotten:
        return PeopleForgotten(0, 0, 0)

    def keep_forecasts(self, day: date, given: Sequence[GivenForecast]) -> None:
        """What newcomers were told is no event; nobody who uses this store asks for it."""

    def keep_scores(self, scores: Sequence[ForecastScore]) -> None:
        """The same."""


class ReplayStore:
    """Commits, unless `disk_full`; loads the newest day by replaying it."""

    def __init__(self) -> None:
        self.events: list[Kept] = []
        self.answers: dict[str, KeptAnswer] = {}
        self.disk_full = False

    def of_day(self, day: date) -> list[Event]:
        return [event for kept, event in self.events if kept == day]

    def replay(self, day: date) -> OfficeDay:
        events = self.of_day(day)
        office = next(e.office for e in events if isinstance(e, OfficeConfigured))
        again = OfficeDay(office, day)
        for event in events:
            apply(event, again)
        again.take_changes()
        return again

    def load_day(self, *_office: Any) -> OfficeDay | None:
        return self.replay(self.events[-1][0]) if self.events else None

    def last_seq(self) -> int:
        return len(self.events)

    @contextmanager
    def transaction(self) -> Iterator[ReplayTransaction]:
        transaction = ReplayTransaction(self.answers, len(self.events))
        yield transaction
        if self.disk_full:
            raise StoreUnavailable("the disk is full")
        self.events += transaction.events
        self.answers.update(transaction.new_answers)

    def given_forecasts(self, _day: date) -> Mapping[str, GivenForecast]:
        return {}

    def dossiers_outlived(self, _ended_before: date, _most: int) -> Sequence[Dossier]:
        return ()

    def forget_answers(self, _before: datetime) -> int:
        return 0
