"""Dossiers that live longer than a day, index 2.1 and 5.4, and smiles: recounted from raw rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays
from queue_server.config.report_data import ReportsSection
from queue_server.contracts.report_views import ReportFigure, ReportView
from queue_server.domain.complaint_events import ComplaintFiled
from queue_server.domain.events import Event
from queue_server.domain.office import ZONE
from queue_server.domain.smile_events import SmilesCounted
from queue_server.use_cases.reports.period import Period, period_between
from queue_server.use_cases.reports.report_desk import ReportDesk
from queue_server.use_cases.reports.selection import Selection
from tests.fakes.big_day import SEVEN, big_office
from tests.fakes.long_dossiers import write_weeks

FIRST = SEVEN.date()
DAYS, DOSSIERS = 12, 120
PERIOD = period_between(FIRST + timedelta(days=4), FIRST + timedelta(days=8))
END = datetime.combine(PERIOD.last + timedelta(days=1), time(), ZONE)


def others_of(day: int) -> Iterator[Event]:
    at = datetime.combine(FIRST + timedelta(days=day), time(10), ZONE)
    for source in ("letter", "low_rating"):
        yield ComplaintFiled(at=at, complaint=f"{source}{day}", text="x", source=source)
    share = 0.4 + day / 40
    smiles = {"minutes": 30, "n": 10 + day, "share": share, "low": share - 0.2, "high": share + 0.1}
    yield SmilesCounted(at=at, window_from=at, **smiles)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "store" / "office.db"
    return write_weeks(path, FIRST, DAYS, DOSSIERS, others_of)


@pytest.fixture(scope="module")
def desk(store: Path) -> ReportDesk:
    folds = FoldedDays(store, store.with_name("figures.db"))
    folds.fold_missing()
    return ReportDesk(
        folds=folds,
        office=big_office,
        targets_min=(15, 30),
        settings=ReportsSection(),
        clock=SetClock(SEVEN + timedelta(days=30)),
    )


def raw(store: Path, prefix: str) -> list[tuple[int, date, str, dict[str, Any]]]:
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT seq, day, kind, body, at FROM event WHERE kind LIKE ? ORDER BY seq",
            (f"{prefix}%",),
        )
        return [
            (seq, date.fromisoformat(day), kind, json.loads(body) | {"at": at})
            for seq, day, kind, body, at in rows
        ]


def figure(report: ReportView, name: str) -> ReportFigure:
    return next(f for s in report.sections for f in s.figures if f.id == name)


def recount(store: Path, period: Period) -> dict[str, tuple[int, bool]]:
    """Dossier → its last event of the period and whether it is overdue, by the words of 2.1."""
    lives: dict[str, list[tuple[int, date, str, dict[str, Any]]]] = {}
    for row in raw(store, "Dossier"):
        if row[1] <= period.last:
            lives.setdefault(row[3]["dossier"], []).append(row)
    found = {}
    for name, life in lives.items():
        seq, day, kind, body = life[-1]
        over = kind in {"DossierFinished", "DossierRefused", "DossierStopped"}
        if over and day < period.first:
            continue
        asked = sum(row[2] == "DossierSupplementAsked" for row in life)
        steps = [r for r in life if r[2] not in {"DossierRefused", "DossierStopped"}]
        stands = steps[-1][2] == "DossierSupplementAsked"
        dues = [r[3]["due_at"] for r in life if r[3].get("due_at")]
        seen = datetime.fromisoformat(body["at"]) if over else END
        late = not stands and seen > datetime.fromisoformat(dues[-1])
        if kind == "DossierFinished":
            late = not body["in_time"]
        found[name] = (seq, late or asked > 1)
    return found


def test_metric_2_1_counts_received_and_running_and_opens_each(
    store: Path, desk: ReportDesk
) -> None:
    report, known = desk.report(PERIOD), recount(store, PERIOD)
    late = {name for name, (_, overdue) in known.items() if overdue}
    assert 5 < len(late) < len(known) < DOSSIERS
    found = figure(report, "index_2.1")
    assert (found.numerator, found.denominator) == (len(known) - len(late), len(known))
    assert found.value == pytest.approx(20 * (len(known) - len(late)) / len(known))
    for name, wanted in (("dossiers_counted", set(known)), ("dossiers_overdue", late)):
        opened = desk.visits(PERIOD, Selection.parse(name))
        assert opened.total == len(wanted)
        shown = list(opened.dossiers)
        while opened.after is not None:
            opened = desk.visits(PERIOD, Selection.parse(name), opened.after)
            shown += opened.dossiers
        assert {one.dossier: one.seq for one in shown} == {one: known[one][0] for one in wanted}


def test_metric_5_4_and_its_separate_neighbours(store: Path, desk: ReportDesk) -> None:
    report, known = desk.report(PERIOD), recount(store, PERIOD)
    inside = range((PERIOD.first - FIRST).days, (PERIOD.last - FIRST).days + 1)
    days = {FIRST + timedelta(days=n) for n in inside}
    finished = sum(row[1] in days for row in raw(store, "TicketFinished"))
    low = sum(row[1] in days and row[3]["score"] <= 2 for row in raw(store, "TicketRated"))
    filed = [row for row in raw(store, "ComplaintFiled") if row[1] in days]
    complaints = sum(row[3]["source"] != "low_rating" for row in filed)
    assert (len(filed), complaints) == (10, 5)
    overdue = sum(over for _, over in known.values()) / len(known)
    share = 1 - overdue - (low + complaints) / finished
    assert figure(report, "index_5_4").value == pytest.approx(share)
    assert figure(report, "index_5.4").value == pytest.approx(min(6, share * 6 / 0.9))
    windows = [row[3] for row in raw(store, "SmilesCounted") if row[1] in days]
    n = sum(one["n"] for one in windows)
    smile = figure(report, "smile")
    assert smile.n == n
    assert smile.value == pytest.approx(sum(one["n"] * one["share"] for one in windows) / n)
    down = sqrt(sum((one["n"] * (one["share"] - one["low"])) ** 2 for one in windows)) / n
    assert smile.target_words is not None
    assert smile.value is not None
    assert f"{smile.value - down:.0%}" in smile.target_words.en
    opened = desk.visits(PERIOD, Selection.parse("smile_windows"))
    assert [one.n for one in opened.others] == [one["n"] for one in windows]
    assert len(desk.visits(PERIOD, Selection.parse("complaints_filed")).others) == complaints


def test_the_newest_day_counts_with_those_that_are_folded(store: Path, desk: ReportDesk) -> None:
    whole = period_between(FIRST, FIRST + timedelta(days=DAYS - 1))
    found = figure(desk.report(whole), "index_2.1")
    assert found.denominator == len(recount(store, whole)) == DOSSIERS
