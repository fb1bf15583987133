"""A month's report made from played days, for the tests that look at reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

from queue_server.config.report_data import ReportsSection, report_data
from queue_server.contracts.report_views import ReportView
from queue_server.contracts.views import Words
from queue_server.domain.office import ZONE, Office, Service
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.reports.figures import Ground
from queue_server.use_cases.reports.fold import folded
from queue_server.use_cases.reports.period import Kind, period_on
from queue_server.use_cases.reports.report import Made, report_of
from queue_server.use_cases.reports.visit_facts import DayFacts, VisitFact

MAY = date(2026, 5, 12)
SERVICES = {
    "CT": ("Chứng thực", "Certification", 8),
    "HT": ("Hộ tịch", "Civil status", 15),
    "DD": ("Đất đai", "Land", 25),
    "LD": ("Lao động – Bảo trợ xã hội", "Social protection", 18),
}
WEIGHTS = (62, 14, 12, 12)
OUTCOMES = {
    "NORMAL": Words(vi="Đã giải quyết hoặc tiếp nhận hồ sơ", en="Done, or dossier received"),
    "MISSING_PAPERS": Words(vi="Thiếu giấy tờ, hẹn bổ sung", en="Papers missing"),
    "ADVICE": Words(vi="Chỉ hướng dẫn, tư vấn", en="Advice only"),
}


def sample_office() -> Office:
    """A ward of four services."""
    services = {
        key: Service(key, letter, vi, en)
        for letter, (key, (vi, en, _)) in zip("BACE", SERVICES.items(), strict=True)
    }
    name = "Bộ phận Một cửa phường Mẫu"
    return Office("ward", name, "Sample Ward One-Stop Office", services, counters={})


def sample_days(first: date, count: int, seed: int = 1) -> Iterable[DayFacts]:
    """Working days of some 130 visits, drawn from a seed."""
    dice = Random(seed)
    day = first
    for _ in range(count):
        while day.weekday() > 4:
            day += timedelta(days=1)
        yield _day(day, dice)
        day += timedelta(days=1)


def _day(day: date, dice: Random) -> DayFacts:
    visits = tuple(_visit(day, number, dice) for number in range(dice.randint(110, 150)))
    kept = {"checked_in": dice.randint(4, 9), "no_show": dice.randint(0, 2), "cancelled": 1}
    return DayFacts(
        day=day,
        visits=visits,
        appointments=kept,
        home_visits={"done": 1},
        open_s=dict.fromkeys(range(1, 6), 7.4 * 3600),
    )


def _visit(day: date, number: int, dice: Random) -> VisitFact:
    (service,) = dice.choices(list(SERVICES), WEIGHTS)
    issued = datetime(day.year, day.month, day.day, 7, tzinfo=ZONE)
    issued += timedelta(seconds=dice.randint(0, 9 * 3600))
    wait = dice.expovariate(1 / 780)
    served = dice.lognormvariate(0, 0.5) * SERVICES[service][2] * 60
    absent, accurate = dice.random() < 0.05, dice.random() > 0.004
    classes = [p.value for p in PriorityClass]
    sure = accurate and not absent
    return VisitFact(
        ticket=f"{day}-{number}",
        label=f"{service[0]}{number:03d}",
        service=service,
        priority=dice.choice(classes) if dice.random() < 0.14 else "normal",
        channel=dice.choices(["kiosk", "staff", "appointment"], [80, 12, 8])[0],
        state="no_show" if absent else "finished",
        accurate=accurate,
        issued_at=issued,
        arrived_at=issued,
        counter=dice.randint(1, 5),
        appointment=dice.random() < 0.08,
        called_at=issued + timedelta(seconds=wait),
        wait_s=wait if accurate else None,
        served_s=served if sure else None,
        outcome=None if absent else dice.choices(list(OUTCOMES), [80, 12, 8])[0],
        score=dice.choices([5, 4, 3, 2, 1], [70, 20, 6, 2, 2])[0] if dice.random() < 0.2 else None,
        told=("transferred",) if dice.random() < 0.04 else (),
    )


def sample_report(kind: Kind = Kind.MONTH, days: int = 20) -> ReportView:
    """The report of May 2026, or of the period of another kind around it."""
    period = period_on(kind, MAY)
    ground = Ground(
        now=folded(sample_days(period.first, days)),
        before=folded(sample_days(period.before().first, days, seed=2)),
        office=sample_office(),
        good_min=15,
        limit_min=30,
        settings=ReportsSection(staff=6, agency="UBND quận Ninh Kiều"),
        data=report_data(),
    )
    made = Made(datetime(2026, 6, 1, 8, 5, tzinfo=ZONE), date(2026, 6, 1), 48_217)
    return report_of(period, ground, made, OUTCOMES)
