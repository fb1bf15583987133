"""Reports of a running office: figures, the visits and events behind them, files, refusals."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    """Two days: three people on Monday, one of them absent, and one on Tuesday."""
    with running(tmp_path_factory.mktemp("ward"), clock) as found, signed_in(found) as admin:
        for minutes in (0, 1, 2):
            clock.advance_to(MORNING + timedelta(minutes=minutes))
            issue(admin, "CT")
        for minutes, end in ((10, "finish"), (25, "finish"), (40, "no-show")):
            clock.advance_to(MORNING + timedelta(minutes=minutes))
            move(admin, "call-next")
            if end == "finish":
                move(admin, "start")
                clock.advance_to(MORNING + timedelta(minutes=minutes + 12))
            move(admin, end)
        clock.advance_to(MORNING + timedelta(days=1))
        issue(admin, "HT")
        yield found


@pytest.fixture
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client


def issue(client: httpx.Client, service: str) -> None:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    client.post("/tickets", json={"service": service}, headers=headers).raise_for_status()


def move(client: httpx.Client, name: str) -> None:
    client.post(f"/counters/1/{name}").raise_for_status()


def figures(report: dict[str, Any]) -> dict[str, Any]:
    return {f["id"]: f for section in report["sections"] for f in section["figures"]}


def test_a_day_and_a_range(admin: httpx.Client) -> None:
    monday = admin.get("/reports/day", params={"on": "2026-11-23"}).raise_for_status().json()
    found = figures(monday)
    assert found["issued"]["value"] == 3
    assert found["wait_mean"]["value"] == pytest.approx((10 + 24 + 38) / 3)
    assert (found["over15"]["numerator"], found["over30"]["numerator"]) == (2, 1)
    assert found["wait_mean"]["standing"] == "near"
    assert found["served_mean"]["value"] == pytest.approx(12)
    assert found["online_share"]["missing"]["vi"].startswith("trong kỳ chưa có hồ sơ nào")
    both = {"from": "2026-11-23", "to": "2026-11-24"}
    week = admin.get("/reports/range", params=both).raise_for_status().json()
    assert figures(week)["issued"]["value"] == 4
    assert week["period"]["days_worked"] == 2
    today = admin.get("/reports/day").raise_for_status().json()
    assert (today["period"]["first"], today["period"]["complete"]) == ("2026-11-24", False)


def test_every_figure_opens_its_visits_and_their_events(admin: httpx.Client) -> None:
    on = {"on": "2026-11-23"}
    report = admin.get("/reports/day", params=on).json()
    for figure in figures(report).values():
        if figure.get("opens") and figure["unit"] in {"count", "share"}:
            page = admin.get("/reports/day/visits", params=on | {"opens": figure["opens"]}).json()
            part = figure["numerator"] if figure["unit"] == "share" else figure["value"]
            assert page["total"] == len(page["visits"]) == part, figure["id"]
    late = admin.get("/reports/day/visits", params=on | {"opens": "over30;service=CT"}).json()
    (visit,) = late["visits"]
    assert visit["wait_min"] == pytest.approx(38)
    story = admin.get(f"/tickets/{visit['ticket']}/history").json()
    assert [event["seq"] for event in story] == visit["seqs"]


def test_files(admin: httpx.Client) -> None:
    for form, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        query = {"on": "2026-11-23", "form": form}
        answer = admin.get("/reports/month/file", params=query).raise_for_status()
        assert answer.content.startswith(start)
        assert f"bao-cao_2026-11-01_2026-11-30.{form}" in answer.headers["content-disposition"]
        if form == "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[1] == (
                "Thời gian chờ"
            )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/reports/range?from=2026-11-24&to=2026-11-23", "before it begins"),
        ("/reports/range", "from=…&to=…"),
        ("/reports/range?from=1900-01-01&to=2026-11-23", "is not between"),
        ("/reports/decade", "path.kind"),
        ("/reports/day?on=yesterday", "query.on"),
        ("/reports/day/visits?opens=secrets", "nothing is counted as 'secrets'"),
        ("/reports/day/visits?opens=issued;name=x", "nothing is counted as"),
        ("/reports/day/visits?opens=issued&after=here", "no place in a list"),
    ],
)
def test_what_cannot_be_reported_says_why(admin: httpx.Client, address: str, words: str) -> None:
    refused = admin.get(address)
    assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
    assert words in refused.json()["detail"]


def test_only_who_leads_reads_reports(office: RunningOffice) -> None:
    for device in ("counter-1", "kiosk-1", "display-1"):
        with signed_in(office, device) as client:
            for address in ("/reports/day", "/reports/day/visits?opens=issued"):
                assert client.get(address).status_code == 403
    with signed_in(office, "board-1") as manager:
        assert manager.get("/reports/day").status_code == 200


def test_the_day_that_is_over_was_folded_beside_the_work(office: RunningOffice) -> None:
    assert (Path(office.settings.data) / "store" / "figures.db").exists()
    office.reports.folds.fold_missing()
    assert office.reports.folds.differences() == []
