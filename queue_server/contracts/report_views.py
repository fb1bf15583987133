"""What a report says: figures with their formula, and the way to the visits behind each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from queue_server.contracts.views import View, Words

Unit = Literal["min", "count", "share", "per_year", "points", "hours"]
FileForm = Literal["csv", "xlsx", "pdf"]
Standing = Literal["good", "near", "over"]


class ReportCell(View):
    """One number of a table; `value` is None where there is nothing to measure or too few."""

    value: float | None
    unit: Unit
    opens: str | None = None
    standing: Standing | None = None


class ReportRow(View):
    """A group with its numbers; those of one `day` open what is behind them on that day."""

    label: Words
    cells: list[ReportCell]
    day: date | None = None


class ReportTable(View):
    """Groups beside each other; `columns` are the heads of the cells."""

    id: str
    title: Words
    first: Words = Field(description="Head of the column of labels")
    columns: list[Words]
    rows: list[ReportRow]


class ReportPart(View):
    """A number that a figure is made of, and what is behind it."""

    label: Words
    value: float
    opens: str


class ReportFigure(View):
    """One figure. A share is from 0 to 1; `missing` says why it cannot be measured here.

    `opens` names the visits behind it, for `GET /reports/{kind}/visits`; `whole` those of the
    denominator, and `made_of` what several sets add up to the figure.
    """

    id: str
    label: Words
    value: float | None
    unit: Unit
    formula: Words
    source: str
    n: int | None = None
    numerator: float | None = None
    denominator: float | None = None
    target: float | None = None
    target_words: Words | None = None
    standing: Standing | None = None
    before: float | None = Field(default=None, description="The same in the period before")
    missing: Words | None = None
    note: Words | None = None
    opens: str | None = None
    whole: str | None = None
    made_of: list[ReportPart] = Field(default_factory=list)


class ReportSection(View):
    """Figures that belong together; `remarks` is what people said about them."""

    id: str
    title: Words
    note: Words | None = None
    remarks: list[Words] = Field(default_factory=list)
    figures: list[ReportFigure]
    tables: list[ReportTable] = Field(default_factory=list)


class PeriodView(View):
    """The days of a report, both ends included."""

    kind: str
    first: date
    last: date
    name: Words
    days_worked: int
    days_inaccurate: int = Field(description="Days with at least one ticket of inaccurate times")
    days_made_up: int = Field(default=0, description="Days of a demo's past that never were")
    complete: bool = Field(description="Whether its last day is over")


class ReportView(View):
    """A whole report; `seq` is the last event it knows."""

    office: Words
    period: PeriodView
    made_at: datetime
    seq: int
    training: bool
    sections: list[ReportSection]


class ReportVisit(View):
    """One visit behind a figure; `seqs` are its events, the story is at `/tickets/{id}/history`."""

    day: date
    ticket: str
    number: str
    service: str
    priority: str
    channel: str
    state: str
    counter: int | None
    issued_at: datetime
    counted_from: datetime
    called_at: datetime | None
    finished_at: datetime | None
    wait_min: float | None
    served_min: float | None
    outcome: str | None
    score: int | None
    accurate: bool
    seqs: list[int]


class ReportDossier(View):
    """One event of a dossier behind a figure; its story is at `/dossiers`."""

    day: date
    dossier: str
    code: str | None
    service: str
    channel: str
    what: str
    at: datetime
    seq: int


class ReportOther(View):
    """What else is behind a figure: a smile window of `n` people, a complaint, a time at a counter.

    Also a correction of the clock (`minutes` as for a time), an appointment or a home visit.
    `about` is the counter, the person, or what became of it.
    """

    day: date
    what: str
    at: datetime
    seq: int
    n: int | None
    share: float | None
    about: str = ""
    minutes: float | None = None


class ReportVisits(View):
    """Some visits behind a figure, in order; `after` gives the next ones, None at the end."""

    total: int
    visits: list[ReportVisit]
    dossiers: list[ReportDossier] = Field(default_factory=list)
    others: list[ReportOther] = Field(default_factory=list)
    after: str | None
