"""What happened, in the past tense; the event table keeps exactly these, in order, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.office import Office
from queue_server.domain.reason import CallReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; `at` is aware and from the server's clock."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Event):
    """A working day began; `day` is an ISO date."""

    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeConfigured(Event):
    """From here on these services, counters and rules hold; replay needs nothing else."""

    office: Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    """The working day is over; nothing follows it on this day."""

    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumped(Event):
    """The machine's clock was corrected by `by_s` seconds; open tickets became inaccurate."""

    by_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterEvent(Event):
    """Something at a counter."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(CounterEvent):
    """A clerk began to serve, or came back from a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPaused(CounterEvent):
    """A clerk stepped away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(CounterEvent):
    """A clerk ended the work at this counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkNoted(CounterEvent):
    """From here on the counter's moves are this person's, until it closes or another one comes."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterAsked(CounterEvent):
    """The manager asked for this counter to be opened for a service; `by` is who did."""

    service: str
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDeclined(CounterEvent):
    """The clerk answered that it is not possible now; `by` is who did."""

    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSwitched(CounterEvent):
    """From here on the counter calls by this work profile; None is its usual one. `by` chose it."""

    profile: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLeased(Event):
    """A kiosk may give the numbers `first` to `last` of a service while the server is away."""

    kiosk: str
    service: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent(Event):
    """Something that happened to a ticket; `ticket` is its id."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReserved(TicketEvent):
    """A number was taken from the day's series or from a leased block."""

    service: str
    number: int
    label: str
    priority: str
    channel: str
    language: str
    follow_code: str
    issued_at: datetime
    kiosk: str | None = None
    procedure: str | None = None
    appointment_at: datetime | None = None
    clock_off_s: float | None = None
    """How far the kiosk's clock was behind this one, where the time of issue was its own."""
    also: tuple[str, ...] | None = None
    dossiers: int | None = None
    visit: str | None = None
    """Further procedures, more than one dossier, and the first ticket of the same stay."""
    papers: tuple[int, ...] | None = None
    """Places of the procedure's papers that the citizen declared to have along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketConfirmed(TicketEvent):
    """The citizen has the number: `slip` is printed, shown, or assumed after silence."""

    slip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketVoided(TicketEvent):
    """The number never reached anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(TicketEvent):
    """A counter called the citizen, for this reason."""

    counter: int
    reason: CallReason


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(TicketEvent):
    """The same counter called again."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingStarted(TicketEvent):
    """The citizen is at the counter."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureAdded(TicketEvent):
    """One more procedure in the same visit."""

    counter: int
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(TicketEvent):
    """A clerk noted something about the visit; the note lives in this event alone."""

    counter: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipGivenAgain(TicketEvent):
    """Staff gave the slip of this ticket out once more; `by` is who did."""

    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(TicketEvent):
    """The citizen went to do something and comes back, at the latest at `held_until`."""

    counter: int
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingResumed(TicketEvent):
    """The held citizen is at the counter again."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded(TicketEvent):
    """The hold was due, or its counter closed: back in line at the old place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(TicketEvent):
    """To another line, or to one counter's own line, with the arrival kept.

    `by` moved it from the list; at a counter, whoever works there did.
    """

    to_service: str
    to_counter: int | None = None
    counter: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReturned(TicketEvent):
    """Back to the tail of the same line."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFinished(TicketEvent):
    """Served; `outcome` is a code such as NORMAL."""

    counter: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(TicketEvent):
    """Called, and nobody came."""

    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReinstated(TicketEvent):
    """The late-comer is back in line at the old place; `by` put them there from the list."""

    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(TicketEvent):
    """The citizen left the line and said so: to staff, who are `by`, or by the slip's own page."""

    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDelayed(TicketEvent):
    """The citizen said to be late; the place is now that of one who came `by_s` seconds later."""

    by_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRated(TicketEvent):
    """The citizen's verdict after the visit, once for each ticket.

    `comment` is the citizen's own words, without anything that leads to a person; `by` is where it
    was given: `follow`, `kiosk` or `counter`.
    """

    score: int
    reasons: tuple[str, ...] = ()
    comment: str = ""
    by: str = "follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketExpired(TicketEvent):
    """Still open at closing time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUndone(TicketEvent):
    """The last move was taken back within the undo window."""

    counter: int
