"""The one writer's work: decide a batch of commands, keep it in one commit, then tell.

Memory is allowed to be ahead of the disk only within `work_off`. If the commit fails, every
request of the batch is refused and the day is loaded again from the store before the next one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from queue_server.domain import commands as c
from queue_server.domain import dossier_commands as d
from queue_server.domain.decide import Outcome, carry_out
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import Office, working_day
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.subject_events import PersonalPurged
from queue_server.use_cases.ports import (
    Clock,
    GivenForecast,
    KeptAnswer,
    Store,
    StoreUnavailable,
    Transaction,
)
from queue_server.use_cases.self_score import score_day

ANSWERS_KEPT = timedelta(days=2)
GIVEN_UP = "given up"
"""Stands for the fingerprint of a try that never came; no digest of a request looks like it."""
CONTACTS_KEPT = timedelta(days=7)
"""How long after its day the address of a home visit stays, where nobody noted that it is done."""

BY_RULE = "office"
ERASED_AT_ONCE = 200

Body = dict[str, Any]


class KeyReused(Exception):  # noqa: N818 - a refusal
    """The key was used before with another request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One command with what makes its repeat harmless.

    `key` was made by the sender before the first try; `fingerprint` is a digest of what was
    asked. `answering` turns the outcome into the body that is kept under the key; it runs right
    after the decision, with the day as this command left it. `replaces` is the key of an older
    try that its sender gave up: the ticket that came of it is withdrawn in the same commit, and
    the key is spent, so that the try is refused if it arrives after all.
    """

    command: c.Command
    answering: Callable[[OfficeDay, Outcome, datetime], Body]
    key: str | None = None
    fingerprint: str = ""
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request led to; exactly one of `body` and `fault` is set."""

    body: Body | None = None
    replayed: bool = False
    fault: Exception | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit kept of one day; `seq` is the number of its last event.

    `given` are the forecasts that newcomers were told.
    """

    day: OfficeDay
    changes: Changes
    seq: int
    given: Sequence[GivenForecast] = ()


@dataclass(slots=True)
class Worked:
    """Answers in the order of the requests, and what is to be told."""

    answers: list[Answer] = field(default_factory=list)
    commits: list[Commit] = field(default_factory=list)


class DayKeeper:
    """Holds the office day. Not thread-safe: one writer calls it.

    `take_given` hands over what newcomers were told since it was asked last.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        office: Office,
        take_given: Callable[[], Sequence[GivenForecast]] = tuple,
    ) -> None:
        self._take_given = take_given
        self._store = store
        self._clock = clock
        self._office = office
        self._day: OfficeDay | None = None
        self.seq = 0

    @property
    def day(self) -> OfficeDay:
        """The day as committed.

        Raises:
            StoreUnavailable: it could not be loaded yet.
        """
        if self._day is None:
            self._day = self._load()
        return self._day

    def use(self, office: Office) -> None:
        """Keep days by this configuration from the next batch on; any thread may say so."""
        self._office = office

    def _load(self) -> OfficeDay:
        day = self._store.load_day()
        self.seq = self._store.last_seq()
        return day or OfficeDay(self._office, working_day(self._clock.now()))

    def work_off(self, requests: Sequence[Request]) -> Worked:
        """Decide and keep all requests in one commit; none is kept when the store fails."""
        try:
            return self._kept(lambda worked: self._work(requests, worked))
        except StoreUnavailable as fault:
            return Worked(answers=[Answer(fault=fault) for _ in requests])

    def purge(self) -> Worked:
        """Forget what of people the rules no longer keep; how much stands in the same commit.

        Raises:
            StoreUnavailable: nothing was forgotten.
        """
        return self._kept(self._purge)

    def _kept(self, work: Callable[[Worked], None]) -> Worked:
        worked = Worked()
        try:
            work(worked)
        except BaseException:
            self._day = None
            raise
        for commit in worked.commits:
            self.seq = commit.seq
        return worked

    def _purge(self, worked: Worked) -> None:
        day, at = self.day, self._clock.now()
        with self._store.transaction() as transaction:
            gone = transaction.forget_people(working_day(at) - CONTACTS_KEPT)
            if gone:
                event = PersonalPurged(at=at, by=BY_RULE, **asdict(gone))
                carry_out(day, KeepRecord(record=event), at)
                self._write(day, transaction, worked)

    def _work(self, requests: Sequence[Request], worked: Worked) -> None:
        day = self.day
        self._take_given()  # what a failed try promised was never said
        with self._store.transaction() as transaction:
            day = self._begin(day, transaction, worked)
            for request in requests:
                worked.answers.append(self._one(day, request, transaction))
            self._write(day, transaction, worked)
        self._day = day

    def _begin(self, day: OfficeDay, transaction: Transaction, worked: Worked) -> OfficeDay:
        """Bring the day up to now: roll over at midnight, note a corrected clock."""
        at = self._clock.now()
        jumped = self._clock.take_jump()
        if working_day(at) > day.day:
            if day.opened:
                carry_out(day, c.CloseDay(), at)
                self._write(day, transaction, worked)
                given = self._store.given_forecasts(day.day)
                transaction.keep_scores(score_day(day.day, day.tickets.values(), given))
            day = _next_day(day, OfficeDay(self._office, working_day(at)), at)
        carry_out(day, c.OpenDay(), at)
        carry_out(day, c.ConfigureOffice(office=self._office), at)
        if jumped:
            carry_out(day, c.NoteClockJump(by_s=jumped), at)
        return day

    def _one(self, day: OfficeDay, request: Request, transaction: Transaction) -> Answer:
        if request.key is not None:
            kept = transaction.find_answer(request.key)
            if kept is not None and kept.fingerprint != request.fingerprint:
                return Answer(fault=KeyReused(request.key))
            if kept is not None:
                return Answer(body=json.loads(kept.body), replayed=True)
        at = self._clock.now()
        try:
            outcome = carry_out(day, request.command, at)
        except DomainFault as fault:
            return Answer(fault=fault)
        if request.replaces is not None:
            _give_up(day, request.replaces, transaction, at)
        body = request.answering(day, outcome, at)
        if request.key is not None:
            kept = KeptAnswer(request.fingerprint, json.dumps(body, ensure_ascii=False))
            transaction.keep_answer(request.key, kept, at)
        return Answer(body=body)

    def _write(self, day: OfficeDay, transaction: Transaction, worked: Worked) -> None:
        changes = day.take_changes()
        if changes:
            seq = transaction.write(day, changes)
            given = self._take_given()
            if given:
                transaction.keep_forecasts(day.day, given)
            worked.commits.append(Commit(day, changes, seq, given))

    def forget_old_answers(self) -> int:
        """Drop answers whose retries can no longer come; how many."""
        return self._store.forget_answers(self._clock.now() - ANSWERS_KEPT)

    def outlived(self) -> list[Request]:
        """The erasures that the office's rule asks for today; each is an event like any other."""
        days = self._office.dossiers.keep_days
        before = working_day(self._clock.now()) - timedelta(days=days)
        reason = f"Hết thời hạn lưu {days} ngày"
        return [
            Request(d.EraseDossier(dossier=one, by=BY_RULE, reason=reason), lambda *_: {})
            for one in self._store.dossiers_outlived(before, ERASED_AT_ONCE)
        ]


def _next_day(old: OfficeDay, new: OfficeDay, at: datetime) -> OfficeDay:
    """The new day, opened with what the old one leaves open."""
    appointments, visits = old.book.still_open()
    carry_out(new, c.OpenDay(appointments=appointments, visits=visits), at)
    new.book.take_cards(old.book.cards)
    new.shelf.take_over(old.shelf)
    return new


def _give_up(day: OfficeDay, key: str, transaction: Transaction, at: datetime) -> None:
    kept = transaction.find_answer(key)
    if kept is None:
        transaction.keep_answer(key, KeptAnswer(GIVEN_UP, "{}"), at)
    elif kept.fingerprint != GIVEN_UP:
        carry_out(day, c.WithdrawTicket(ticket=str(json.loads(kept.body).get("id"))), at)


class Writer(Protocol):
    """The one writer, as its senders see it."""

    def submit(self, request: Request) -> Future[Answer]:
        """Queue a request; the future is done after its commit. Never raises, never blocks."""
        ...
