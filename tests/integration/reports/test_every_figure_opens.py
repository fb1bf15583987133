"""Every number of a report and of the staff sheet leads to the events that it was counted from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays
from queue_server.config.report_data import ReportsSection
from queue_server.contracts.report_views import ReportFigure, ReportView, ReportVisits
from queue_server.domain import appointment_events as b
from queue_server.domain import commands as c
from queue_server.domain import dossier_events as d
from queue_server.domain.complaint import Complaint
from queue_server.domain.complaint import filed as complaint_filed
from queue_server.domain.complaint_events import ComplaintFiled
from queue_server.domain.events import Event
from queue_server.domain.smile_events import SmilesCounted
from queue_server.use_cases.reports.complaint_ledger import KeptComplaint
from queue_server.use_cases.reports.period import Kind, period_on
from queue_server.use_cases.reports.report_desk import ReportDesk
from queue_server.use_cases.reports.selection import Selection
from tests.fakes.event_file import moved, write_events
from tests.fakes.office_days import DAY, EIGHT, OFFICE, DayPlay

NO_EVENTS = frozenset({"online_targets", "index766_groups"})
"""The plan's own table, and sums of metrics that stand above it, each of which opens."""
MONTH = period_on(Kind.MONTH, DAY)


def busy_day() -> DayPlay:
    """Of everything that is counted, something happens."""
    play = DayPlay()
    play.do(c.NoteClerk(counter=1, person="lan"))
    for number in range(4):
        play.issue("a")
        play.later(minutes=9)
        play.serve(1)
        play.later(minutes=6)
        outcome = "MISSING_PAPERS" if number == 1 else "NORMAL"
        ticket = play.at_counter(c.Finish, 1, outcome=outcome)
        if number < 3:
            play.do(c.RateVisit(ticket=ticket.id, score=(1, 5, 4)[number]))
    play.do(c.CloseCounter(counter=1))
    play.issue("b")
    play.serve(2)
    play.later(minutes=40)
    play.at_counter(c.Finish, 2)
    play.issue("c")
    play.do(c.NoteClockJump(by_s=600))
    play.events += list(beside(play.at))
    play.do(c.CloseDay())
    return play


def beside(at: datetime) -> Iterator[Event]:
    """What no counter has to do with: a book, dossiers, smiles, complaints."""
    for name in ("kept", "missed", "gone"):
        yield b.AppointmentBooked(
            at=at, appointment=name, code=name, service="a", slot_at=at, channel="k", language="vi"
        )
    yield b.AppointmentCheckedIn(at=at, appointment="kept", ticket="t1")
    yield b.AppointmentMissed(at=at, appointment="missed")
    yield b.AppointmentCancelled(at=at, appointment="gone")
    yield b.HomeVisitRequested(
        at=at,
        visit="v",
        code="v",
        service="a",
        on=DAY,
        part="morning",
        priority="normal",
        language="vi",
    )
    yield b.HomeVisitEnded(at=at, visit="v", done=True)
    for name in ("d1", "d2"):
        yield filed(name, at)
    yield d.DossierFinished(at=at, dossier="d1", by="c", on_the_spot=True, in_time=True)
    yield d.DossierSupplementAsked(at=at, dossier="d2", by="c", reason="thiếu", open_days=2)
    yield SmilesCounted(at=at, window_from=at, minutes=15, n=12, share=0.5, low=0.4, high=0.6)
    yield ComplaintFiled(at=at, complaint="k", text="Chờ lâu", source="letter")


def filed(name: str, at: datetime) -> d.DossierFiled:
    return d.DossierFiled(
        at=at,
        dossier=name,
        by="kiosk-1",
        holder=f"h-{name}",
        code=f"code-{name}",
        procedure="2.000815",
        catalogue="2026",
        service="a",
        channel="kiosk",
        language="vi",
        place_help="ward",
        place_receipt="ward",
        competent="ward",
        papers=2,
        digitised=1,
        reused=1,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> ReportDesk:
    """A report over a folded day and one that still grows."""
    events = busy_day().events
    folder = tmp_path_factory.mktemp("office")
    days = [(DAY, events), (DAY + timedelta(days=1), moved(busy_day().events, 1))]
    store = write_events(folder / "office.db", days)
    seq = 1 + next(n for n, event in enumerate(events) if isinstance(event, ComplaintFiled))
    complaint = complained(events[seq - 1])
    return ReportDesk(
        folds=FoldedDays(store, folder / "figures.db"),
        office=lambda: OFFICE,
        targets_min=(15, 30),
        settings=ReportsSection(staff=2, fewest=1),
        clock=SetClock(EIGHT + timedelta(days=5)),
        complaints=lambda: [KeptComplaint(seq, complaint)],
    )


def complained(event: Event) -> Complaint:
    assert isinstance(event, ComplaintFiled)
    return complaint_filed(event)


def behind(desk: ReportDesk, opens: str, day: date | None = None) -> ReportVisits:
    period = MONTH if day is None else period_on(Kind.DAY, day)
    return desk.visits(period, Selection.parse(opens))


def entries(found: ReportVisits) -> list[list[int]]:
    """The numbers of the events of each entry."""
    singles = [*found.dossiers, *found.others]
    return [one.seqs for one in found.visits] + [[one.seq] for one in singles]


def numbers(report: ReportView) -> Iterator[tuple[str, float, str | None, date | None]]:
    """Each number that is not nothing: where it stands, its value, what opens it, of which day."""
    for section in report.sections:
        for figure in section.figures:
            yield from _of_figure(figure)
        for table in section.tables:
            for row in table.rows if table.id not in NO_EVENTS else ():
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if cell.value:
                        where = f"{table.id}, {row.label.en}, {column.en}"
                        yield where, cell.value, cell.opens, row.day


def _of_figure(figure: ReportFigure) -> Iterator[tuple[str, float, str | None, date | None]]:
    for part in figure.made_of:
        if part.value:
            yield f"{figure.id}: {part.label.en}", part.value, part.opens, None
    if figure.denominator and figure.whole:
        yield f"{figure.id}, whole", figure.denominator, figure.whole, None
    if figure.value and not figure.made_of:
        yield figure.id, figure.value, figure.opens, None


def test_every_number_of_a_report_opens_events_of_the_chain(desk: ReportDesk) -> None:
    report, newest = desk.report(MONTH), desk.folds.last_seq()
    closed, empty = [], []
    seen = 0
    for where, _, opens, day in numbers(report):
        if opens is None:
            closed.append(where)
            continue
        found = entries(behind(desk, opens, day))
        seen += 1
        if not found or not all(0 < seq <= newest for seqs in found for seq in seqs):
            empty.append(where)
    assert (closed, empty) == ([], [])
    assert seen > 100


def test_every_count_is_the_length_of_its_list(desk: ReportDesk) -> None:
    wrong = []
    for section in desk.report(MONTH).sections:
        for figure in section.figures:
            pairs = [(part.value, part.opens) for part in figure.made_of]
            if figure.whole:
                pairs.append((figure.denominator or 0, figure.whole))
            if figure.unit == "share" and figure.whole and figure.opens:
                pairs.append((figure.numerator or 0, figure.opens))
            if figure.unit == "count" and figure.id != "inaccurate_days" and figure.opens:
                pairs.append((figure.value or 0, figure.opens))
            wrong += [(figure.id, n, o) for n, o in pairs if behind(desk, o).total != n]
        for table in section.tables:
            for row in table.rows:
                wrong += [
                    (table.id, cell.value, cell.opens)
                    for cell in row.cells
                    if cell.unit == "count"
                    and cell.opens
                    and behind(desk, cell.opens, row.day).total != cell.value
                ]
    assert wrong == []


def test_the_staff_sheet_opens_too_and_hours_are_the_times_behind_them(desk: ReportDesk) -> None:
    sheet = desk.staff_sheet(MONTH)
    for where, value, opens, _ in numbers(sheet):
        assert opens is not None, where
        found = behind(desk, opens)
        assert entries(found), where
        if where.endswith("Hours at counters"):
            assert sum(one.minutes or 0 for one in found.others) == pytest.approx(value * 60)
    labels = [row.label.en for row in sheet.sections[0].tables[0].rows]
    assert labels == ["lan", "Not known (keypad alone)"]


def test_index_766_counts_complaints_by_their_clocks(desk: ReportDesk) -> None:
    figures = {f.id: f for s in desk.report(MONTH).sections for f in s.figures}
    late = figures["index_5.2"]
    assert (late.value, late.numerator, late.denominator) == (0, 0, 1), "nobody classified it"
    assert figures["index_5.1"].numerator == 0
    assert figures["index_5.3"].missing is not None
    assert behind(desk, late.whole or "").others[0].about == "late"
