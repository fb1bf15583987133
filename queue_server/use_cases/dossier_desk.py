"""Dossiers as holders and staff see them; what was declared is opened here and nowhere else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queue_server.config.filing_facts import FilingFact
from queue_server.contracts import dossier_views as v
from queue_server.contracts.answers import faults_of
from queue_server.contracts.forms import Answers, Form, FormField, Kind, form_of
from queue_server.contracts.views import Words
from queue_server.domain.deadline import working_days_between
from queue_server.domain.decide import Outcome
from queue_server.domain.dossier import Dossier, DossierState, Move
from queue_server.domain.dossier_moves import ANSWERS, STAFF_MOVES
from queue_server.domain.dossier_payments import code_to_pay
from queue_server.domain.dossier_scan_moves import page_counts
from queue_server.domain.office import working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.vietqr import Account
from queue_server.use_cases.home_visit_desk import Seal
from queue_server.use_cases.keep_day import Body
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import DossierReader

MASK = "•"
SHOWN = 3
MASKED = frozenset({Kind.IDENTITY, Kind.PHONE})
CLOCK_STANDS = frozenset({DossierState.DRAFT, DossierState.AWAITING})


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a citizen declared: personal, never in an event, a log or a list.

    `reused` are papers with the code of the dossier that they are taken from.
    """

    answers: dict[str, str]
    papers: tuple[tuple[str, bool], ...] = ()
    reused: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "Declaration(…)"


def sealed_declaration(seal: Seal, declared: Declaration, dossier: str) -> bytes:
    """A declaration as it may be kept."""
    body = {"answers": declared.answers, "papers": declared.papers, "reused": declared.reused}
    return seal.close(json.dumps(body, ensure_ascii=False), dossier)


@dataclass(frozen=True, slots=True)
class DossierDesk:
    """Shows dossiers; only `declared` opens what is sealed."""

    live: LiveOffice
    kept: DossierReader
    facts: Mapping[str, FilingFact]
    seal: Seal
    base: str
    now: Callable[[], datetime]
    account: Account | None = None

    def find(self, code: str) -> Dossier | None:
        """A dossier by id, official code or holder's code; may read the store."""
        with self.live.look() as day:
            found = day.shelf.by_code(code) or day.shelf.dossiers.get(code)
        return found or self.kept.dossier(code)

    def inbox(self, states: frozenset[DossierState]) -> v.DossierInbox:
        """The dossiers on the shelf in these states; drafts are nobody's but their holder's."""
        with self.live.look() as day:
            shelf = [d for d in day.shelf.dossiers.values() if d.state is not DossierState.DRAFT]
            views = [self.view(day, one) for one in shelf]
        counts = Counter(one.state for one in views)
        counts["overdue"] = sum(one.overdue for one in views)
        chosen = [one for one in views if DossierState(one.state) in states]
        chosen.sort(key=lambda one: (one.due_at is None, one.due_at or one.started_at, one.id))
        return v.DossierInbox(at=self.now(), counts=dict(counts), dossiers=chosen)

    def status(self, dossier: Dossier) -> v.DossierStatus:
        """A dossier for whoever holds its code."""
        return v.DossierStatus(**self._common(dossier))

    def view(self, day: OfficeDay, dossier: Dossier) -> v.DossierView:
        """A dossier for staff."""
        left = self._open_days(day, dossier)
        overdue = dossier.is_open and dossier.state not in CLOCK_STANDS
        overdue = overdue and dossier.due_at is not None and self.now() > dossier.due_at
        more = {
            name: getattr(dossier, name)
            for name in v.DossierView.model_fields
            if hasattr(dossier, name) and name not in v.DossierStatus.model_fields
        }
        more |= {
            "open_days": left,
            "overdue": overdue,
            "erased": dossier.erased_at is not None,
            "allowed": [move.value for move in Move if move in STAFF_MOVES & set(dossier.allowed)],
        }
        return v.DossierView(**self._common(dossier), **more)

    def look(self, dossier: Dossier) -> v.DossierView:
        """A dossier for staff, at this moment."""
        with self.live.look() as day:
            return self.view(day, dossier)

    def declared(self, dossier: Dossier) -> Declaration | None:
        """What was declared, opened; None when it is forgotten. Reads the store.

        Raises:
            CannotBeOpened: sealed with a key that is not here.
        """
        sealed = self.kept.part(dossier.id, ANSWERS)
        if sealed is None:
            return None
        body = json.loads(self.seal.open(sealed, dossier.id))
        papers = tuple((name, bool(brought)) for name, brought in body["papers"])
        reused = tuple((name, source) for name, source in body.get("reused", ()))
        return Declaration(body["answers"], papers, reused)

    def content(self, dossier: Dossier, *, masked: bool) -> v.DossierContent | None:
        """What was declared, to be read; None when it is forgotten. Reads the store."""
        declared = self.declared(dossier)
        form = form_of(dossier.procedure)
        if declared is None or form is None:
            return None
        return v.DossierContent(
            dossier=self.look(dossier),
            lines=lines_of(form, declared.answers, masked=masked),
            papers=self._papers(dossier, declared),
            masked=masked,
            complete=not faults_of(form, declared.answers, working_day(self.now())),
        )

    def draft(self, dossier: Dossier) -> v.DraftView | None:
        """A draft to be continued; None when there is nothing left of it. Reads the store."""
        declared = self.declared(dossier)
        if declared is None or dossier.state is not DossierState.DRAFT:
            return None
        return v.DraftView(
            holder=dossier.holder,
            procedure=dossier.procedure,
            procedure_name=self.name(dossier.procedure),
            stage=dossier.stage.value,
            answers=declared.answers,
            papers=self._papers(dossier, declared),
        )

    def _papers(self, dossier: Dossier, declared: Declaration) -> list[v.PaperLine]:
        pages, sources = page_counts(self.kept.part_names(dossier.id)), dict(declared.reused)
        return [
            v.PaperLine(
                number=number,
                name=name,
                brought=brought,
                reuse=sources.get(name),
                pages=pages[number],
            )
            for number, (name, brought) in enumerate(declared.papers, 1)
        ]

    def fee(self, procedure: str, answers: Answers) -> int | None:
        """What is to be paid before any exemption, in đồng; None where the office sets it."""
        form, fact = form_of(procedure), self.facts.get(procedure)
        if form is None or fact is None or fact.fee_vnd is None:
            return None
        return form.fee.total(fact.fee_vnd, answers)

    def name(self, procedure: str) -> Words:
        """The procedure's name; its code where it is not known any more."""
        fact = self.facts.get(procedure)
        return fact.name if fact else Words(vi=procedure, en=procedure)

    def answer_status(self, _day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to a move of the holder."""
        return self.status(_moved(outcome)).model_dump(mode="json")

    def answer_view(self, day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to a move of staff."""
        return self.view(day, _moved(outcome)).model_dump(mode="json")

    def _common(self, dossier: Dossier) -> dict[str, Any]:
        fact = self.facts.get(dossier.procedure)
        own = {
            name: getattr(dossier, name)
            for name in v.DossierStatus.model_fields
            if hasattr(dossier, name)
        }
        return own | {
            "procedure_name": self.name(dossier.procedure),
            "fee_note": fact.fee_note if fact else None,
            "payment_code": code_to_pay(dossier, self.account),
            "page_url": f"{self.base.rstrip('/')}/d/{dossier.holder}",
        }

    def _open_days(self, day: OfficeDay, dossier: Dossier) -> int | None:
        if dossier.due_at is None or not dossier.is_open or dossier.state in CLOCK_STANDS:
            return None
        today, due = working_day(self.now()), working_day(dossier.due_at)
        if due >= today:
            return working_days_between(day.office, today, due)
        return -working_days_between(day.office, due, today)


def lines_of(form: Form, answers: Answers, *, masked: bool) -> list[v.DeclaredLine]:
    """A declaration line by line."""
    return [
        v.DeclaredLine(id=field.id, label=field.label, value=_shown(field, answers, masked=masked))
        for field in form.asked(answers)
    ]


def _shown(field: FormField, answers: Answers, *, masked: bool) -> Words:
    value = answers.get(field.id, "")
    if masked and field.kind in MASKED and value:
        return Words(vi=mask(value), en=mask(value))
    return field.shown(value)


def mask(value: str) -> str:
    """The last three signs; the rest only as many dots."""
    return MASK * max(len(value) - SHOWN, 0) + value[-SHOWN:]


def _moved(outcome: Outcome) -> Dossier:
    if outcome.dossier is None:
        raise ValueError("a move of a dossier without one")
    return outcome.dossier
