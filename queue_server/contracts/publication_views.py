"""A month's figures on their way to the public: what is asked, and what is shown to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View, Words

Note = Annotated[str, Field(max_length=400)]
PublicState = Literal["published", "replaced", "withdrawn"]


class DraftRequest(Strict):
    """Make a snapshot of the month with this day; a correction says what it corrects."""

    on: date
    note: Note = ""


class StepRequest(Strict):
    """The next step; to return or to withdraw needs a reason."""

    step: Literal["reviewed", "returned", "published", "withdrawn"]
    note: Note = ""


class PublicationStep(View):
    """What was done, by whom, when, why."""

    step: str
    at: datetime
    by: str
    note: str


class PublicationView(View):
    """One snapshot as the office sees it; `next` are the steps that may follow."""

    id: str = Field(description="SHA-256 of the snapshot")
    first: date
    last: date
    name: Words
    state: str
    replaced: bool
    correction: bool
    steps: list[PublicationStep]
    next: list[str]


class PublishedView(View):
    """One snapshot as everybody sees it; `reason` says why it was withdrawn or corrected."""

    id: str
    first: date
    last: date
    name: Words
    state: PublicState
    published_at: datetime
    reviewed_at: datetime
    withdrawn_at: datetime | None
    correction: bool
    reason: str
