"""Turns folded days into figures that carry their formula, their parts and what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queue_server.config.report_data import FigureText, ReportData, ReportsSection
from queue_server.contracts.report_views import (
    ReportCell,
    ReportFigure,
    ReportRow,
    ReportTable,
    Standing,
)
from queue_server.contracts.views import Words
from queue_server.domain.office import Office
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.filing_measures import Way
from queue_server.use_cases.reports.complaint_ledger import ComplaintStanding
from queue_server.use_cases.reports.dossier_ledger import DossierStanding
from queue_server.use_cases.reports.fold import Folded, Times, quantile_min
from queue_server.use_cases.reports.selection import Selection

PRIORITY_WORDS = {
    PriorityClass.NORMAL: ("Không ưu tiên", "No priority"),
    PriorityClass.AGE_60: ("Từ 60 tuổi", "60 and older"),
    PriorityClass.AGE_80: ("Từ 80 tuổi", "80 and older"),
    PriorityClass.PREGNANT: ("Phụ nữ mang thai", "Pregnant"),
    PriorityClass.DISABLED: ("Người khuyết tật", "Disabled"),
    PriorityClass.MERIT: ("Người có công", "War invalid or merit"),
    PriorityClass.SMALL_CHILD: ("Có con nhỏ", "With a small child"),
}


def words(vi: str, en: str) -> Words:
    """One text in both languages."""
    return Words(vi=vi, en=en)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a report is made from: its days, those before, and what they are held against."""

    now: Folded
    before: Folded
    office: Office
    good_min: float
    limit_min: float
    settings: ReportsSection
    data: ReportData
    dossiers: Sequence[DossierStanding] = ()
    filings: Sequence[Way] = ()
    complaints: Sequence[ComplaintStanding] = ()


def standing(value: float | None, good: float, limit: float) -> Standing | None:
    """On target, near the limit or over it, for what should be small."""
    if value is None:
        return None
    if value <= good:
        return "good"
    return "near" if value <= limit else "over"


def service_words(office: Office, service: str) -> Words:
    """The name of a service, or its id where the office gave it up."""
    known = office.services.get(service)
    return words(known.name_vi, known.name_en) if known else words(service, service)


def priority_words(value: str) -> Words:
    """The name of a priority class."""
    return words(*PRIORITY_WORDS[PriorityClass(value)])


class Figures:
    """Makes the figures of one report."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._texts = ground.data.texts

    def _text(self, name: str) -> FigureText:
        return self._texts.figures[name]

    def section_title(self, name: str) -> Words:
        """The heading of a section."""
        return self._texts.sections[name]

    def reason(self, name: str) -> Words:
        """Why something cannot be measured."""
        return self._texts.reasons[name]

    def missing(self, name: str, reason: str | None = None, **more: object) -> ReportFigure:
        """A figure that this office cannot measure, with the reason."""
        why = self.reason(reason or self._text(name).missing or "few")
        return self._figure(name, value=None, missing=why, **more)

    def count(self, name: str, selection: Selection) -> ReportFigure:
        """How many visits."""
        n = self.ground.now.counts[selection]
        before = self.ground.before.counts[selection] if self.ground.before.days else None
        return self._figure(name, value=n, n=n, opens=str(selection), before=before)

    def amount(self, name: str, value: float | None, **more: object) -> ReportFigure:
        """A figure with a value computed by the section."""
        return self._figure(name, value=value, **more)

    def share(self, name: str, part: str, whole: str, **more: object) -> ReportFigure:
        """Visits of one set over those of another."""
        now, before = self.ground.now, self.ground.before
        some, everybody = now.count(part), now.count(whole)
        if not everybody:
            return self.missing(name, self._text(name).missing or "few", **_beside_nothing(more))
        return self._figure(
            name,
            value=some / everybody,
            n=everybody,
            numerator=some,
            denominator=everybody,
            before=ratio(before.count(part), before.count(whole)),
            opens=part,
            whole=whole,
            **more,
        )

    def mean(self, name: str, selection: Selection, **more: object) -> ReportFigure:
        """Mean minutes of a set."""
        times = _times(self.ground.now, selection)
        if not times.n:
            return self.missing(name, "few")
        return self._figure(
            name,
            value=times.mean_min(),
            n=times.n,
            numerator=times.total_s / 60,
            denominator=times.n,
            before=_times(self.ground.before, selection).mean_min(),
            opens=str(selection),
            **more,
        )

    def quantiles(self, visits: str, names: dict[str, float]) -> list[ReportFigure]:
        """Quantiles of a set by figure name."""
        times = self.ground.now.timed(visits)
        if not times.n:
            return [self.missing(name, "few") for name in names]
        was = quantile_min(self.ground.before.timed(visits), *names.values())
        found = quantile_min(times, *names.values())
        return [
            self._figure(name, value=value, n=times.n, before=before, opens=visits)
            for name, value, before in zip(names, found, was, strict=True)
        ]

    def _figure(self, name: str, **values: object) -> ReportFigure:
        text = self._text(name)
        said = {
            "id": name,
            "label": text.label,
            "unit": text.unit,
            "formula": text.formula,
            "source": text.source,
        }
        return ReportFigure.model_validate(said | values)


def _beside_nothing(more: dict[str, object]) -> dict[str, object]:
    """A target is said also where nothing was reached; a standing is not."""
    return {name: value for name, value in more.items() if name != "standing"}


def _times(days: Folded, selection: Selection) -> Times:
    return days.times.get(selection, Times())


def ratio(part: float, whole: float) -> float | None:
    """Part over whole; None over nothing."""
    return part / whole if whole else None


WAIT_COLUMNS = [
    words("Lượt lấy số", "Tickets"),
    words("Được gọi", "Called"),
    words("Trung bình", "Mean"),
    words("Trung vị", "P50"),
    words("P90", "P90"),
    words("> 15 phút", "> 15 min"),
    words("> 30 phút", "> 30 min"),
]


def wait_table(
    figures: Figures, dimension: str, title: Words, first: Words, labels: dict[str, Words]
) -> ReportTable:
    """Waits by one dimension: a row for each value that occurs."""
    rows = [
        ReportRow(label=label, cells=_wait_cells(figures.ground, dimension, value))
        for value, label in labels.items()
    ]
    return ReportTable(
        id=f"waits_by_{dimension}", title=title, first=first, columns=WAIT_COLUMNS, rows=rows
    )


def _wait_cells(ground: Ground, dimension: str, value: str) -> list[ReportCell]:
    now = ground.now

    def opens(visits: str) -> str:
        return str(Selection(visits, dimension, value))

    times = now.timed("waited", dimension, value)
    p50, p90 = quantile_min(times, 0.5, 0.9)
    mean = times.mean_min()
    cells = [
        count_cell(now, "issued", dimension, value),
        count_cell(now, "waited", dimension, value),
    ]
    cells.append(
        ReportCell(
            value=mean,
            unit="min",
            opens=opens("waited"),
            standing=standing(mean, ground.good_min, ground.limit_min),
        )
    )
    cells += [ReportCell(value=v, unit="min", opens=opens("waited")) for v in (p50, p90)]
    for visits in ("over15", "over30"):
        part = now.count(visits, dimension, value)
        cells.append(ReportCell(value=ratio(part, times.n), unit="share", opens=opens(visits)))
    return cells


def count_cell(now: Folded, visits: str, dimension: str, value: str) -> ReportCell:
    """How many visits of a set have this value."""
    selection = Selection(visits, dimension, value)
    return ReportCell(value=now.counts[selection], unit="count", opens=str(selection))
