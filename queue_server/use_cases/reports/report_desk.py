"""Where a manager gets reports, and the visits behind each of their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from queue_server.config.report_data import ReportsSection, report_data
from queue_server.contracts.report_views import ReportView, ReportVisits
from queue_server.contracts.views import Words
from queue_server.domain.appeal import Appeal
from queue_server.domain.office import ZONE, Office, working_day
from queue_server.use_cases.ports import Clock
from queue_server.use_cases.reports.complaint_ledger import (
    ComplaintStanding,
    KeptComplaint,
    complaint_standings,
    complaints_of,
)
from queue_server.use_cases.reports.dossier_facts import DossierFact
from queue_server.use_cases.reports.dossier_ledger import DossierStanding, chosen_of, standings
from queue_server.use_cases.reports.figures import Ground
from queue_server.use_cases.reports.filing_ways import filings_of, ways_of
from queue_server.use_cases.reports.fold import Folded
from queue_server.use_cases.reports.other_facts import OtherFact
from queue_server.use_cases.reports.period import Kind, Period
from queue_server.use_cases.reports.report import (
    Made,
    complaint_view,
    dossier_view,
    other_view,
    report_of,
    visit_view,
)
from queue_server.use_cases.reports.selection import Selection, SelectionRefused
from queue_server.use_cases.reports.staff_sheet import staff_sheet
from queue_server.use_cases.reports.visit_facts import DayFacts, VisitFact

PAGE = 100
COMPARED_DAYS = 366
"""A longer range is not compared with the one before it."""


class StillCounting(Exception):  # noqa: N818 - a state
    """Past days are being folded; `done` of `of` are ready."""

    def __init__(self, done: int, of: int) -> None:
        super().__init__(
            f"đã tính {done} trên {of} ngày, xin thử lại sau ít phút / "
            f"{done} of {of} days are counted; try again in a moment"
        )
        self.done = done
        self.of = of


class DayFolds(Protocol):
    """The days of the store, folded. Every method may raise `StoreUnavailable`."""

    def over(self, first: date, last: date, *, groups: bool = True) -> Folded:
        """The days from `first` to `last` put together; times of all, or also of each group.

        Raises:
            StillCounting: too many of them are not folded yet.
        """
        ...

    def days_with(self, first: date, last: date, chosen: Selection) -> Sequence[tuple[date, int]]:
        """The days that have such visits, and how many.

        Raises:
            StillCounting: too many of them are not folded yet.
        """
        ...

    def dossiers_until(self, first: date, last: date) -> Iterable[tuple[date, DossierFact]]:
        """Events of dossiers up to `last`, in order; who ended before `first` may be left out.

        Raises:
            StillCounting: too many days before `last` are not folded yet.
        """
        ...

    def facts(self, day: date) -> DayFacts:
        """The visits of one day."""
        ...

    def last_seq(self) -> int:
        """The number of the newest event."""
        ...


@dataclass(slots=True)
class ReportDesk:
    """Makes reports; may be asked from any thread. It reads the store: not in the event loop."""

    folds: DayFolds
    office: Callable[[], Office]
    targets_min: tuple[float, float]
    settings: ReportsSection
    clock: Clock
    outcomes: Mapping[str, Words] = field(default_factory=dict)
    complaints: Callable[[], Sequence[KeptComplaint]] = tuple
    appeals: Callable[[], Sequence[Appeal]] = tuple

    def report(self, period: Period) -> ReportView:
        """The report of a period, with the period before beside it.

        Raises:
            StillCounting, StoreUnavailable: it cannot be made now.
        """
        before = period.before()
        compared = period.kind is not Kind.RANGE or period.days <= COMPARED_DAYS
        made = self._made()
        earlier = self.folds.over(before.first, before.last, groups=False) if compared else Folded()
        return report_of(period, self._ground(period, earlier), made, dict(self.outcomes))

    def staff_sheet(self, period: Period, only: str | None = None) -> ReportView:
        """The sheet of work by person; `only` is who may see no other.

        Raises:
            StillCounting, StoreUnavailable: it cannot be made now.
        """
        made = self._made()
        return staff_sheet(period, self._ground(period, Folded()), made, only, self.appeals())

    def _made(self) -> Made:
        at = self.clock.now()
        return Made(at, working_day(at), self.folds.last_seq())

    def _ground(self, period: Period, before: Folded) -> Ground:
        good, limit = self.targets_min
        facts = list(self.folds.dossiers_until(period.first, period.last))
        return Ground(
            now=self.folds.over(period.first, period.last),
            before=before,
            office=self.office(),
            good_min=good,
            limit_min=limit,
            settings=self.settings,
            data=report_data(),
            dossiers=self._standings(period, facts),
            filings=ways_of(facts, period.first),
            complaints=self._complaints(period),
        )

    def visits(self, period: Period, chosen: Selection, after: str | None = None) -> ReportVisits:
        """The next `PAGE` visits behind a figure, after the place that the last answer named.

        Raises:
            SelectionRefused: `after` is no place.
            StillCounting, StoreUnavailable: they cannot be read now.
        """
        if chosen.of_period:
            return self._dossiers(period, chosen, after)
        if chosen.of_filings:
            return self._filings(period, chosen, after)
        if chosen.of_complaints:
            return self._register(period, chosen, after)
        days = self.folds.days_with(period.first, period.last, chosen)
        start, skip = _place(after, period.first)
        found: list[tuple[date, VisitFact | DossierFact | OtherFact]] = []
        more = None
        for day, _ in days:
            if day < start:
                continue
            skipped = skip if day == start else 0
            facts = behind(self.folds.facts(day), chosen)[skipped:]
            room = PAGE - len(found)
            found += [(day, fact) for fact in facts[:room]]
            if len(facts) > room:
                more = f"{day}:{skipped + room}"
                break
        return ReportVisits(
            total=sum(n for _, n in days),
            visits=[visit_view(day, one) for day, one in found if isinstance(one, VisitFact)],
            dossiers=[dossier_view(day, one) for day, one in found if isinstance(one, DossierFact)],
            others=[other_view(day, one) for day, one in found if isinstance(one, OtherFact)],
            after=more,
        )

    def _until(self, period: Period) -> datetime:
        """When the period ended, or now."""
        end = datetime.combine(period.last + timedelta(days=1), time(), ZONE)
        return min(end, self.clock.now())

    def _standings(
        self, period: Period, facts: Iterable[tuple[date, DossierFact]]
    ) -> list[DossierStanding]:
        """Dossiers as they stood when the period ended, or stand now."""
        return standings(facts, period.first, self._until(period))

    def _complaints(self, period: Period) -> list[ComplaintStanding]:
        """Complaints as they stood then."""
        known, until = self.complaints(), self._until(period)
        return complaint_standings(known, self.office(), period.first, until)

    def _register(self, period: Period, chosen: Selection, after: str | None) -> ReportVisits:
        found = complaints_of(self._complaints(period), chosen.visits)
        _, skip = _place(after, period.first)
        more = skip + PAGE < len(found)
        return ReportVisits(
            total=len(found),
            visits=[],
            others=[complaint_view(one) for one in found[skip : skip + PAGE]],
            after=f"{period.first}:{skip + PAGE}" if more else None,
        )

    def _filings(self, period: Period, chosen: Selection, after: str | None) -> ReportVisits:
        ways = ways_of(self.folds.dossiers_until(period.first, period.last), period.first)
        found = [w.last for w in filings_of(ways, chosen.visits, chosen.value) if w.last]
        _, skip = _place(after, period.first)
        more = skip + PAGE < len(found)
        return ReportVisits(
            total=len(found),
            visits=[],
            dossiers=[dossier_view(day, fact) for day, fact in found[skip : skip + PAGE]],
            after=f"{period.first}:{skip + PAGE}" if more else None,
        )

    def _dossiers(self, period: Period, chosen: Selection, after: str | None) -> ReportVisits:
        facts = self.folds.dossiers_until(period.first, period.last)
        found = chosen_of(self._standings(period, facts), chosen.visits)
        _, skip = _place(after, period.first)
        shown = found[skip : skip + PAGE]
        more = skip + PAGE < len(found)
        return ReportVisits(
            total=len(found),
            visits=[],
            dossiers=[dossier_view(one.day, one.fact) for one in shown],
            after=f"{period.first}:{skip + PAGE}" if more else None,
        )


def behind(facts: DayFacts, chosen: Selection) -> Sequence[VisitFact | DossierFact | OtherFact]:
    """What of a day stands behind a figure, in order."""
    if chosen.of_others:
        return [fact for fact in facts.others if chosen.holds_other(fact)]
    if chosen.of_dossiers:
        return [fact for fact in facts.dossiers if chosen.holds_dossier(fact)]
    return [visit for visit in facts.visits if chosen.holds(visit)]


def _place(after: str | None, first: date) -> tuple[date, int]:
    if after is None:
        return first, 0
    day, _, index = after.partition(":")
    try:
        return date.fromisoformat(day), max(0, int(index))
    except ValueError:
        raise SelectionRefused(
            f"'{after[:40]}' không phải một chỗ trong danh sách lượt / "
            f"'{after[:40]}' is no place in a list of visits"
        ) from None
