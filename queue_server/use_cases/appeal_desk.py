"""Appeals against the staff sheet from their events: of whom it is about, answered by leaders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from queue_server.contracts import appeal_views as v
from queue_server.contracts.complaint_views import ClockView
from queue_server.contracts.views import Words
from queue_server.domain.appeal import Appeal, answer_due, answered, appealed
from queue_server.domain.appeal_events import AppealAnswered, AppealFiled
from queue_server.domain.appeal_moves import AnswerAppeal, FileAppeal
from queue_server.domain.commands import Command
from queue_server.domain.deadline import working_days_left
from queue_server.domain.events import Event
from queue_server.domain.office import Office, working_day
from queue_server.use_cases.keep_day import Commit, Request, Writer
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.period import period_between
from queue_server.use_cases.reports.staff_sheet import FIGURES

ANSWERED_SHOWN = 50


class AppealRefused(Exception):  # noqa: N818 - a refusal
    """It cannot be kept so; the words say why, Vietnamese first."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is at the desk: a name, whether it is a person's, and whether this person leads."""

    name: str
    person: bool
    leads: bool


class AppealDesk:
    """Any thread may ask; `file` and `answer` wait for their commit, so not in an event loop."""

    def __init__(self, live: LiveOffice, writer: Writer, new_id: Callable[[], str]) -> None:
        self._live = live
        self._writer = writer
        self._new_id = new_id
        self._all: dict[str, Appeal] = {}
        self._one = Lock()

    def start(self, events: Iterable[StoredEvent]) -> None:
        """Begin with all that ever happened to appeals."""
        for stored in events:
            self._follow(stored.event)

    def take(self, commit: Commit) -> None:
        """Follow a commit, in the writer's thread."""
        for event in commit.changes.events:
            self._follow(event)

    def known(self) -> Sequence[Appeal]:
        """Every appeal there ever was, in the order of time, for the sheet."""
        return list(self._all.values())

    def _follow(self, event: Event) -> None:
        if isinstance(event, AppealFiled):
            self._all[event.appeal] = appealed(event)
        elif isinstance(event, AppealAnswered):
            self._all[event.appeal] = answered(self._all[event.appeal], event)

    def file(self, wanted: v.AppealRequest, asker: Asker, at: datetime) -> v.AppealView:
        """Keep an appeal; the same words about the same figure again are the same appeal.

        Raises:
            AppealRefused: not a person, no such figure, days to come, or one is open already.
            PeriodRefused: an impossible range of days.
            DomainFault, StoreUnavailable: it was not kept.
        """
        _require_person(asker)
        period = period_between(wanted.first, wanted.last)
        if wanted.figure not in FIGURES:
            raise AppealRefused("bảng không có cột này / the sheet has no such column")
        if period.first > working_day(at):
            raise AppealRefused("những ngày này chưa đến / these days are still to come")
        fresh = Appeal(
            id=self._new_id(),
            at=at,
            by=asker.name,
            first=period.first,
            last=period.last,
            figure=wanted.figure,
            text=" ".join(wanted.text.split()),
            number=wanted.number,
        )
        with self._one:
            same = [one for one in self.known() if one.reply is None and one.same_figure(fresh)]
            if not same:
                self._keep(_filing(fresh))
                return self._shown(fresh.id, at)
        if (same[0].text, same[0].number) != (fresh.text, fresh.number):
            raise AppealRefused(
                "bạn đã khiếu nại số liệu này và đang chờ trả lời / "
                "you have appealed against this figure already; its answer is awaited"
            )
        return self._shown(same[0].id, at)

    def answer(
        self, appeal: str, wanted: v.AppealReplyRequest, asker: Asker, at: datetime
    ) -> v.AppealView:
        """Keep the answer; the same answer again changes nothing.

        Raises:
            LookupError: there is no such appeal.
            AppealRefused: not a person, the own appeal, or answered otherwise already.
            DomainFault, StoreUnavailable: it was not kept.
        """
        _require_person(asker)
        with self._one:
            found = self._all[appeal]
            if found.by == asker.name:
                raise AppealRefused(
                    "người khác phải trả lời khiếu nại của bạn / somebody else answers your appeal"
                )
            text = " ".join(wanted.text.split())
            if found.reply is None:
                self._keep(
                    AnswerAppeal(appeal=appeal, by=asker.name, verdict=wanted.verdict, text=text)
                )
            elif (found.reply.verdict, found.reply.text) != (wanted.verdict, text):
                raise AppealRefused(
                    f"{found.reply.by} đã trả lời khiếu nại này / "
                    f"{found.reply.by} has answered this appeal"
                )
        return self._shown(appeal, at)

    def view(self, asker: Asker, at: datetime) -> v.AppealsView:
        """All appeals for who leads, the own ones for a clerk; open ones by their deadline."""
        office, today = self._office(), working_day(at)
        mine = [one for one in self.known() if asker.leads or one.by == asker.name]
        opened = [_view(office, one, today) for one in mine if one.reply is None]
        opened.sort(key=lambda one: (one.clock.due, one.at))
        closed = [_view(office, one, today) for one in mine if one.reply is not None]
        return v.AppealsView(
            at=at,
            open=len(opened),
            late=sum(one.clock.late for one in opened),
            may_appeal=asker.person,
            may_answer=asker.person and asker.leads,
            you=asker.name,
            figures=[v.SheetFigure(key=key, name=name) for key, name in FIGURES.items()],
            appeals=[*opened, *reversed(closed[-ANSWERED_SHOWN:])],
        )

    def _office(self) -> Office:
        with self._live.look() as day:
            return day.office

    def _shown(self, appeal: str, at: datetime) -> v.AppealView:
        return _view(self._office(), self._all[appeal], working_day(at))

    def _keep(self, command: Command) -> None:
        answer = self._writer.submit(Request(command, lambda _d, _o, _a: {})).result()
        if answer.fault is not None:
            raise answer.fault


def _require_person(asker: Asker) -> None:
    if not asker.person:
        raise AppealRefused(
            "hãy đăng nhập bằng tên người: thiết bị không phải là ai / "
            "sign in by name: a device is nobody"
        )


def _filing(one: Appeal) -> FileAppeal:
    return FileAppeal(
        appeal=one.id,
        by=one.by,
        first=one.first,
        last=one.last,
        figure=one.figure,
        text=one.text,
        number=one.number,
    )


def _view(office: Office, one: Appeal, today: date) -> v.AppealView:
    due, reply = answer_due(office, one), one.reply
    clock = ClockView(
        what="answer",
        due=due.isoformat(),
        met_at=reply.at if reply else None,
        late=(working_day(reply.at) if reply else today) > due,
        left=None if reply else working_days_left(office, today, due),
    )
    return v.AppealView(
        id=one.id,
        at=one.at,
        by=one.by,
        first=one.first,
        last=one.last,
        figure=one.figure,
        figure_name=FIGURES.get(one.figure, Words(vi=one.figure, en=one.figure)),
        number=one.number,
        text=one.text,
        clock=clock,
        answered_by=reply.by if reply else None,
        verdict=reply.verdict.value if reply else None,
        answer=reply.text if reply else None,
    )
