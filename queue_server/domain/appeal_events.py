"""What happens to appeals against figures of the staff sheet; they live in these events alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled(Event):
    """`by` says that a figure of the own row, over the days `first` to `last`, is wrong.

    `figure` is the column of the sheet; `number` the ticket that it is about, where there is one.
    """

    appeal: str
    by: str
    first: date
    last: date
    figure: str
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealAnswered(Event):
    """A leader checked the events behind the figure: `verdict` is `wrong` or `right`."""

    appeal: str
    by: str
    verdict: str
    text: str
