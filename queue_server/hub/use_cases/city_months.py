"""A month of all offices: index 766 by the offices' own formulas, comparison, online shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time

from queue_server.config.report_data import IndexMetric, ReportData
from queue_server.contracts.views import Words
from queue_server.domain.office import ZONE, working_day
from queue_server.hub.contracts import month_views as v
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.fold_months import DAY, MonthBook, Span, fold, pieces
from queue_server.hub.use_cases.month_ledger import MonthSoFar, ledger_of
from queue_server.hub.use_cases.office_months import LEAST, Counted, OfficeMonth, Share, month_of
from queue_server.use_cases.reports.index_points import (
    COMPLAINED,
    DISLIKED,
    FINISHED,
    points_of,
)
from queue_server.use_cases.reports.period import Kind, Period, period_on

SHARES = [one.name for one in fields(OfficeMonth)][3:]
"""What of an office's month is compared."""


@dataclass(frozen=True, slots=True)
class MonthRead:
    """All that the figures of a month are made from."""

    period: Period
    ledgers: Mapping[str, Mapping[str, int]]
    counted: Mapping[str, Counted]
    listed: Sequence[Listed] = field(default_factory=tuple)


async def read_month(
    book: MonthBook, first: date, listed: Sequence[Listed], now: datetime
) -> MonthRead:
    """Read a month; what of it or of the months before it was not folded yet is folded first.

    The day that is not over is folded, too, but not kept.

    Raises:
        CityStoreAway: nothing is known now; what was folded stays.
    """
    period, today = period_on(Kind.MONTH, first), working_day(now)
    await fold(book, min(today, period.last + DAY))
    until = min(datetime.combine(period.last + DAY, time(), ZONE), now)
    counted, ledgers = dict[str, Counted](), dict[str, Mapping[str, int]]()
    async for one in _months(book, period, today):
        office = one.counted.office
        ledgers[office] = ledger_of(one, book.office(one.told), period.first, until)
        if one.counted.days:
            counted[office] = one.counted
    return MonthRead(period, ledgers, counted, listed)


async def _months(book: MonthBook, period: Period, today: date) -> AsyncIterator[MonthSoFar]:
    """What is kept; for a month that is not over, with today on top."""
    async for one in book.so_far(period):
        yield one
    if not period.first <= today <= period.last:
        return
    begins = list(await book.months(today))[:1] == [period.first]
    for province, after in (await book.behind(period, today)).items():
        async for some in pieces(book, Span(period, province, after, today, begins)):
            for one, _ in some:
                yield one


async def compare(book: MonthBook, first: date, now: datetime) -> list[OfficeMonth]:
    """All offices in the month that begins on `first`, by name: an order of merit would mislead.

    Raises:
        CityStoreAway: the database did not answer.
    """
    read = await read_month(book, first, (), now)
    return [month_of(read.counted[office]) for office in sorted(read.counted)]


def month_view(read: MonthRead, data: ReportData, made_at: datetime) -> v.CityMonth:
    """The figures of a month; offices by name, because an order of merit would mislead."""
    listed = {one.id: one for one in read.listed}
    heard = sorted(read.counted, key=lambda office: (_name(listed, office).vi, office))
    months = {office: month_of(read.counted[office]) for office in heard}
    vi, en = read.period.name()
    return v.CityMonth(
        first=read.period.first,
        last=read.period.last,
        name=Words(vi=vi, en=en),
        made_at=made_at,
        least=LEAST,
        offices=[_office(listed, months[office]) for office in heard],
        silent=len(set(listed) - set(heard)),
        metrics=[_metric(one, data) for one in data.index.metric],
        index=[index_of(read, office, data.index.metric) for office in heard],
        compared=[_compared(months[office]) for office in heard],
        online=online_shares(read, data),
        online_source=data.online.source,
    )


def index_of(read: MonthRead, office: str, metrics: Iterable[IndexMetric]) -> v.OfficeIndex:
    """The index of one office: every metric that its events have, where enough cases stand."""
    counts = _counts(read, office)
    found = {
        metric.id: (metric.points or 0.0, given)
        for metric in metrics
        if (given := points_of(metric, lambda name: counts.get(name, 0))) is not None
    }
    sure = {name: (most, one) for name, (most, one) in found.items() if one.n >= LEAST}
    return v.OfficeIndex(
        office=office,
        metrics={
            name: v.MetricPoints(points=round(one.value, 4) if name in sure else None, n=one.n)
            for name, (_, one) in found.items()
        },
        points=round(sum(one.value for _, one in sure.values()), 4) if sure else None,
        most=sum(most for most, _ in sure.values()),
    )


def _counts(read: MonthRead, office: str) -> dict[str, int]:
    """What the formulas ask for, by the names of the report's sets."""
    one = read.counted[office]
    ledger = read.ledgers.get(office)
    return dict(ledger or {}) | {
        "dossiers_filed": one.filed,
        "dossiers_reused": one.filed_reusing,
        FINISHED: one.visits_finished,
        DISLIKED: one.disliked,
        COMPLAINED: one.complaints,
    }


def online_shares(read: MonthRead, data: ReportData) -> list[v.OnlineShare]:
    """Each agency against its own target; those of the plan where any office names one of them."""
    of_agency: dict[str | None, list[str]] = defaultdict(list)
    for one in read.listed:
        of_agency[one.agency].append(one.id)
    planned = {one.name: one for one in data.online.agency}
    names: list[str | None] = list(planned) if set(planned) & set(of_agency) else []
    names += sorted(name for name in of_agency if name and name not in planned)
    if of_agency.get(None):
        names.append(None)
    return [_online(read, data, name, of_agency.get(name, [])) for name in names]


def _online(
    read: MonthRead, data: ReportData, agency: str | None, offices: Sequence[str]
) -> v.OnlineShare:
    counted = [read.counted[office] for office in offices if office in read.counted]
    filed, online = sum(one.filed for one in counted), sum(one.filed_online for one in counted)
    target, share = data.online.target_of(agency), Share(online, filed).value
    before = next((one.reached_2023 for one in data.online.agency if one.name == agency), None)
    return v.OnlineShare(
        agency=agency,
        offices=len(offices),
        filed=filed,
        online=online,
        share=None if share is None else round(share, 4),
        target=target,
        reached=None if share is None else share >= target,
        before=None if before is None else before / 100,
    )


def _name(listed: Mapping[str, Listed], office: str) -> Words:
    known = listed.get(office)
    return known.name if known else Words(vi=office, en=office)


def _office(listed: Mapping[str, Listed], month: OfficeMonth) -> v.MonthOffice:
    known = listed.get(month.office)
    return v.MonthOffice(
        id=month.office,
        name=_name(listed, month.office),
        agency=known.agency if known else None,
        area=known.area if known else None,
        days=month.days,
        tickets_a_day=round(month.tickets_a_day, 1),
    )


def _metric(metric: IndexMetric, data: ReportData) -> v.MetricOfIndex:
    return v.MetricOfIndex(
        id=metric.id,
        name=metric.name,
        formula=metric.formula,
        most=metric.points,
        missing=data.texts.reasons[metric.needs],
    )


def _compared(month: OfficeMonth) -> v.ComparedOffice:
    figures = {}
    for name in SHARES:
        share: Share = getattr(month, name)
        value = share.value
        shown = None if value is None else round(value, 4)
        figures[name] = v.ComparedShare(value=shown, n=share.whole)
    return v.ComparedOffice(office=month.office, figures=figures)
