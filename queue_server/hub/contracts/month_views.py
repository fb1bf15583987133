"""A month of a city's offices: index 766, comparison, online shares; and its way to the public."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from queue_server.contracts.publication_views import PublicState
from queue_server.contracts.views import View, Words


class MonthOffice(View):
    """An office of the month, and what it is: figures without that mislead."""

    id: str
    name: Words
    agency: str | None
    area: str | None
    days: int
    tickets_a_day: float


class MetricOfIndex(View):
    """A metric of index 766; `missing` says why no office can measure it from its events."""

    id: str
    name: Words
    formula: Words
    most: float | None
    missing: Words | None


class MetricPoints(View):
    """What a metric gave an office, on `n` cases; None below the least number or without a case."""

    points: float | None
    n: int


class OfficeIndex(View):
    """An office's index: points by metric, their sum, and what they could be at most."""

    office: str
    metrics: dict[str, MetricPoints]
    points: float | None
    most: float


class ComparedShare(View):
    """A figure and the number it stands on; None below the least number."""

    value: float | None
    n: int


class ComparedOffice(View):
    """One line of the comparison."""

    office: str
    figures: dict[str, ComparedShare]


class OnlineShare(View):
    """Dossiers filed online of one agency; `share` None below the least number.

    `agency` None: offices whose agency nobody named.
    """

    agency: str | None
    offices: int
    filed: int
    online: int
    share: float | None
    target: float
    reached: bool | None
    before: float | None = Field(description="What the plan says it reached in the year before")


class CityMonth(View):
    """`GET /months/{digest}`: the figures of a month, fixed when it was drafted.

    `least` is the fewest cases that a figure stands on.
    """

    first: date
    last: date
    name: Words
    made_at: datetime
    least: int
    offices: list[MonthOffice]
    silent: int
    metrics: list[MetricOfIndex]
    index: list[OfficeIndex]
    compared: list[ComparedOffice]
    online: list[OnlineShare]
    online_source: str


class MonthStep(View):
    """What was done with it, and when; who, only the hub knows."""

    step: str
    at: datetime


class PublishedMonth(View):
    """One published month; `reason` says why it was corrected or withdrawn."""

    id: str
    first: date
    name: Words
    state: PublicState
    published_at: datetime
    reason: str


class ShownMonth(View):
    """A month with where it is on its way: only what is `published` is official."""

    state: str
    replaced: bool
    steps: list[MonthStep]
    month: CityMonth
