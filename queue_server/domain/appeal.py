"""An appeal of a clerk against a figure of the staff sheet; five working days for its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from queue_server.domain.appeal_events import AppealAnswered, AppealFiled
from queue_server.domain.deadline import add_working_days, counted_from
from queue_server.domain.office import Office

ANSWER_DAYS = 5
"""Working days within which who leads answers; the day of the appeal is not counted."""


class Verdict(StrEnum):
    """What the check of the events found: the figure is wrong, or right."""

    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class AppealReply:
    """The answer: when, by whom, what was found and said."""

    at: datetime
    by: str
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal as it stands; `reply` is None while nobody answered."""

    id: str
    at: datetime
    by: str
    first: date
    last: date
    figure: str
    text: str
    number: str | None
    reply: AppealReply | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether it is about a day from `first` to `last`."""
        return self.first <= last and first <= self.last

    def same_figure(self, other: Appeal) -> bool:
        """Whether both are about the same number of the same person."""
        mine = (self.by, self.figure, self.first, self.last)
        return mine == (other.by, other.figure, other.first, other.last)


def appealed(event: AppealFiled) -> Appeal:
    """The appeal that an event began."""
    return Appeal(
        id=event.appeal,
        at=event.at,
        by=event.by,
        first=event.first,
        last=event.last,
        figure=event.figure,
        text=event.text,
        number=event.number,
    )


def answered(appeal: Appeal, event: AppealAnswered) -> Appeal:
    """The appeal after its answer."""
    reply = AppealReply(event.at, event.by, Verdict(event.verdict), event.text)
    return replace(appeal, reply=reply)


def answer_due(office: Office, appeal: Appeal) -> date:
    """The last day for an answer."""
    return add_working_days(office, counted_from(office, appeal.at), ANSWER_DAYS)
