"""Appeals against figures of the staff sheet, as the clerk and who leads see them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.complaint_views import ClockView
from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View, Words

VerdictName = Literal["wrong", "right"]
NoteText = Annotated[str, Field(min_length=1, max_length=400)]


class AppealRequest(Strict):
    """A figure of the own row is wrong: of which days, which column, and why.

    Up to 200 letters without anything that leads to a citizen.
    """

    first: date
    last: date
    figure: Annotated[str, Field(max_length=40)]
    text: NoteText
    number: Annotated[str, Field(max_length=12)] | None = Field(None, description="A ticket")


class AppealReplyRequest(Strict):
    """What the check of the events behind the figure found."""

    verdict: VerdictName
    text: NoteText


class AppealView(View):
    """One appeal; `clock` is the deadline of its answer, five working days."""

    id: str
    at: datetime
    by: str
    first: date
    last: date
    figure: str
    figure_name: Words
    number: str | None
    text: str
    clock: ClockView
    answered_by: str | None
    verdict: VerdictName | None
    answer: str | None


class SheetFigure(View):
    """A column of the staff sheet that may be appealed against."""

    key: str
    name: Words


class AppealsView(View):
    """`GET /staff-appeals`: open ones by their deadline, then the newest answered ones."""

    at: datetime
    open: int
    late: int
    may_appeal: bool = Field(description="Whether who asks may appeal against the own figures")
    may_answer: bool = Field(description="Whether who asks may answer appeals of others")
    you: str
    figures: list[SheetFigure]
    appeals: list[AppealView]
