"""Filings at the kiosk over days: the figures of a report, recounted from the raw rows."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays
from queue_server.bootstrap.report_side import report_file
from queue_server.config.report_data import ReportsSection
from queue_server.contracts.report_views import ReportSection, ReportView
from queue_server.domain import dossier_events as d
from queue_server.domain.dossier import Stage
from queue_server.domain.events import Event, OfficeConfigured
from queue_server.domain.office import ZONE
from queue_server.use_cases.reports.paper import paper_of
from queue_server.use_cases.reports.period import period_between
from queue_server.use_cases.reports.report_desk import ReportDesk
from queue_server.use_cases.reports.sections_of_filing import FUNNEL
from tests.fakes.big_day import SEVEN, BigDay, big_office, citizens
from tests.fakes.event_file import moved, write_events

FIRST = SEVEN.date()
DAYS, FILINGS = 6, 80
PERIOD = period_between(FIRST + timedelta(days=1), FIRST + timedelta(days=4))
PROCEDURES = ("2.000815", "1.004873", "9.999999")


def way(number: int, rng: random.Random) -> Iterator[tuple[int, Event]]:
    """Saved at some stages, several times each, perhaps helped, over a night, and handed in."""
    day = rng.randrange(DAYS - 1)
    at = datetime.combine(FIRST + timedelta(days=day), time(9), ZONE) + timedelta(minutes=number)
    said: dict[str, Any] = {
        "dossier": f"d{number}",
        "by": "kiosk-1",
        "holder": f"h{number}",
        "procedure": rng.choice(PROCEDURES),
        "catalogue": "1",
        "service": "CT",
        "channel": rng.choice(("kiosk", "kiosk", "counter")),
        "language": "vi",
    }
    for stage in ("advise", "declare", "prepare"):
        if rng.random() < 0.25:
            continue
        for _ in range(rng.randrange(1, 4)):
            helper = rng.choice((None, None, "doan-01"))
            yield day, d.DossierSaved(at=at, stage=stage, assistant=helper, **said)
            at += timedelta(seconds=rng.randrange(5, 200))
        if rng.random() < 0.3:
            return
        if rng.random() < 0.1:
            day, at = day + 1, at + timedelta(days=1)
    places = {"place_help": "w", "place_receipt": "w", "competent": "w"}
    papers: dict[str, Any] = {"papers": 1, "digitised": 0, "reused": 0, "code": f"c{number}"}
    if day < DAYS:
        yield day, d.DossierFiled(at=at, **said, **places, **papers)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(11)
    played = BigDay(citizens(160.0)[::200][:5]).play().events
    days = {n: moved(played, n) for n in range(DAYS)}
    for number in range(FILINGS):
        for day, event in way(number, rng):
            days.setdefault(day, []).append(event)
    for events in days.values():
        opening = [e for e in events if isinstance(e, OfficeConfigured)]
        events.sort(key=lambda e: (e not in opening, e.at))
    path = tmp_path_factory.mktemp("office") / "store" / "office.db"
    return write_events(path, ((FIRST + timedelta(days=n), days[n]) for n in range(DAYS)))


@pytest.fixture(scope="module")
def report(store: Path) -> ReportView:
    folds = FoldedDays(store, store.with_name("figures.db"))
    folds.fold_missing()
    clock = SetClock(SEVEN + timedelta(days=30))
    desk = ReportDesk(folds, big_office, (15, 30), ReportsSection(), clock)
    return desk.report(PERIOD)


@pytest.fixture(scope="module")
def section(report: ReportView) -> ReportSection:
    return next(one for one in report.sections if one.id == "filing")


def recounted(store: Path) -> dict[str, dict[str, Any]]:
    """Dossier → what its rows say, of those that began in the period."""
    found: dict[str, dict[str, Any]] = {}
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT day, kind, body, at FROM event WHERE kind IN ('DossierSaved', 'DossierFiled') "
            "AND day <= ? ORDER BY seq",
            (PERIOD.last.isoformat(),),
        ).fetchall()
    for day, kind, body, at in rows:
        said = json.loads(body)
        one = found.setdefault(
            said["dossier"],
            {"day": day, "procedure": said["procedure"], "helped": False, "at": {}},
        )
        one["helped"] |= said.get("assistant") is not None or said["channel"] == "counter"
        stage = "submit" if kind == "DossierFiled" else said["stage"]
        one["at"].setdefault(stage, datetime.fromisoformat(at))
    return {n: one for n, one in found.items() if date.fromisoformat(one["day"]) >= PERIOD.first}


def test_the_figures_are_those_of_the_rows(store: Path, section: ReportSection) -> None:
    ways = recounted(store).values()
    filed = [one for one in ways if "submit" in one["at"]]
    alone = [one for one in filed if not one["helped"]]
    assert 0 < len(alone) < len(filed) < len(ways)
    values = {one.id: one.value for one in section.figures}
    assert values == {
        "filings_begun": len(ways),
        "filings_completed": len(filed) / len(ways),
        "filings_without_staff": len(alone) / len(filed),
    }


def test_each_stage_says_who_came_and_who_left_off(store: Path, section: ReportSection) -> None:
    ways = list(recounted(store).values())
    order = [stage.value for stage in Stage]
    furthest = [max(order.index(stage) for stage in one["at"]) for one in ways]
    table = next(one for one in section.tables if one.id == FUNNEL)
    for place, row in enumerate(table.rows):
        came = sum(far >= place for far in furthest)
        stopped = sum(far == place for far in furthest) if place < len(order) - 1 else 0
        took = []
        for one in ways:
            earlier = [at for stage, at in one["at"].items() if order.index(stage) < place]
            if order[place] in one["at"] and earlier:
                took.append((one["at"][order[place]] - max(earlier)).total_seconds() / 60)
        values = [cell.value for cell in row.cells]
        assert values == [came, came / len(ways), stopped, median(took) if took else None]


def test_paper_draws_the_stages_as_wide_as_their_shares(
    report: ReportView, section: ReportSection
) -> None:
    table = next(one for one in section.tables if one.id == FUNNEL)
    drawn = [t["funnel"] for s in paper_of(report, "vi")["sections"] for t in s["tables"]]
    (stages,) = (one for one in drawn if one)
    assert [one["share"] for one in stages] == [row.cells[1].value for row in table.rows]
    assert [one["label"] for one in stages] == ["Tư vấn", "Kê khai", "Chuẩn bị", "Nộp"]
    assert report_file(report, "pdf", "vi").startswith(b"%PDF")


def test_each_procedure_has_a_row(store: Path, section: ReportSection) -> None:
    begun = Counter(one["procedure"] for one in recounted(store).values())
    table = next(one for one in section.tables if one.id == "filing_procedures")
    found = {row.label.vi: row.cells[0].value or 0 for row in table.rows}
    assert sorted(found.values()) == sorted(begun.values())
    assert found["9.999999"] == begun["9.999999"], "a procedure that is known no more"
    assert "Chứng thực bản sao từ bản chính" in found
