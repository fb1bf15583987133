"""Complaints as staff see them, and what they send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View, Words

Source = Literal["counter", "kiosk", "letter", "phone", "online", "low_rating"]
StepName = Literal["accepted", "refused", "info_asked", "answered", "published"]


class ComplaintRequest(Strict):
    """A complaint; up to 200 letters without anything that leads to a person."""

    text: Annotated[str, Field(min_length=1, max_length=400)]
    source: Source
    service: Annotated[str, Field(max_length=40)] | None = None
    number: Annotated[str, Field(max_length=12)] | None = Field(None, description="Its ticket")


class ComplaintStep(Strict):
    """The next step; `expected_version` is the complaint as the sender saw it, stale → 409."""

    step: StepName
    expected_version: int
    note: Annotated[str, Field(max_length=400)] = ""


class ClockView(View):
    """A deadline in working days: `classify` 2, `ask` 5, `answer` 15, `publish` 2 after it.

    `left` counts the working days to it, 0 today and below that overdue; None once it is met.
    """

    what: str
    due: str
    met_at: datetime | None
    late: bool
    left: int | None


class StepView(View):
    """A step that was taken, by whom, and what was said with it."""

    step: str
    at: datetime
    by: str
    note: str


class ComplaintView(View):
    """One complaint; `next_due` is the nearest deadline that still runs."""

    id: str
    filed_at: datetime
    text: str
    source: str
    service: str | None
    service_name: Words | None
    number: str | None
    step: str
    version: int
    allowed: list[str]
    clocks: list[ClockView]
    steps: list[StepView]
    next_due: str | None
    late: bool


class ComplaintsView(View):
    """`GET /complaints`: open ones by their nearest deadline, then the newest closed ones."""

    at: datetime
    open: int
    late: int
    complaints: list[ComplaintView]
