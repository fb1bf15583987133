"""A dossier: one filing from the first answer to the result, and its table of states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DossierState(StrEnum):
    """Where a dossier is in its life.

    DRAFT is still being declared. FILED has its code and receipt, nobody has checked it yet.
    RECEIVED is being worked on. AWAITING waits for papers of the citizen and its clock stands.
    """

    DRAFT = "draft"
    FILED = "filed"
    RECEIVED = "received"
    AWAITING = "awaiting"
    FINISHED = "finished"
    REFUSED = "refused"
    STOPPED = "stopped"
    DROPPED = "dropped"


class Move(StrEnum):
    """What can be done with a dossier."""

    SAVE = "save"
    DROP = "drop"
    FILE = "file"
    CORRECT = "correct"
    RECEIVE = "receive"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    EXTEND = "extend"
    REFUSE = "refuse"
    STOP = "stop"
    FINISH = "finish"
    HAND_OVER = "hand_over"


class Stage(StrEnum):
    """The four stages that the city plans count (R09)."""

    ADVISE = "advise"
    DECLARE = "declare"
    PREPARE = "prepare"
    SUBMIT = "submit"


_WORK = frozenset(
    {Move.ASK_SUPPLEMENT, Move.REFUSE, Move.STOP, Move.FINISH, Move.EXTEND, Move.HAND_OVER}
)
LEGAL: dict[DossierState, frozenset[Move]] = {
    DossierState.DRAFT: frozenset({Move.SAVE, Move.DROP, Move.FILE}),
    DossierState.FILED: frozenset({Move.CORRECT, Move.RECEIVE, Move.ASK_SUPPLEMENT, Move.REFUSE}),
    DossierState.RECEIVED: _WORK,
    DossierState.AWAITING: frozenset({Move.SUPPLEMENT, Move.STOP}),
    DossierState.FINISHED: frozenset(),
    DossierState.REFUSED: frozenset(),
    DossierState.STOPPED: frozenset(),
    DossierState.DROPPED: frozenset(),
}
MOST_REQUESTS = 1
FINAL = frozenset(state for state, moves in LEGAL.items() if not moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRules:
    """How this office numbers and keeps dossiers.

    `pattern` is filled with `agency`, `day` and the day's `serial`. `holidays` are days on which no
    deadline runs, beside `AppointmentRules.closed`. An untouched draft is forgotten after
    `draft_days`; what a finished dossier holds of its citizen, after `keep_days`. `receipt` and
    `competent` are where papers are taken in and who decides, empty: this office.
    """

    agency: str = "H00.00"
    pattern: str = "{agency}-{day:%y%m%d}-{serial:04d}"
    holidays: tuple[date, ...] = ()
    draft_days: int = 7
    keep_days: int = 90
    reuse_days: int = 180
    receipt: str = ""
    competent: str = ""

    def code(self, day: date, serial: int) -> str:
        """The code of the `serial`-th dossier of a day."""
        return self.pattern.format(agency=self.agency, day=day, serial=serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One dossier as it is now; what the citizen declared is kept sealed elsewhere.

    `catalogue` says under which versions it was filed: the procedure's, a slash, its form's.

    `holder` is the code in the citizen's hand from the first answer on, `code` the official one.
    `place_help`, `place_receipt` and `competent` are three different things: where the citizen was
    helped, where the papers were taken in, and who decides. `received_at` is when the legal time
    began, `open_days` the working days that were left when a supplement was asked for. `papers`
    counts the papers handed in, `digitised` those scanned, `reused` those taken from before. Of the
    fee `paid_vnd` came, `owed_vnd` has still to go back and `refunded_vnd` did, under the numbers
    in `transactions`.
    """

    id: str
    holder: str
    procedure: str
    catalogue: str
    service: str
    state: DossierState
    stage: Stage
    channel: str
    language: str
    started_at: datetime
    changed_at: datetime
    kiosk: str | None = None
    assistant: str | None = None
    code: str | None = None
    filed_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    place_help: str = ""
    place_receipt: str = ""
    competent: str = ""
    papers: int = 0
    digitised: int = 0
    reused: int = 0
    fee_vnd: int | None = None
    supplements: int = 0
    asked_at: datetime | None = None
    open_days: int | None = None
    extended: int = 0
    on_the_spot: bool = False
    handled_by: str | None = None
    reason: str | None = None
    erased_at: datetime | None = None
    paid_vnd: int = 0
    paid_at: datetime | None = None
    owed_vnd: int = 0
    refunded_vnd: int = 0
    transactions: tuple[str, ...] = ()
    version: int = 1

    @property
    def allowed(self) -> tuple[Move, ...]:
        """The moves that its state allows, in the order of their names."""
        return tuple(sorted(LEGAL[self.state]))

    @property
    def kept_vnd(self) -> int:
        """What the office holds of it and does not owe back."""
        return self.paid_vnd - self.owed_vnd - self.refunded_vnd

    @property
    def due_vnd(self) -> int:
        """What is still to be paid; nothing for a draft, or where it ended without a result."""
        if self.code is None or self.state in {DossierState.REFUSED, DossierState.STOPPED}:
            return 0
        return max(0, (self.fee_vnd or 0) - self.kept_vnd)

    @property
    def payment(self) -> str:
        """`none` (costs nothing known), `open`, `part` or `paid`; `owed` where money goes back."""
        if self.owed_vnd:
            return "owed"
        if self.due_vnd:
            return "part" if self.kept_vnd else "open"
        return "paid" if self.kept_vnd else "none"

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen to it."""
        return self.state not in FINAL

    def overdue(self, at: datetime) -> bool:
        """Whether it is or ended overdue, seen at `at` (quality index 766, metric 2.1).

        The time in which papers are waited for does not count; a second request for papers makes
        it overdue whatever its day.
        """
        if self.supplements > MOST_REQUESTS:
            return True
        waiting = self.open_days is not None
        seen = at if self.is_open else self.finished_at or self.changed_at
        return not waiting and self.due_at is not None and seen > self.due_at
