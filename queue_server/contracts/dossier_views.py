"""What the server answers about dossiers; only `DossierContent` holds what a citizen declared."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from queue_server.contracts.views import View, Words


class DossierStatus(View):
    """A dossier as whoever holds its code sees it; nothing personal.

    `code` is the official one, null while it is a draft. `fee_vnd` null: set by the office.
    `payment` is `none`, `open`, `part`, `paid` or `owed`; `payment_code` the text of the code that
    banking apps read (VietQR), null where nothing is due or no account is known.
    """

    holder: str
    code: str | None
    procedure: str
    procedure_name: Words
    state: str
    stage: str
    started_at: datetime
    filed_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    reason: str | None
    fee_vnd: int | None
    fee_note: Words | None
    payment: str
    paid_vnd: int
    due_vnd: int
    owed_vnd: int
    payment_code: str | None
    page_url: str


class DossierView(DossierStatus):
    """A dossier as staff see it: with where it came from, and what would not be refused now.

    `open_days` are working days left until the deadline, negative when overdue; null while the
    clock stands or none was set.
    """

    id: str
    service: str
    channel: str
    kiosk: str | None
    assistant: str | None
    place_help: str
    place_receipt: str
    competent: str
    papers: int
    digitised: int
    reused: int
    supplements: int
    extended: int
    on_the_spot: bool
    handled_by: str | None
    open_days: int | None
    overdue: bool
    erased: bool
    version: int
    allowed: list[str]


class DossierInbox(View):
    """`GET /dossiers`: the open dossiers, those due first above; `counts` by state, `overdue`."""

    at: datetime
    counts: dict[str, int]
    dossiers: list[DossierView]


class DeclaredLine(View):
    """One question that was asked and its answer."""

    id: str
    label: Words
    value: Words


class PaperLine(View):
    """One paper of the list, whether the citizen said to have it, where it is taken from, its scan.

    `number` is its place in the list, from 1: under it the scan is asked for.
    """

    number: int
    name: str
    brought: bool
    reuse: str | None = None
    pages: int = 0


class KnownPaper(View):
    """A paper that the office holds from an earlier dossier of this citizen, until a day."""

    name: str
    dossier: str
    filed_on: date
    until: date


class DossierContent(View):
    """What was declared; identity and phone numbers are masked unless asked for openly."""

    dossier: DossierView
    lines: list[DeclaredLine]
    papers: list[PaperLine]
    masked: bool
    complete: bool = Field(description="Whether the answers still pass the checks of the form")


class DraftView(View):
    """A draft as its holder continues it."""

    holder: str
    procedure: str
    procedure_name: Words
    stage: str
    answers: dict[str, str]
    papers: list[PaperLine]


class DossierStep(View):
    """One thing that happened to a dossier, in words."""

    at: datetime
    kind: str
    by: str
    words: Words


class DossierExport(View):
    """Everything the office holds about one dossier, for its citizen."""

    content: DossierContent
    history: list[DossierStep]


class StageFigure(View):
    """How far people came with one procedure.

    `reached` counts the dossiers that reached a stage, `median_s` the median seconds from the
    stage before (null: none).
    """

    stage: str
    reached: int
    median_s: float | None


class CompletionView(View):
    """Completion of one procedure at the kiosk: begun, filed, and where people left off."""

    procedure: str
    procedure_name: Words
    begun: int
    filed: int
    without_staff: int
    stages: list[StageFigure]
