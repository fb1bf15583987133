"""Figures of dossiers from their events: online share, time, re-use, index 4.3, the exemption."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from queue_server.config.report_data import ReportsSection, report_data
from queue_server.contracts.report_views import ReportFigure, ReportView
from queue_server.domain import dossier_events as d
from queue_server.domain.office import ZONE
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.dossier_facts import DossierFact, dossier_fact
from queue_server.use_cases.reports.dossier_ledger import standings
from queue_server.use_cases.reports.figures import Ground
from queue_server.use_cases.reports.fold import Folded, folded
from queue_server.use_cases.reports.period import Kind, period_on
from queue_server.use_cases.reports.report import Made, report_of
from queue_server.use_cases.reports.report_desk import behind
from queue_server.use_cases.reports.selection import Selection
from queue_server.use_cases.reports.visit_facts import DayFacts
from tests.fakes.report_sample import sample_office

DAY = date(2026, 5, 12)
AT = datetime(2026, 5, 12, 9, tzinfo=ZONE)


def filed(number: int, channel: str = "kiosk", **papers: int) -> d.DossierFiled:
    said = {"papers": 2, "digitised": 0, "reused": 0} | papers
    return d.DossierFiled(
        at=AT,
        dossier=f"d{number}",
        by="kiosk-1",
        holder=f"h{number}",
        code=f"H00.00-260512-{number:04d}",
        procedure="2.000815",
        catalogue="2026",
        service="CT",
        channel=channel,
        language="vi",
        place_help="ward",
        place_receipt="ward",
        competent="ward",
        **said,
    )


EVENTS = [
    *(filed(n) for n in range(6)),
    filed(6, "online", digitised=2, reused=1),
    filed(7, "online", digitised=1),
    d.DossierFinished(at=AT, dossier="d0", by="c", on_the_spot=True, in_time=True),
    d.DossierFinished(at=AT, dossier="d1", by="c", on_the_spot=False, in_time=True),
    d.DossierFinished(at=AT, dossier="d2", by="c", on_the_spot=False, in_time=False),
    d.DossierSupplementAsked(at=AT, dossier="d3", by="c", reason="thiếu tờ khai", open_days=2),
    d.DossierSeen(at=AT, dossier="d3", by="c", what="answers"),
    d.DossierErased(
        at=AT, dossier="d8", by="office", holder="h8", reason="Hết thời hạn lưu 90 ngày"
    ),
    d.DossierErased(at=AT, dossier="d9", by="admin", holder="h9", reason="Theo yêu cầu"),
]


@pytest.fixture(scope="module")
def facts() -> DayFacts:
    stored = (dossier_fact(StoredEvent(seq, event)) for seq, event in enumerate(EVENTS, 1))
    return DayFacts(day=DAY, visits=(), dossiers=tuple(one for one in stored if one))


def report(facts: DayFacts, **settings: object) -> ReportView:
    ground = Ground(
        now=folded([facts]),
        before=Folded(),
        office=sample_office(),
        good_min=15,
        limit_min=30,
        settings=ReportsSection.model_validate({"agency": "Sở Tư pháp", **settings}),
        data=report_data(),
    )
    return report_of(period_on(Kind.DAY, DAY), ground, Made(AT, DAY, 13), {})


def figure(made: ReportView, name: str) -> ReportFigure:
    return next(f for s in made.sections for f in s.figures if f.id == name)


def test_shares_are_parts_over_wholes(facts: DayFacts) -> None:
    made = report(facts, staff=1)
    parts = {
        "online_share": (2, 8),
        "digitised_intake": (2, 8),
        "reused": (1, 8),
        "dossiers_in_time": (2, 3),
        "dossiers_on_the_spot": (1, 3),
    }
    for name, (some, whole) in parts.items():
        found = figure(made, name)
        assert (found.numerator, found.denominator) == (some, whole), name
        assert found.value == pytest.approx(some / whole)


def test_the_online_share_is_held_against_the_agencys_own_target(facts: DayFacts) -> None:
    online = figure(report(facts), "online_share")
    assert (online.target, online.standing) == (0.3, "over")
    other = figure(report(facts, agency="nobody"), "online_share")
    assert other.target == 0.5


def test_index_4_3_gives_its_points_and_the_rest_says_what_it_needs(facts: DayFacts) -> None:
    made = report(facts)
    reused = figure(made, "index_4.3")
    assert reused.value == pytest.approx(2 * (1 / 8) / 0.8)
    assert (reused.numerator, reused.denominator) == (1, 8)
    index = next(s for s in made.sections if s.id == "index766")
    assert len(index.figures) == 23
    assert all(f.value is not None or f.missing for f in index.figures)


def test_productivity_and_the_exemption_of_a_small_office(facts: DayFacts) -> None:
    busy = figure(report(facts, staff=1), "dossiers_per_clerk")
    assert busy.value == 8 * 250
    assert (busy.target, busy.standing, busy.note) == (1800, "good", None)
    slow = figure(report(facts, staff=2), "dossiers_per_clerk")
    assert (slow.value, slow.standing) == (1000, "over")
    few = DayFacts(day=DAY, visits=(), dossiers=facts.dossiers[:2])
    exempt = figure(report(few, staff=1, per_clerk_year=800), "dossiers_per_clerk")
    assert (exempt.value, exempt.standing) == (500, None)
    assert exempt.note is not None
    assert exempt.note.en.startswith("Exempt")
    unsaid = figure(report(facts), "dossiers_per_clerk")
    assert unsaid.value is None
    assert unsaid.missing is not None


def test_the_list_behind_is_the_events(facts: DayFacts) -> None:
    online = behind(facts, Selection("dossiers_online", "service", "CT"))
    assert [one.seq for one in online if hasattr(one, "seq")] == [7, 8]
    assert Selection.parse("dossiers_online;service=CT").of_dossiers


def test_without_dossiers_nothing_is_invented() -> None:
    made = report(DayFacts(day=DAY, visits=()), staff=3)
    for name in ("online_share", "reused", "digitised_intake", "dossiers_per_clerk", "index_4.3"):
        found = figure(made, name)
        assert (found.value, found.missing is None) == (None, False), name


def test_what_was_erased_is_counted_and_by_rule_apart(facts: DayFacts) -> None:
    found = {f.id: f.value for section in report(facts).sections for f in section.figures}
    assert (found["dossiers_erased"], found["dossiers_erased_by_rule"]) == (2, 1)


def test_erasing_makes_no_dossier_younger_or_less_late() -> None:
    later = date(2026, 6, 2)
    late = DossierFact(what="finished", dossier="d1", at=AT, seq=2, in_time=False)
    erased = DossierFact(what="erased", dossier="d1", at=AT, seq=3)
    begun = DossierFact(what="filed", dossier="d1", at=AT, seq=1)
    known = [(DAY, begun), (DAY, late)]
    (same_month,) = standings([*known, (DAY, erased)], date(2026, 5, 1), AT)
    assert (same_month.overdue, same_month.day) == (True, DAY)
    assert standings([*known, (later, erased)], date(2026, 6, 1), AT) == []
