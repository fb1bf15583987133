"""Lives a stored day again: the same events through the same features, now with the waits known.

What is learned is what was seen: the features of each newcomer are computed from the events before
it, by the code that answers live. Kept out of learning are tickets whose times are doubtful, who
came by appointment, who was entered late or came between two sessions, and whole days on which the
clock was corrected by a minute or more. They stay in the lines, because they stood there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from edge_models.ticket_log.columns import TicketLog
from edge_models.wait.conformal import Places
from edge_models.wait.features import FEATURES, PLACE
from edge_models.wait.model import WaitModel
from edge_models.wait.office_now import OfficeNow
from edge_models.wait.own_lines import OwnLines, learn
from edge_models.wait.replay import Matrix, close_day
from queue_server.adapters.line_forecasts import DayLesson, Learned, NamedLines, blended
from queue_server.adapters.office_events import OfficeEvents, minute_of
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.domain import events as e
from queue_server.domain.happening import apply
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.verify_store import NOTHING

STORE = Path("store") / "office.db"
LATE_ENTRY = timedelta(minutes=2)
LARGE_JUMP_S = 60.0
OFFICE = ("office",)


@dataclass(slots=True)
class LivedDay:
    """The called tickets of a day that may be learned from, with their features.

    `kept_out` counts the others by reason.
    """

    day: date
    now: OfficeNow
    log: TicketLog
    rows: Matrix
    kept_out: Counter[str] = field(default_factory=Counter)

    @property
    def places(self) -> Places:
        """Where the tickets stood, as the correction of the P90 asks."""
        return Places(self.log.office, self.rows[:, PLACE["ahead"]], self.log.arrived)

    @property
    def lesson(self) -> DayLesson:
        """Its tickets, to learn from."""
        return DayLesson(self.day.toordinal(), self.rows, self.log.wait, self.log.service)

    def teach(self, learned: Learned) -> None:
        """The night after it: every line learns from its called tickets."""
        close_day(learned.memory, self.now, self.log, self.rows, slice(0, len(self.log)))
        if len(self.log):
            learned.days.append(self.lesson)


def live_again(day: date, events: Iterable[e.Event], learned: Learned) -> LivedDay:
    """Go through a day once more, knowing of earlier days what `learned` knows."""
    now = OfficeNow(learned.memory, day.weekday())
    lines = NamedLines(now, learned.services)
    made = OfficeDay(NOTHING, day)
    rows: dict[str, list[float]] = {}

    def arriving(ticket: str, service: str, at: float, priority: float) -> None:
        rows[ticket] = lines.row(service, at, priority)

    follow, jumped, entered = OfficeEvents(lambda _day: lines, arriving), False, {}
    for event in events:
        follow.take(event)
        apply(event, made)
        jumped = jumped or (isinstance(event, e.ClockJumped) and abs(event.by_s) >= LARGE_JUMP_S)
        if isinstance(event, e.TicketReserved):
            entered[event.ticket] = event.at - event.issued_at > LATE_ENTRY
    kept_out: Counter[str] = Counter()
    usable = []
    for ticket in made.tickets.values():
        why = _why_not(made.office, ticket, late=entered[ticket.id], jumped=jumped)
        if why is not None:
            kept_out[why] += 1
        elif ticket.called_first_at is not None:
            usable.append(ticket)
    return LivedDay(day, now, *_columns(day, made.office, usable, rows, learned), kept_out)


def lived_days(
    data: Path,
    learned: Learned,
    days: Iterable[date],
    each: Callable[[LivedDay], None],
) -> None:
    """Live several stored days again in order; `each` is shown them before they teach.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    reader = SqliteReader(data / STORE)
    for day in days:
        lived = live_again(day, (stored.event for stored in reader.of_day(day)), learned)
        each(lived)
        lived.teach(learned)
        learned.until = day


def _why_not(office: Office, ticket: Ticket, *, late: bool, jumped: bool) -> str | None:
    """Why nothing is learned from a ticket; None where it may."""
    if jumped:
        return "a day with a corrected clock"
    if not ticket.accurate:
        return "doubtful times"
    if ticket.appointment_at is not None:
        return "came by appointment"
    if late:
        return "entered late"
    hours = office.hours
    if ticket.service in office.services:
        hours = office.services[ticket.service].hours or hours
    first = min(start for start, _ in hours.sessions)
    local = minute_of(ticket.issued_at)
    if not hours.is_open(ticket.issued_at) and local >= first.hour * 60 + first.minute:
        return "came outside the sessions"
    return None


def _columns(
    day: date,
    office: Office,
    tickets: list[Ticket],
    rows: dict[str, list[float]],
    learned: Learned,
) -> tuple[TicketLog, Matrix]:
    waits = np.array([wait_s(office, t) or 0.0 for t in tickets], dtype=np.float64) / 60
    arrived = np.array(
        [minute_of(office.wait_starts(t.service, t.issued_at)) for t in tickets], dtype=np.float64
    )
    finished = [minute_of(t.finished_at) if t.finished_at else np.nan for t in tickets]
    number = len(tickets)
    service = [learned.services.of(t.service) for t in tickets]
    log = TicketLog(
        *(OFFICE, tuple(learned.services.names), ()),
        office=np.zeros(number, dtype=np.int64),
        service=np.array(service, dtype=np.int64),
        day=np.full(number, day.toordinal(), dtype=np.int64),
        arrived=arrived,
        called=arrived + waits,
        finished=np.array(finished, dtype=np.float64),
        counter=np.full(number, -1, dtype=np.int64),
        priority=np.array([float(t.priority is not PriorityClass.NORMAL) for t in tickets]),
    )
    found = np.array([rows[t.id] for t in tickets], dtype=np.float64)
    return log, found.reshape(-1, len(FEATURES))


def learn_nights(
    data: Path, learned: Learned, model: WaitModel, days: Iterable[date]
) -> Counter[str]:
    """What the nights after these days teach; how many tickets were kept out, by reason.

    The correction of the P90 learns from what would have been said at each arrival: by this model
    and the habits of the lines as they were known that morning.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    kept_out: Counter[str] = Counter()

    def correct(lived: LivedDay) -> None:
        kept_out.update(lived.kept_out)
        if len(lived.log):
            learned.own = own_lines(learned)
            said = blended(model, learned, lived.rows, lived.log.service)
            learned.conformal.close_day(lived.places, said.p90, lived.log.wait)

    lived_days(data, learned, days, correct)
    learned.own = own_lines(learned)
    return kept_out


def own_lines(learned: Learned) -> OwnLines:
    """The linear forecasts of each line, drawn from the days that are kept."""
    if not learned.days:
        return OwnLines()
    rows, wait, service = (
        np.concatenate([getattr(each, name) for each in learned.days])
        for name in ("rows", "wait", "service")
    )
    day = np.concatenate([np.full(len(each.wait), each.day) for each in learned.days])
    return learn(rows, wait, day, service)
