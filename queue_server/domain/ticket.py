"""A ticket: a numbered place in a waiting line, its states and the moves that are legal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    RESERVED = "reserved"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    VOID = "void"


class Move(StrEnum):
    """What can be done with a ticket; the names of the HTTP moves."""

    CONFIRM = "confirm"
    VOID = "void"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    ADD_PROCEDURE = "add-procedure"
    HOLD = "hold"
    RESUME = "resume"
    HOLD_DUE = "hold-due"
    TRANSFER = "transfer"
    RETURN = "return"
    FINISH = "finish"
    NO_SHOW = "no-show"
    REINSTATE = "reinstate"
    DELAY = "delay"
    CANCEL = "cancel"
    EXPIRE = "expire"
    UNDO = "undo"


class PriorityClass(StrEnum):
    """Why a citizen is served before others; declared on the kiosk, verified by staff."""

    NORMAL = "normal"
    AGE_60 = "age_60"
    AGE_80 = "age_80"
    PREGNANT = "pregnant"
    DISABLED = "disabled"
    MERIT = "merit"
    SMALL_CHILD = "small_child"


LEGAL: dict[TicketState, frozenset[Move]] = {
    TicketState.RESERVED: frozenset({Move.CONFIRM, Move.VOID, Move.EXPIRE}),
    TicketState.WAITING: frozenset(
        {Move.CALL, Move.TRANSFER, Move.DELAY, Move.CANCEL, Move.EXPIRE}
    ),
    TicketState.CALLED: frozenset(
        {
            Move.RECALL,
            Move.START,
            Move.RETURN,
            Move.NO_SHOW,
            Move.TRANSFER,
            Move.UNDO,
            Move.EXPIRE,
        }
    ),
    TicketState.SERVING: frozenset(
        {
            Move.HOLD,
            Move.TRANSFER,
            Move.FINISH,
            Move.ADD_PROCEDURE,
            Move.UNDO,
            Move.EXPIRE,
        }
    ),
    TicketState.HELD: frozenset({Move.RESUME, Move.HOLD_DUE, Move.EXPIRE}),
    TicketState.NO_SHOW: frozenset({Move.REINSTATE}),
    TicketState.FINISHED: frozenset(),
    TicketState.CANCELLED: frozenset(),
    TicketState.EXPIRED: frozenset(),
    TicketState.VOID: frozenset(),
}
"""The table of domain.md section 2; whoever moves a ticket asks here first."""

FINAL = frozenset(
    {TicketState.FINISHED, TicketState.CANCELLED, TicketState.EXPIRED, TicketState.VOID}
)
OPEN = frozenset(TicketState) - FINAL - {TicketState.NO_SHOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket as it is now; every move makes a new one.

    `line_since` is the key of its place: the later of arrival and appointment, kept by a
    transfer, moved to now by a return, moved back by `delayed_s` in all for who said to be late.
    `papers` are the places, from 0, of the first procedure's papers that the citizen declared to
    have along; None: nobody asked. `score` is the citizen's rating, 1 to 5. `serial` breaks ties
    in order of issue. `served_s` sums the serving periods that ended. `before` is the ticket
    before the last move, for undo. `visit` is the id of the first
    ticket of the same stay, where this is a later one.
    `accurate` is False where times crossed midnight, a clock jump or an unfinished serve.
    """

    id: str
    service: str
    number: int
    label: str
    serial: int
    state: TicketState
    priority: PriorityClass
    channel: str
    language: str
    follow_code: str
    issued_at: datetime
    line_since: datetime
    moved_at: datetime
    kiosk: str | None = None
    procedures: tuple[str, ...] = ()
    papers: tuple[int, ...] | None = None
    appointment_at: datetime | None = None
    counter: int | None = None
    to_counter: int | None = None
    called_first_at: datetime | None = None
    called_last_at: datetime | None = None
    recalls: int = 0
    started_at: datetime | None = None
    serving_since: datetime | None = None
    served_s: float = 0.0
    held_until: datetime | None = None
    finished_at: datetime | None = None
    outcome: str | None = None
    delayed_s: float = 0.0
    score: int | None = None
    accurate: bool = True
    dossiers: int = 1
    visit: str | None = None
    version: int = 1
    before: Ticket | None = None

    @property
    def place(self) -> tuple[datetime, int]:
        """Order in a waiting line: smaller is nearer to the head."""
        return (self.line_since, self.serial)

    @property
    def stay(self) -> str:
        """What the tickets of one citizen's stay share."""
        return self.visit or self.id

    @property
    def is_open(self) -> bool:
        """Whether the office still owes this ticket something today."""
        return self.state in OPEN


def allowed_moves(ticket: Ticket) -> tuple[Move, ...]:
    """The moves that the table allows now, in a fixed order, for answers and screens."""
    legal = LEGAL[ticket.state]
    return tuple(
        move
        for move in Move
        if move in legal and (move is not Move.UNDO or ticket.before is not None)
    )
