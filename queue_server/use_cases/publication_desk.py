"""How the figures of a month go public: drafted, reviewed by another person, published, withdrawn.

A draft is a snapshot: its text stands in the event, so what was reviewed is what is published, also
when the events of that month are counted otherwise later. Its id is the digest of that text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from queue_server.contracts.report_views import FileForm, ReportSection, ReportTable, ReportView
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import ReportStepTaken
from queue_server.use_cases.keep_day import Request, Writer
from queue_server.use_cases.ports import StoredEvent, StoreUnavailable
from queue_server.use_cases.publication_steps import (
    Step,
    Taken,
    check_draft,
    check_step,
    digest_of,
)
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.reports.period import Kind, Period, period_on

MOST_FILES = 24
MakeFile = Callable[[ReportView, FileForm, Language], bytes]
INSIDE = frozenset({"staff"})
"""Sections that stay inside the office: they are about few people."""


@dataclass(slots=True)
class Publication:
    """One snapshot of a month and what was done with it; `replaced` by a later one of the month."""

    id: str
    period: Period
    content: str
    steps: list[Taken] = field(default_factory=list)
    replaced: bool = False

    @property
    def state(self) -> Step:
        """The last step."""
        return self.steps[-1].step

    def when(self, step: Step) -> Taken | None:
        """The step, where it was taken."""
        return next((one for one in self.steps if one.step is step), None)

    def report(self) -> ReportView:
        """The figures.

        Raises:
            StoreUnavailable: they are not those that were drafted.
        """
        if digest_of(self.content) != self.id:
            raise StoreUnavailable(f"the snapshot {self.id[:12]} is damaged")
        return ReportView.model_validate_json(self.content)


class StepReader(Protocol):
    """Reading the steps that were taken. May raise `StoreUnavailable`."""

    def report_steps(self) -> Sequence[StoredEvent]:
        """All of them, in order."""
        ...


class PublicationDesk:
    """May be asked from any thread; it reads the store: not in the event loop."""

    def __init__(
        self,
        writer: Writer,
        steps: StepReader,
        report: Callable[[Period], ReportView],
        today: Callable[[], date],
        make_file: MakeFile,
    ) -> None:
        """`report` makes the figures of a period, `make_file` a file of them."""
        self._make_file = make_file
        self._files: dict[tuple[str, FileForm, Language], bytes] = {}
        self._writer = writer
        self._steps = steps
        self._report = report
        self._today = today
        self._lock = Lock()
        self._known: list[Publication] | None = None

    def all(self) -> list[Publication]:
        """Every snapshot, newest first."""
        with self._lock:
            return list(reversed(self._all()))

    def find(self, publication: str) -> Publication:
        """The snapshot with this id.

        Raises:
            LookupError: there is none.
        """
        with self._lock:
            return self._find(publication)

    def draft(self, month: date, by: str, note: str) -> Publication:
        """A snapshot of the month's figures as they are now.

        Raises:
            StepRefused: the month is not over, has an open draft, or a correction gives no reason.
            StillCounting, StoreUnavailable: it cannot be made now; nothing was kept.
        """
        period = period_on(Kind.MONTH, month)
        check_draft(period.name(), (), note, over=period.last < self._today())
        content = outside(self._report(period)).model_dump_json()
        with self._lock:
            states = [one.state for one in self._all() if one.period == period]
            check_draft(period.name(), states, note, over=period.last < self._today())
            found = digest_of(content)
            self._keep(Step.DRAFTED, period, found, by, note, content)
            return self._find(found)

    def take(
        self, publication: str, step: Step, by: str, note: str, *, person: bool
    ) -> Publication:
        """The next step of a snapshot; `person`: `by` signed in by name, not as a device.

        Raises:
            LookupError: there is no such snapshot.
            StepRefused: not after the last step, without the reason that it needs, or not by this
                person: who drafted cannot review, and a device is nobody.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            found = self._find(publication)
            check_step(found.steps, step, by, note, person=person)
            self._keep(step, found.period, found.id, by, note)
            return self._find(publication)

    def published(self, publication: str) -> Publication:
        """The snapshot, while it is public.

        Raises:
            LookupError: there is none, it is not published, or was withdrawn.
        """
        found = self.find(publication)
        if found.state is not Step.PUBLISHED:
            raise LookupError("it is not published, or was withdrawn")
        return found

    def file(self, publication: str, form: FileForm, language: Language) -> bytes:
        """A published snapshot as a file; made once, because everybody may ask again and again."""
        report, key = self.published(publication).report(), (publication, form, language)
        with self._lock:
            if key not in self._files:
                if len(self._files) >= MOST_FILES:
                    self._files.clear()
                self._files[key] = self._make_file(report, form, language)
            return self._files[key]

    def _find(self, publication: str) -> Publication:
        for one in self._all():
            if one.id == publication:
                return one
        raise LookupError("no such publication")

    def _all(self) -> list[Publication]:
        if self._known is None:
            self._known = told(self._steps.report_steps())
        return self._known

    def _keep(  # noqa: PLR0913, PLR0917 - the facts of one event
        self, step: Step, period: Period, digest: str, by: str, note: str, content: str = ""
    ) -> None:
        record = ReportStepTaken(
            at=datetime.min,  # noqa: DTZ901 - a record's time becomes that of its commit
            by=by,
            changes=(note,) if note else (),
            step=step.value,
            first=period.first,
            last=period.last,
            digest=digest,
            note=note,
            content=content,
        )
        answer = self._writer.submit(Request(KeepRecord(record=record), _nothing)).result()
        if answer.fault is not None:
            raise answer.fault
        self._known = None


def _nothing(*_: object) -> dict[str, object]:
    return {}


def told(stored: Sequence[StoredEvent]) -> list[Publication]:
    """The snapshots that these steps made, in the order of their drafts."""
    found: dict[str, Publication] = {}
    for one in stored:
        event = one.event
        if not isinstance(event, ReportStepTaken):
            continue
        period = Period(Kind.MONTH, event.first, event.last)
        publication = found.setdefault(
            event.digest, Publication(event.digest, period, event.content)
        )
        step = Step(event.step)
        publication.steps.append(Taken(step, event.at, event.by, event.note))
        if step is Step.PUBLISHED:
            for other in found.values():
                if other is not publication and other.period == period:
                    other.replaced = other.replaced or other.state is Step.PUBLISHED
    return list(found.values())


def outside(report: ReportView) -> ReportView:
    """What may leave the office: without sheets of few people, without ways to single visits."""
    sections = [_closed(one) for one in report.sections if one.id not in INSIDE]
    return report.model_copy(update={"sections": sections})


def _closed(section: ReportSection) -> ReportSection:
    closed: dict[str, object] = {"opens": None, "whole": None, "made_of": []}
    figures = [one.model_copy(update=closed) for one in section.figures]
    tables = [_closed_table(one) for one in section.tables]
    return section.model_copy(update={"figures": figures, "tables": tables})


def _closed_table(table: ReportTable) -> ReportTable:
    rows = [
        row.model_copy(
            update={"cells": [cell.model_copy(update={"opens": None}) for cell in row.cells]}
        )
        for row in table.rows
    ]
    return table.model_copy(update={"rows": rows})
