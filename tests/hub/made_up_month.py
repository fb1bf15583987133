"""A month of made-up offices: figures as the hub would count them, for pages and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

from queue_server.config.report_data import report_data
from queue_server.hub.adapters.postgres_publications import PostgresPublications
from queue_server.hub.bootstrap.city_figures import new_step
from queue_server.hub.contracts.month_views import CityMonth
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.city_months import MonthRead, month_view
from queue_server.hub.use_cases.city_publication import CityPublications
from queue_server.hub.use_cases.office_months import Counted
from queue_server.use_cases.publication_steps import Step
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports.dossier_ledger import COUNTED, IN_TIME, OVERDUE
from queue_server.use_cases.reports.period import Kind, period_on

MONTH = date(2026, 5, 1)
MADE_AT = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
AREAS = ("Trung tâm", "Phía bắc", "Phía tây")


def with_agencies(offices: Sequence[Listed]) -> list[Listed]:
    """The offices, each of an agency of the plan and an area; some of none."""
    names = [one.name for one in report_data().online.agency if "quận" in one.name]
    return [
        replace(one, agency=names[i % 7] if i % 7 < len(names) else None, area=AREAS[i % 3])
        for i, one in enumerate(offices)
    ]


def made_up_month(offices: Sequence[Listed]) -> CityMonth:
    """Every office large or small, good or less good; the last one is silent."""
    dice = Random(11)
    ledgers, counted = {}, {}
    for one in offices[:-1]:
        days, filed = dice.randint(12, 21), int(dice.expovariate(1 / 600))
        late, complained = int(filed * dice.uniform(0, 0.3)), dice.randint(0, 60)
        ledgers[one.id] = {
            COUNTED: filed,
            OVERDUE: late,
            IN_TIME: filed - late,
            complaints.COUNTED: complained,
            complaints.IN_TIME: int(complained * dice.uniform(0.6, 1)),
            complaints.CLASSIFIED: complained,
        }
        counted[one.id] = _counted(one.id, days, filed, dice)
    read = MonthRead(period_on(Kind.MONTH, MONTH), ledgers, counted, offices)
    return month_view(read, report_data(), MADE_AT)


def _counted(office: str, days: int, filed: int, dice: Random) -> Counted:
    tickets = days * dice.randint(1, 180)
    called = int(tickets * 0.95)
    ratings = int(called * dice.uniform(0.02, 0.4))
    return Counted(
        office=office,
        days=days,
        tickets=tickets,
        called=called,
        waited_min=called * dice.uniform(4, 28),
        over_15=int(called * dice.uniform(0, 0.5)),
        over_30=int(called * dice.uniform(0, 0.2)),
        no_shows=tickets - called,
        ratings=ratings,
        good_ratings=int(ratings * dice.uniform(0.8, 1)),
        filed=filed,
        filed_reusing=int(filed * dice.uniform(0, 0.9)),
        filed_online=int(filed * dice.uniform(0.1, 0.9)),
        supplements=int(filed * dice.uniform(0, 0.2)),
        finished=int(filed * 0.9),
        in_time=int(filed * 0.9 * dice.uniform(0.7, 1)),
        visits_finished=int(called * 0.97),
        disliked=int(ratings * 0.04),
        complaints=dice.randint(0, 5),
    )


async def publish(dsn: str, month: CityMonth) -> str:
    """Bring these figures to the public, as two people do; the snapshot's id."""
    desk = desk_with(dsn, month)
    found = await desk.draft(MONTH, MADE_AT.date(), "an", "")
    await desk.take(found.id, Step.REVIEWED, "binh", "")
    return (await desk.take(found.id, Step.PUBLISHED, "an", "")).id


async def correct(dsn: str, month: CityMonth) -> str:
    """Draft a correction of the published month; the draft's id."""
    note = "sửa số nơi không gửi"
    return (await desk_with(dsn, month).draft(MONTH, MADE_AT.date(), "an", note)).id


def desk_with(dsn: str, month: CityMonth) -> CityPublications:
    """The hub's desk, which finds these figures."""

    async def figures(_first: date) -> CityMonth:
        return month

    return CityPublications(PostgresPublications(dsn), figures, new_step)
