"""A whole report of a period, section by section, the same for screen, CSV, XLSX and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.contracts.report_views import (
    PeriodView,
    ReportDossier,
    ReportOther,
    ReportView,
    ReportVisit,
)
from queue_server.contracts.views import Words
from queue_server.use_cases.reports import sections_of_law as law
from queue_server.use_cases.reports import sections_of_visits as visits
from queue_server.use_cases.reports import sections_of_work as work
from queue_server.use_cases.reports.complaint_ledger import ComplaintStanding
from queue_server.use_cases.reports.dossier_facts import DossierFact
from queue_server.use_cases.reports.figures import Figures, Ground, words
from queue_server.use_cases.reports.other_facts import OtherFact
from queue_server.use_cases.reports.period import Period
from queue_server.use_cases.reports.sections_of_filing import filing
from queue_server.use_cases.reports.visit_facts import VisitFact

LASTING = frozenset({"open", "clerk", "clock"})


@dataclass(frozen=True, slots=True)
class Made:
    """When a report was made, on which day, and up to which event."""

    at: datetime
    today: date
    seq: int


def report_of(period: Period, ground: Ground, made: Made, outcomes: dict[str, Words]) -> ReportView:
    """The report. Everything in it comes from `ground`; nothing is read here."""
    figures = Figures(ground)
    office = ground.office
    return ReportView(
        office=words(office.name_vi, office.name_en),
        period=period_view(period, ground, made.today),
        made_at=made.at,
        seq=made.seq,
        training=office.training,
        sections=[
            visits.waits(figures),
            visits.service_time(figures),
            work.productivity(figures),
            work.channels(figures),
            filing(figures),
            work.digitised(figures),
            visits.priority(figures),
            work.appointments(figures),
            visits.returned(figures, outcomes),
            visits.satisfaction(figures),
            law.index766(figures),
            law.staff(figures),
            work.accuracy(figures),
        ],
    )


def period_view(period: Period, ground: Ground, today: date) -> PeriodView:
    """The period as shown."""
    return PeriodView(
        kind=period.kind.value,
        first=period.first,
        last=period.last,
        name=words(*period.name()),
        days_worked=len(ground.now.days),
        days_inaccurate=ground.now.inaccurate_days,
        days_made_up=int(ground.now.tallies.get(("days_made_up", ""), 0)),
        complete=period.last < today,
    )


def visit_view(day: date, fact: VisitFact) -> ReportVisit:
    """One visit behind a figure."""
    return ReportVisit(
        day=day,
        ticket=fact.ticket,
        number=fact.label,
        service=fact.service,
        priority=fact.priority,
        channel=fact.channel,
        state=fact.state,
        counter=fact.counter,
        issued_at=fact.issued_at,
        counted_from=fact.arrived_at,
        called_at=fact.called_at,
        finished_at=fact.finished_at,
        wait_min=None if fact.wait_s is None else fact.wait_s / 60,
        served_min=None if fact.served_s is None else fact.served_s / 60,
        outcome=fact.outcome,
        score=fact.score,
        accurate=fact.accurate,
        seqs=list(fact.seqs),
    )


def dossier_view(day: date, fact: DossierFact) -> ReportDossier:
    """One event of a dossier behind a figure."""
    return ReportDossier(
        day=day,
        dossier=fact.dossier,
        code=fact.code,
        service=fact.service,
        channel=fact.channel,
        what=fact.what,
        at=fact.at,
        seq=fact.seq,
    )


def other_view(day: date, fact: OtherFact) -> ReportOther:
    """What else is behind a figure."""
    smile, lasting = fact.what == "smile", fact.what in LASTING
    return ReportOther(
        day=day,
        what=fact.what,
        at=fact.at,
        seq=fact.seq,
        n=fact.n if smile else None,
        share=fact.share if smile else None,
        about=fact.about,
        minutes=fact.seconds / 60 if lasting else None,
    )


def complaint_view(one: ComplaintStanding) -> ReportOther:
    """A complaint behind a figure; its words and steps stand on their own page."""
    about = "late" if one.late else "in_time"
    return ReportOther(
        day=one.day, what="complaint", at=one.at, seq=one.seq, n=None, share=None, about=about
    )
