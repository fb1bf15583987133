"""All complaints from their events: what may follow, which clocks run; one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from threading import Lock
from typing import NamedTuple

from queue_server.contracts import complaint_views as v
from queue_server.contracts.views import Words
from queue_server.domain.complaint import NEXT, Complaint, Step, clocks, filed, moved
from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.complaint_moves import FileComplaint, MoveComplaint
from queue_server.domain.deadline import working_days_left
from queue_server.domain.events import Event
from queue_server.domain.faults import IllegalMove, StaleVersion, UnknownTicket
from queue_server.domain.office import Office, working_day
from queue_server.use_cases.keep_day import Commit, Request, Writer
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.complaint_ledger import KeptComplaint

CLOSED_SHOWN = 50


class Pressing(NamedTuple):
    """How many complaints are overdue, and how many more have a deadline today."""

    late: int
    today: int


class ComplaintDesk:
    """Any thread may ask; `step` and `file` wait for their commit, so not in an event loop."""

    def __init__(self, live: LiveOffice, writer: Writer, new_id: Callable[[], str]) -> None:
        self._live = live
        self._writer = writer
        self._new_id = new_id
        self._all: dict[str, Complaint] = {}
        self._seqs: dict[str, int] = {}
        self._moving = Lock()
        self._pressing: tuple[date, int, Pressing] | None = None
        self._changes = 0

    def start(self, events: Iterable[StoredEvent]) -> None:
        """Begin with all that ever happened to complaints."""
        for stored in events:
            self._follow(stored.seq, stored.event)

    def take(self, commit: Commit) -> None:
        """Follow a commit, in the writer's thread."""
        first = commit.seq - len(commit.changes.events) + 1
        for seq, event in enumerate(commit.changes.events, first):
            self._follow(seq, event)

    def known(self) -> list[KeptComplaint]:
        """Every complaint there ever was, in the order of filing, for reports."""
        return [KeptComplaint(self._seqs[one.id], one) for one in list(self._all.values())]

    def _follow(self, seq: int, event: Event) -> None:
        self._changes += 1
        if isinstance(event, ComplaintFiled):
            self._seqs[event.complaint] = seq
            self._all[event.complaint] = filed(event)
        elif isinstance(event, ComplaintMoved):
            self._all[event.complaint] = moved(self._all[event.complaint], event)

    def filed_on(self, day: date) -> int:
        """How many were filed on a day, besides those that a low rating says already."""
        known = list(self._all.values())
        return sum(one.source != "low_rating" and working_day(one.filed_at) == day for one in known)

    def pressing(self, office: Office, day: date) -> Pressing:
        """What a manager has to act on; counted anew only after a change or a night."""
        kept, changes = self._pressing, self._changes
        if kept is None or kept[:2] != (day, changes):
            views = [_view(office, one, day) for one in list(self._all.values()) if one.is_open]
            late = sum(one.late for one in views)
            today = sum(one.next_due == day.isoformat() and not one.late for one in views)
            kept = self._pressing = (day, changes, Pressing(late, today))
        return kept[2]

    def file(self, wanted: v.ComplaintRequest, key: str, by: str, at: datetime) -> v.ComplaintView:
        """Keep a complaint; the same key again gives the same one.

        Raises:
            DomainFault, KeyReused, StoreUnavailable: it was not kept.
        """
        command = FileComplaint(complaint=self._new_id(), by=by, **wanted.model_dump())
        kept = {"complaint": command.complaint}
        fingerprint = wanted.model_dump_json(exclude={"text"})
        request = Request(command, lambda _d, _o, _a: kept, key=key, fingerprint=fingerprint)
        answer = self._writer.submit(request).result()
        if answer.fault is not None:
            raise answer.fault
        return self.one(str((answer.body or kept)["complaint"]), at)

    def step(
        self, complaint: str, wanted: v.ComplaintStep, by: str, at: datetime
    ) -> v.ComplaintView:
        """Move it on.

        Raises:
            UnknownTicket: there is none of this id.
            StaleVersion: somebody else moved it meanwhile.
            IllegalMove: this step cannot follow.
            DomainFault, StoreUnavailable: it was not kept.
        """
        with self._moving:
            now = self._known(complaint)
            if now.version != wanted.expected_version:
                raise StaleVersion(f"complaint is at version {now.version}", state=now.step)
            if Step(wanted.step) not in NEXT[now.step]:
                raise IllegalMove("complaint", now.step, wanted.step, tuple(NEXT[now.step]))
            command = MoveComplaint(complaint=complaint, step=wanted.step, by=by, note=wanted.note)
            answer = self._writer.submit(Request(command, lambda _d, _o, _a: {})).result()
        if answer.fault is not None:
            raise answer.fault
        return self.one(complaint, at)

    def one(self, complaint: str, at: datetime) -> v.ComplaintView:
        """One complaint now."""
        with self._live.look() as day:
            office = day.office
        return _view(office, self._known(complaint), working_day(at))

    def view(self, at: datetime) -> v.ComplaintsView:
        """All that are open, and the newest closed ones."""
        with self._live.look() as day:
            office = day.office
        today = working_day(at)
        known = list(self._all.values())
        opened = [_view(office, one, today) for one in known if one.is_open]
        opened.sort(key=lambda one: (one.next_due or "9999", one.filed_at))
        closed = sorted((one for one in known if not one.is_open), key=lambda one: one.filed_at)
        shown = [_view(office, one, today) for one in reversed(closed[-CLOSED_SHOWN:])]
        return v.ComplaintsView(
            at=at,
            open=len(opened),
            late=sum(one.late for one in opened),
            complaints=[*opened, *shown],
        )

    def _known(self, complaint: str) -> Complaint:
        try:
            return self._all[complaint]
        except KeyError:
            raise UnknownTicket(f"no complaint '{complaint[:40]}'") from None


def _view(office: Office, one: Complaint, today: date) -> v.ComplaintView:
    found = [
        v.ClockView(
            what=clock.what,
            due=clock.due.isoformat(),
            met_at=clock.met_at,
            late=(working_day(clock.met_at) if clock.met_at else today) > clock.due,
            left=None if clock.met_at else working_days_left(office, today, clock.due),
        )
        for clock in clocks(office, one)
    ]
    # Asking for more is a possibility, not a duty: its deadline makes nobody late.
    running = [clock for clock in found if clock.met_at is None and clock.what != "ask"]
    service = office.services.get(one.service) if one.service else None
    return v.ComplaintView(
        id=one.id,
        filed_at=one.filed_at,
        text=one.text,
        source=one.source,
        service=one.service,
        service_name=Words(vi=service.name_vi, en=service.name_en) if service else None,
        number=one.number,
        step=one.step.value,
        version=one.version,
        allowed=[step.value for step in NEXT[one.step]],
        clocks=found,
        steps=[
            v.StepView(step=step.step.value, at=step.at, by=step.by, note=step.note)
            for step in one.taken
        ],
        next_due=min((clock.due for clock in running), default=None),
        late=any(clock.late for clock in running),
    )
