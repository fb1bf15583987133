"""A city's month: index 766 as the office's own report says it, and what one month leaves open."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from click.testing import CliRunner, Result

from queue_server.adapters.backup import STORE
from queue_server.adapters.clock import SetClock
from queue_server.adapters.folded_days import FoldedDays
from queue_server.bootstrap.settings import Address
from queue_server.cli.hub import hub
from queue_server.config.report_data import ReportsSection, report_data
from queue_server.contracts.report_views import ReportFigure
from queue_server.contracts.views import BoardTargets, Words
from queue_server.domain.complaint import filed, moved
from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.events import Event
from queue_server.domain.office import ZONE
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.office_log import OfficeLog
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.adapters.relay_files import keyed_names
from queue_server.hub.bootstrap.city_figures import publications
from queue_server.hub.bootstrap.city_process import RunningCity
from queue_server.hub.bootstrap.fold_process import follow
from queue_server.hub.contracts.month_views import CityMonth, ShownMonth
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.city_months import month_view, read_month
from queue_server.hub.use_cases.collect import take
from queue_server.hub.use_cases.fold_months import fold
from queue_server.hub.use_cases.office_months import LEAST
from queue_server.hub.use_cases.ports import Received
from queue_server.hub.use_cases.relay import Home, OfficeSide, Relay
from queue_server.use_cases.publication_steps import Step, StepRefused
from queue_server.use_cases.reports.complaint_ledger import KeptComplaint
from queue_server.use_cases.reports.period import Kind, period_on
from queue_server.use_cases.reports.report_desk import ReportDesk
from tests.fakes.big_day import big_office
from tests.fakes.long_dossiers import write_weeks
from tests.fakes.memory_hub import MemoryMarks, MemoryStream
from tests.hub.database import Postgres
from tests.hub.scene import PATIENCE_S, PROVINCE

pytestmark = pytest.mark.hub

OFFICE = big_office().id
FIRST, DAYS, DOSSIERS = date(2026, 4, 15), 34, 140
APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
LATER = datetime(2026, 7, 1, tzinfo=ZONE)
AGENCY = "UBND quận Ninh Kiều"
LISTED = [
    Listed(OFFICE, PROVINCE, Words(vi="Phường Mẫu", en="Sample"), agency=AGENCY, area="Bắc"),
    Listed("im-lang", PROVINCE, Words(vi="Phường Im", en="Silent"), agency=AGENCY),
]


def complaints_of(day: int) -> Iterator[Event]:
    """Two a day: one is classified the day after or much later, one follows a low rating."""
    at = datetime.combine(FIRST + timedelta(days=day), time(10), ZONE)
    yield ComplaintFiled(at=at, complaint=f"letter{day}", text="x", source="letter")
    yield ComplaintFiled(at=at, complaint=f"low{day}", text="x", source="low_rating")
    for ago, step in ((1 + day % 3 * 3, "accepted"), (9, "answered"), (10, "published")):
        if day >= ago:
            about = f"letter{day - ago}"
            later = at + timedelta(hours=ago)
            yield ComplaintMoved(at=later, complaint=about, step=step, by="x", note="y")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("office")
    write_weeks(data / STORE, FIRST, DAYS, DOSSIERS, complaints_of)
    return data


@pytest.fixture(scope="module")
def desk(office: Path) -> ReportDesk:
    """The office's own reports."""
    folds = FoldedDays(office / STORE, office / "figures.db")
    folds.fold_missing()
    return ReportDesk(
        folds=folds,
        office=big_office,
        targets_min=(15, 30),
        settings=ReportsSection(),
        clock=SetClock(LATER),
        complaints=known_complaints,
    )


def known_complaints() -> Sequence[KeptComplaint]:
    found: dict[str, KeptComplaint] = {}
    for day in range(DAYS):
        for seq, event in enumerate(complaints_of(day)):
            if isinstance(event, ComplaintFiled):
                found[event.complaint] = KeptComplaint(seq, filed(event))
            elif isinstance(event, ComplaintMoved):
                kept = found[event.complaint]
                found[event.complaint] = KeptComplaint(kept.seq, moved(kept.complaint, event))
    return list(found.values())


@pytest.fixture(scope="module")
def collected(postgres: Postgres, office: Path) -> str:
    """A database with the office's events, as a relay sends and a collector keeps them."""
    dsn = postgres.new_database()
    upgrade(dsn)
    asyncio.run(collect(dsn, office))
    return dsn


async def collect(dsn: str, data: Path) -> None:
    stream, store = MemoryStream(), PostgresCity(dsn)
    side = OfficeSide(OfficeLog(data / STORE), MemoryMarks(), keyed_names(data, "machine"))
    relay = Relay(Home(OFFICE, PROVINCE), side, stream, lambda: LATER)
    while await relay.step():
        await take(store, [Received(LATER, one, None) for one in stream.stored])
        stream.stored.clear()
    await store.close()


async def change(dsn: str, statement: str) -> list[tuple[Any, ...]]:
    """Do this to the database; what it answers."""
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        done = await connection.execute(statement.encode())
        return await done.fetchall() if done.description else []


async def empty(dsn: str) -> None:
    """Forget all that was folded: it is a view."""
    await change(dsn, "TRUNCATE office_month, day_late")


async def month(book: PostgresMonths, first: date) -> CityMonth:
    return month_view(await read_month(book, first, LISTED, LATER), report_data(), LATER)


def own(desk: ReportDesk, first: date) -> dict[str, ReportFigure]:
    """The metrics of the office's own report."""
    report = desk.report(period_on(Kind.MONTH, first))
    (section,) = (one for one in report.sections if one.id == "index766")
    return {one.id.removeprefix("index_"): one for one in section.figures if one.value is not None}


async def test_the_city_counts_the_index_as_the_office_does(
    collected: str, desk: ReportDesk
) -> None:
    book = PostgresMonths(collected)
    for first in (MAY, APRIL):
        (line,) = (await month(book, first)).index
        wanted = own(desk, first)
        assert set(wanted) == {"2.1", "4.3", "5.1", "5.2", "5.4"}
        assert {name: one.n for name, one in line.metrics.items()} == {
            name: one.n for name, one in wanted.items()
        }
        sure = {name: one for name, one in line.metrics.items() if one.points is not None}
        assert {"2.1", "4.3", "5.4"} <= set(sure)
        for name, one in sure.items():
            assert one.points == pytest.approx(wanted[name].value, abs=1e-4), (first, name)
        assert line.points == pytest.approx(sum(one.points or 0 for one in sure.values()), abs=1e-3)


async def test_days_folded_one_by_one_are_the_month_folded_whole(collected: str) -> None:
    book = PostgresMonths(collected)
    await empty(collected)
    whole = [await month(book, first) for first in (APRIL, MAY)]
    assert await fold(book, JUNE) == 0
    await empty(collected)
    touched = [await fold(book, FIRST + timedelta(days=day)) for day in range(DAYS + 1)]
    assert set(touched) == {1}
    assert await fold(book, FIRST + timedelta(days=DAYS)) == 0
    assert [await month(book, first) for first in (APRIL, MAY)] == whole


async def test_a_month_that_runs_has_its_day_on_top(collected: str) -> None:
    book, now = PostgresMonths(collected), datetime(2026, 5, 12, 12, tzinfo=ZONE)
    await empty(collected)
    on_top = await read_month(book, MAY, LISTED, now)
    (kept,) = [one async for one in book.so_far(period_on(Kind.MONTH, MAY))]
    assert kept.through == date(2026, 5, 11)
    assert on_top.counted[OFFICE].days == kept.counted.days + 1
    await fold(book, date(2026, 5, 13))
    assert await read_month(book, MAY, LISTED, now) == on_top


async def test_a_day_that_changed_late_is_folded_again(collected: str, office: Path) -> None:
    book = PostgresMonths(collected)
    await empty(collected)
    whole = [await month(book, first) for first in (APRIL, MAY)]
    # Two days of April come late: first the months stand without them.
    await empty(collected)
    gone = "DELETE FROM event WHERE day IN ('2026-04-21', '2026-04-22') RETURNING seq"
    seqs = sorted(seq for (seq,) in await change(collected, gone))
    assert len(seqs) == seqs[-1] - seqs[0] + 1 > LEAST
    await change(collected, f"UPDATE sending SET gaps = '{{{seqs[0]},{seqs[-1]}}}'")
    without = [await month(book, first) for first in (APRIL, MAY)]
    assert without[0] != whole[0]
    await collect(collected, office)
    assert [await month(book, first) for first in (APRIL, MAY)] == whole
    assert await fold(book, JUNE) == 0
    late = await change(collected, "SELECT day FROM day_late ORDER BY day")
    assert {day for (day,) in late} == {date(2026, 4, 21), date(2026, 4, 22)}


async def test_events_in_another_order_than_their_days_count_all_the_same(collected: str) -> None:
    book = PostgresMonths(collected)
    # A clock that was a day ahead until noon: the first half of a day stands a day later.
    await change(
        collected, "UPDATE event SET day = day + 1 WHERE day = '2026-05-05' AND seq % 2 = 0"
    )
    await empty(collected)
    whole = await month(book, MAY)
    await empty(collected)
    for day in range(4, 9):
        await fold(book, date(2026, 5, day))
    assert await month(book, MAY) == whole
    moved_on = "UPDATE event SET day = day - 1 WHERE day = '2026-05-06' AND at < '2026-05-06'"
    assert await change(collected, moved_on + " RETURNING seq")
    await empty(collected)


async def test_what_ended_is_folded_while_nobody_asks(collected: str) -> None:
    await empty(collected)
    stop, through = asyncio.Event(), "SELECT max(through) FROM office_month"
    work = asyncio.create_task(follow(collected, stop, lambda: LATER, every_s=0.05))
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if (await change(collected, through))[0][0] == date(2026, 6, 30):
                break
            await asyncio.sleep(0.05)
    stop.set()
    await work


async def test_shares_stand_beside_their_targets_and_silence_is_counted(collected: str) -> None:
    shown = await month(PostgresMonths(collected), MAY)
    assert (len(shown.offices), shown.silent) == (1, 1)
    (office,) = shown.offices
    assert (office.agency, office.area) == (AGENCY, "Bắc")
    online = {one.agency: one for one in shown.online}
    assert len(online) == 26
    ours = online[AGENCY]
    assert (ours.offices, ours.online, ours.share, ours.reached) == (2, 0, 0, False)
    assert ours.filed >= shown.least
    assert (ours.target, ours.before) == (0.5, 0.297)
    assert online["Sở Y tế"].share is None
    figures = shown.compared[0].figures
    assert figures["in_time"].n > 0
    assert figures["mean_wait_min"].value is not None


async def test_a_month_goes_public_by_two_people(collected: str) -> None:
    desk = publications(collected)
    today = date(2026, 7, 1)
    with pytest.raises(StepRefused, match="is not over"):
        await desk.draft(MAY, date(2026, 5, 31), "an", "")
    draft = await desk.draft(MAY, today, "an", "")
    with pytest.raises(StepRefused, match="is open"):
        await desk.draft(MAY, today, "an", "")
    with pytest.raises(StepRefused, match="somebody else"):
        await desk.take(draft.id, Step.REVIEWED, "an", "")
    with pytest.raises(StepRefused, match="does not follow"):
        await desk.take(draft.id, Step.PUBLISHED, "binh", "")
    assert await desk.published() == []
    assert (await desk.shown(draft.id)).state == "drafted"
    await desk.take(draft.id, Step.REVIEWED, "binh", "")
    await desk.take(draft.id, Step.PUBLISHED, "an", "")
    (shown,) = await desk.published()
    assert (shown.id, shown.state) == (draft.id, "published")
    with pytest.raises(StepRefused, match="what is corrected"):
        await desk.draft(MAY, today, "an", "")
    again = await desk.draft(MAY, today, "an", "bổ sung hồ sơ đến muộn")
    await desk.take(again.id, Step.REVIEWED, "binh", "")
    await desk.take(again.id, Step.PUBLISHED, "an", "")
    assert [one.state for one in await desk.published()] == ["published", "replaced"]
    with RunningCity(
        collected, Address("127.0.0.1", 0), BoardTargets(good_min=15, limit_min=30)
    ) as city:
        async with httpx.AsyncClient(base_url=city.url, timeout=60) as client:
            assert len((await client.get("/api/v1/months")).json()) == 2
            shown_now = ShownMonth.model_validate_json(
                (await client.get(f"/api/v1/months/{again.id}")).content
            )
            assert (shown_now.state, shown_now.replaced) == ("published", False)
            table = (await client.get(f"/api/v1/months/{again.id}/file.csv")).content.decode(
                "utf-8-sig"
            )
            assert [row[0] for row in csv.reader(StringIO(table))] == ["office", OFFICE]
            assert (await client.get(f"/api/v1/months/{'0' * 64}")).status_code == 404
    with pytest.raises(StepRefused, match="say why"):
        await desk.take(again.id, Step.WITHDRAWN, "binh", "")
    await desk.take(again.id, Step.WITHDRAWN, "binh", "sai chỉ tiêu")
    with pytest.raises(LookupError):
        await desk.shown(again.id)
    withdrawn = (await desk.published())[0]
    assert (withdrawn.state, withdrawn.reason) == ("withdrawn", "sai chỉ tiêu")


def test_the_commands_of_a_month(collected: str, tmp_path: Path) -> None:
    config, table = tmp_path / "hub.toml", tmp_path / "april.csv"
    (tmp_path / "dsn").write_text(collected)
    (tmp_path / "dsn").chmod(0o600)
    config.write_text('[cluster]\nservers = ["nats://127.0.0.1:4222"]\n[city]\ndsn_file = "dsn"\n')
    runner = CliRunner()
    asked = ["month", "--config", str(config), "--month", "2026-04", "--out", str(table)]
    said = runner.invoke(hub, asked)
    assert (said.exit_code, said.output) == (0, f"1 offices, 0 silent: {table}\n")
    head, row = csv.reader(StringIO(table.read_text("utf-8-sig")))
    line = dict(zip(head, row, strict=True))
    assert float(line["points_766"]) <= float(line["of_points"]) <= 34
    folded = runner.invoke(hub, ["fold", "--config", str(config)])
    assert (folded.exit_code, folded.output.splitlines()[-1].split(maxsplit=1)[1]) == (
        0,
        "months of offices brought to yesterday",
    )
    drafted = typed(config, "an", "draft", "--month", "2026-04")
    assert drafted.exit_code == 0
    name = drafted.output.split()[1]
    refused = typed(config, "an", "step", name, "review")
    assert "somebody else has to review" in refused.output
    assert typed(config, "binh", "step", name, "review").exit_code == 0
    assert typed(config, "an", "step", name, "publish").exit_code == 0
    assert f"2026-04 {name} published by an" in typed(config, "an", "list").output


def typed(config: Path, login: str, command: str, *more: str) -> Result:
    """`motcua hub publish`, typed by this person."""
    words = ["publish", command, "--config", str(config), *more]
    return CliRunner(env={"SUDO_USER": login}).invoke(hub, words)
