"""What the clerk's console shows: the counter, the citizen there, whom it calls next and why."""

from __future__ import annotations

from datetime import datetime

from queue_server.contracts.views import TicketView, View, Words


class LineEntry(View):
    """One waiting ticket in the order in which this counter would call.

    `since` is when the wait began to count; `reason` is the step of the calling rule that would
    decide for it; `sent` says that it was sent to this very counter.
    """

    place: int
    id: str
    number: str
    service: str
    priority: str
    language: str
    procedures: list[str]
    dossiers: int
    since: datetime
    waited_min: float
    limit_min: float
    reason: str
    appointment_at: datetime | None
    sent: bool


class LineView(View):
    """`GET /counters/{n}/line`: the first of the line, and how many wait in all."""

    seq: int
    at: datetime
    counter: int
    total: int
    first: list[LineEntry]


class ConsoleCitizen(View):
    """The citizen at the counter; `served_s` sums the serving periods that ended."""

    ticket: TicketView
    since: datetime
    served_s: float
    serving_since: datetime | None
    undo_until: datetime | None


class ConsoleTicket(View):
    """A ticket in one of the console's lists; `until` is when its hold or tolerance ends.

    Among the appointments, `state` may be `booked`: not here yet, so there is no number.
    """

    id: str
    number: str
    service: str
    state: str
    since: datetime
    until: datetime | None
    appointment_at: datetime | None


class ProfileView(View):
    """One kind of work of a counter; `by_clerk`: the clerk may switch to it and away from it."""

    id: str | None
    name: Words
    services: list[str]
    by_clerk: bool


class ConsoleView(View):
    """`GET /counters/{n}/console` and each message of `/counters/{n}/stream`.

    `allowed` holds the moves that would not be refused at `at`; `version` is what a move sends
    back as `expected_version`. `asked_for` is the service for which the manager asks, since
    `asked_at`, that this counter opens. `profile` is the id of the work that the counter does now,
    None for its usual one; `profiles` are all that it may do. The break is the running or the next
    one. `help_since` is when a colleague was asked over.
    """

    seq: int
    at: datetime
    office: Words
    number: int
    name: Words
    state: str
    version: int
    priority: str
    services: list[str]
    recall_limit: int
    allowed: list[str]
    citizen: ConsoleCitizen | None
    held: list[ConsoleTicket]
    absent: list[ConsoleTicket]
    appointments: list[ConsoleTicket]
    line: LineView
    profile: str | None
    profiles: list[ProfileView]
    break_from: datetime | None
    break_until: datetime | None
    help_since: datetime | None
    training: bool = False
    asked_for: str | None = None
    asked_at: datetime | None = None


class OutcomeView(View):
    """One way a visit may end, chosen by the clerk at `finish`."""

    code: str
    name: Words


class ProcedureView(View):
    """One procedure: what a clerk finds it by, and the papers that it asks for."""

    code: str
    service: str
    name: Words
    also: list[str]
    papers: list[Words]


class SlipView(View):
    """The slip of a ticket once more; `qr_path` draws the follow address on `qr_size` modules."""

    number: str
    service: Words
    office: Words
    issued_at: datetime
    follow_url: str
    qr_size: int
    qr_path: str
