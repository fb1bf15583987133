"""Every figure again, computed from the raw rows of the event table by other code."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays
from queue_server.config.report_data import ReportsSection
from queue_server.contracts.report_views import ReportFigure, ReportView
from queue_server.domain.events import ClockJumped
from queue_server.domain.office import Office
from queue_server.use_cases.reports.period import Kind, period_between, period_on
from queue_server.use_cases.reports.report_desk import ReportDesk, StillCounting
from queue_server.use_cases.reports.selection import SETS, Selection
from tests.fakes.big_day import SEVEN, BigDay, big_office, citizens
from tests.fakes.event_file import moved, write_events

PEOPLE = 500
ENDS = {"TicketFinished", "TicketNoShow", "TicketCancelled", "TicketExpired", "TicketVoided"}
DAYS = 3


@pytest.fixture(scope="module")
def played() -> BigDay:
    return BigDay(citizens(160.0)[::6][:PEOPLE]).play()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, played: BigDay) -> Path:
    path = tmp_path_factory.mktemp("office") / "store" / "office.db"
    first = SEVEN.date()
    days = ((first + timedelta(days=n), moved(played.events, n)) for n in range(DAYS))
    return write_events(path, days)


def desk_over(store: Path, office: Office | None = None, **settings: Any) -> ReportDesk:
    return ReportDesk(
        folds=FoldedDays(store, store.with_name("figures.db")),
        office=lambda: office or big_office(),
        targets_min=(15, 30),
        settings=ReportsSection(**settings),
        clock=SetClock(SEVEN + timedelta(days=10)),
    )


@pytest.fixture(scope="module")
def report(store: Path) -> ReportView:
    return desk_over(store, staff=26).report(period_on(Kind.MONTH, SEVEN.date()))


def figure(report: ReportView, name: str) -> ReportFigure:
    return next(f for s in report.sections for f in s.figures if f.id == name)


def raw(store: Path) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT at, kind, ticket, counter, body FROM event ORDER BY seq")
        for at, kind, ticket, counter, body in rows:
            yield {"at": at, "kind": kind, "ticket": ticket, "counter": counter, **json.loads(body)}


def again(store: Path) -> dict[str, dict[str, Any]]:
    """Each ticket, told from its events alone: nothing of ours reads them here."""
    tickets: dict[str, dict[str, Any]] = defaultdict(lambda: {"served": 0.0, "end": None})
    for event in raw(store):
        if event["ticket"] is None:
            continue
        one, at = tickets[event["ticket"]], datetime.fromisoformat(event["at"])
        match event["kind"]:
            case "TicketReserved":
                one |= {k: event[k] for k in ("service", "priority", "channel")}
                one["from"] = datetime.fromisoformat(event["issued_at"])
            case "TicketCalled":
                one.setdefault("called", at)
                one["counter"] = event["counter"]
            case "ServingStarted" | "ServingResumed":
                one["since"] = at
            case "TicketHeld" | "TicketTransferred" | "TicketReturned" | "TicketFinished":
                if one.get("since"):
                    one["served"] += (at - one.pop("since")).total_seconds()
                one["end"] = event["kind"]
                one.setdefault("did", set()).add(event["kind"])
            case "TicketNoShow":
                one["end"] = event["kind"]
    return tickets


def test_waits_are_what_the_events_say(store: Path, report: ReportView) -> None:
    tickets = again(store).values()
    waits = sorted((t["called"] - t["from"]).total_seconds() for t in tickets if "called" in t)
    assert figure(report, "issued").value == len(tickets) == PEOPLE * DAYS
    assert figure(report, "wait_mean").value == pytest.approx(fmean(waits) / 60, abs=1e-6)
    assert figure(report, "wait_mean").n == len(waits)
    for name, share in (("wait_p50", 0.5), ("wait_p90", 0.9)):
        # Kept in whole seconds, rounded up.
        exact = waits[-(-int(len(waits) * share * 10) // 10) - 1] / 60
        assert figure(report, name).value == pytest.approx(exact, abs=1 / 60)
    for name, minutes in (("over15", 15), ("over30", 30)):
        over = sum(wait > minutes * 60 for wait in waits)
        found = figure(report, name)
        assert (found.numerator, found.denominator) == (over, len(waits))


def test_waits_by_service_and_class(store: Path, report: ReportView) -> None:
    tickets = again(store).values()
    tables = {table.id: table for section in report.sections for table in section.tables}
    for table, dimension in (("waits_by_service", "service"), ("waits_by_priority", "priority")):
        means: dict[str, list[float]] = defaultdict(list)
        for one in tickets:
            if "called" in one:
                means[one[dimension]].append((one["called"] - one["from"]).total_seconds() / 60)
        rows = tables[table].rows
        assert len(rows) == len(means)
        for row in rows:
            _, _, value = (row.cells[0].opens or "").partition("=")
            assert row.cells[1].value == len(means[value])
            assert row.cells[2].value == pytest.approx(fmean(means[value]), abs=1e-6)


def test_service_minutes_and_productivity(store: Path, report: ReportView) -> None:
    tickets = again(store).values()
    served = [t["served"] for t in tickets if t["end"] == "TicketFinished"]
    assert figure(report, "served_mean").value == pytest.approx(fmean(served) / 60, abs=1e-6)
    over = figure(report, "served_over30")
    assert over.numerator == sum(seconds > 1800 for seconds in served)
    yearly = len(served) / DAYS * 250
    assert figure(report, "office_year").value == pytest.approx(yearly)
    assert figure(report, "visits_per_clerk").value == pytest.approx(yearly / 26)
    absent = figure(report, "no_show")
    assert absent.numerator == sum(t["end"] == "TicketNoShow" for t in tickets)
    sent_on = figure(report, "transferred")
    assert sent_on.numerator == sum("TicketTransferred" in t.get("did", ()) for t in tickets)


def test_every_count_is_the_length_of_the_list_behind_it(store: Path, report: ReportView) -> None:
    desk, period = desk_over(store), period_on(Kind.MONTH, SEVEN.date())
    opened = {"waited;service=a", "over15", "no_show", "finished;counter=3", "transferred"}
    cells = [c for s in report.sections for t in s.tables for row in t.rows for c in row.cells]
    counted = {c.opens: c.value for c in cells if c.unit == "count" and c.opens}
    for address in opened | set(list(counted)[:6]):
        found: list[str] = []
        after = None
        while True:
            page = desk.visits(period, Selection.parse(address), after)
            found += [visit.ticket for visit in page.visits]
            after = page.after
            if after is None:
                break
        assert len(found) == len(set(found)) == page.total, address
        assert page.total == counted.get(address, page.total)


def test_each_visit_names_its_events(store: Path) -> None:
    desk = desk_over(store)
    page = desk.visits(period_on(Kind.DAY, SEVEN.date()), Selection("finished"))
    with closing(sqlite3.connect(store)) as connection:
        for visit in page.visits[:20]:
            rows = connection.execute("SELECT seq FROM event WHERE ticket = ?", (visit.ticket,))
            assert visit.seqs == [row[0] for row in rows]


def test_folded_days_are_those_of_the_chain(store: Path) -> None:
    folds = FoldedDays(store, store.with_name("checked.db"))
    assert folds.fold_missing() == DAYS - 1, "the newest day may still grow"
    assert folds.missing() == []
    assert folds.differences() == []
    with closing(sqlite3.connect(store.with_name("checked.db"))) as connection, connection:
        connection.execute(
            "UPDATE folded_count SET n = n + 1 WHERE visits = 'issued' AND day = ?",
            (SEVEN.date().isoformat(),),
        )
    assert folds.differences() == [SEVEN.date()]
    folds.forget()
    assert len(folds.missing()) == DAYS - 1


def test_a_day_of_another_chain_is_counted_anew(tmp_path: Path, played: BigDay) -> None:
    first = SEVEN.date()
    later = (first + timedelta(days=1), moved(played.events[:40], 1))
    store = write_events(tmp_path / "a" / "office.db", [(first, played.events), later])
    other = write_events(tmp_path / "b" / "office.db", [(first, played.events[:900]), later])
    FoldedDays(store, tmp_path / "figures.db").fold_missing()
    folds = FoldedDays(other, tmp_path / "figures.db")
    assert folds.missing() == [first], "a restored store has another last event on that day"
    issued = sum(type(e).__name__ == "TicketReserved" for e in played.events[:900])
    assert folds.over(first, first).count("issued") == issued


def test_the_newest_day_grows(tmp_path: Path, played: BigDay) -> None:
    first = SEVEN.date()
    store = write_events(tmp_path / "office.db", [(first, played.events[:300])])
    folds = FoldedDays(store, tmp_path / "figures.db")
    before = folds.over(first, first).count("issued")
    write_events(store, [(first, played.events[300:900])])
    assert folds.over(first, first).count("issued") > before > 0


def test_too_many_uncounted_days_say_so_instead_of_waiting(tmp_path: Path, played: BigDay) -> None:
    first = SEVEN.date()
    short = played.events[:60]
    days = ((first + timedelta(days=n), moved(short, n)) for n in range(12))
    store = write_events(tmp_path / "office.db", days)
    desk = desk_over(store)
    year = period_on(Kind.YEAR, first)
    with pytest.raises(StillCounting, match="0 of 11 days"):
        desk.report(year)
    assert FoldedDays(store, store.with_name("figures.db")).fold_missing() == 11
    assert desk.report(year).period.days_worked == 12


def test_a_day_with_inaccurate_times_is_counted_and_those_times_are_left_out(
    tmp_path: Path, played: BigDay
) -> None:
    first, second = SEVEN.date(), SEVEN.date() + timedelta(days=1)
    broken = moved(played.events, 1)
    half = len(broken) // 2
    broken.insert(half, ClockJumped(at=broken[half].at, by_s=-600))
    store = write_events(tmp_path / "office.db", [(first, played.events), (second, broken)])
    found = desk_over(store).report(period_between(first, second))

    doubtful: set[str] = set()
    for event in raw(store):
        if event["kind"] == "ClockJumped":
            break
        if event["kind"] == "TicketReserved" and event["ticket"].endswith("-1"):
            doubtful.add(event["ticket"])
        elif event["kind"] in ENDS:
            doubtful.discard(event["ticket"])
    waits = [
        (one["called"] - one["from"]).total_seconds() / 60
        for ticket, one in again(store).items()
        if "called" in one and ticket not in doubtful
    ]
    assert len(doubtful) > 0
    assert found.period.days_inaccurate == 1
    assert figure(found, "inaccurate").value == len(doubtful)
    assert figure(found, "inaccurate_days").value == 1
    assert figure(found, "wait_mean").n == len(waits)
    assert figure(found, "wait_mean").value == pytest.approx(fmean(waits), abs=1e-6)
    assert figure(found, "issued").value == 2 * PEOPLE


def test_an_empty_period_is_a_report_that_says_so(store: Path) -> None:
    report = desk_over(store).report(period_between(date(2001, 1, 1), date(2001, 1, 31)))
    assert figure(report, "wait_mean").value is None
    assert figure(report, "wait_mean").missing is not None
    assert report.period.days_worked == 0


def test_every_set_has_a_name_that_opens() -> None:
    for name in SETS:
        assert Selection.parse(str(Selection(name, "service", "a"))) == Selection(
            name, "service", "a"
        )
