"""What the office can be asked to do; each is decided by exactly one handler in `*_moves.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.office import Office
from queue_server.domain.ticket import PriorityClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A wish; it may be refused with a `DomainFault`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket(Command):
    """Reserve a number and, unless `confirm` is False, confirm it at once.

    `ticket` (id) and `follow_code` are made by the caller. `number` comes from a block that
    `kiosk` leased on `day`; `issued_at` is then the true time of issue. With `sent_at`, both are
    readings of the sender's own clock, and only their difference counts: so long ago was it
    issued. `slip` says how a number that is confirmed at once reached the citizen. `also` are
    further procedures, `visit` is the id of the stay's first ticket, `card` a keyed hash.
    `papers` are the places (from 0) of the procedure's papers that the citizen says to have along;
    None: not asked.
    """

    ticket: str
    follow_code: str
    service: str
    priority: PriorityClass = PriorityClass.NORMAL
    channel: str = "kiosk"
    language: str = "vi"
    procedure: str | None = None
    papers: tuple[int, ...] | None = None
    kiosk: str | None = None
    issued_at: datetime | None = None
    number: int | None = None
    day: date | None = None
    sent_at: datetime | None = None
    appointment_at: datetime | None = None
    confirm: bool = True
    slip: str = "shown"
    also: tuple[str, ...] = ()
    dossiers: int = 1
    visit: str | None = None
    card: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTicket(Command):
    """The slip was `printed` or the number `shown`."""

    ticket: str
    slip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidTicket(Command):
    """The number never reached anybody."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTicket(Command):
    """The citizen leaves the line; `by` is who of the staff was told."""

    ticket: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTicket(Command):
    """A number whose kiosk never heard of it, and gave another one instead."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayTicket(Command):
    """The citizen will be late: stand `by` further back, within the office's tolerance."""

    ticket: str
    by: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RateVisit(Command):
    """The citizen's own verdict after the visit: 1 to 5, what it is about, in own words."""

    ticket: str
    score: int
    reasons: tuple[str, ...] = ()
    comment: str = ""
    by: str = "follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseBlock(Command):
    """Give a kiosk numbers of its own."""

    kiosk: str
    service: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWaiting(Command):
    """Staff move a waiting ticket to another line or counter."""

    ticket: str
    to_service: str | None = None
    to_counter: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSlipAgain(Command):
    """The slip was lost or never printed: give the same number out once more."""

    ticket: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstate(Command):
    """A late-comer is back; by id or by number."""

    ticket: str | None = None
    label: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtCounter(Command):
    """Something a clerk does; `expected_version` is the counter as the sender saw it."""

    counter: int
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClerk(Command):
    """This person signed in by name and makes the next moves at the counter."""

    counter: int
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(AtCounter):
    """Call by the calling rule; opens the counter, finishes a citizen being served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumber(AtCounter):
    """Call this number; a no-show within the tolerance is reinstated first."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(AtCounter):
    """Call the same citizen again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(AtCounter):
    """The citizen is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProcedure(AtCounter):
    """One more procedure for the same citizen."""

    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(AtCounter):
    """A clerk's short note about this visit; nothing personal in it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(AtCounter):
    """The citizen goes away and comes back, at the latest at `due_at`."""

    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(AtCounter):
    """A held citizen is back; without `label`, the one held longest."""

    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(AtCounter):
    """Send the citizen to another line or counter."""

    to_service: str | None = None
    to_counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(AtCounter):
    """Back to the tail of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(AtCounter):
    """Served."""

    outcome: str = "NORMAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShow(AtCounter):
    """Nobody came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(AtCounter):
    """Take the last move back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter(AtCounter):
    """Begin to serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCounter(AtCounter):
    """Step away for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter(AtCounter):
    """End the work here; held tickets go back to their lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCounter(AtCounter):
    """The manager asks the clerk of a paused or closed counter to open it for a service."""

    service: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineAsk(AtCounter):
    """The clerk cannot open now."""

    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchProfile(AtCounter):
    """Call by another work profile of this counter until the day ends; None: by the usual one."""

    profile: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay(Command):
    """Begin the working day with what earlier days promised for it and for later."""

    appointments: tuple[Appointment, ...] = ()
    visits: tuple[HomeVisit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigureOffice(Command):
    """Use another configuration from now on; no ticket is lost by it."""

    office: Office


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command):
    """End the working day: open tickets expire, counters close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassTime(Command):
    """Do what is due: holds that end, numbers nobody confirmed, clearing after closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClockJump(Command):
    """The machine's clock was corrected."""

    by_s: float
