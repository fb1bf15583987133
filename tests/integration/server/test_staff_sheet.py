"""Work by person: from who signed in at the counter, shown to who leads and to oneself alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.fakes.busy_office import SetClock
from tests.fakes.offices import as_person, running, signed_in

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
PASSWORD = "chuon chuon bay thap"
SERVE = timedelta(minutes=6)
LAN, MINH, NOBODY = 31, 3, 2


def person(office: RunningOffice, name: str) -> AbstractContextManager[httpx.Client]:
    return as_person(office, name, PASSWORD)


def serve(admin: httpx.Client, clerk: httpx.Client, clock: SetClock, times: int) -> None:
    """Citizens one after another at counter 1, six minutes each."""
    for _ in range(times):
        key = {"Idempotency-Key": uuid.uuid4().hex}
        assert admin.post("/tickets", json={"service": "CT"}, headers=key).is_success
        for move in ("call-next", "start"):
            assert clerk.post(f"/counters/1/{move}").is_success
        clock.advance_to(clock.now() + SERVE)
        assert clerk.post("/counters/1/finish").is_success


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    clock = SetClock(MORNING)
    folder = tmp_path_factory.mktemp("staff") / "ward"
    with running(folder, clock) as found, signed_in(found) as admin:
        for name, role, counter in (
            ("lan", "clerk", 1),
            ("minh", "clerk", 1),
            ("huong", "viewer", None),
        ):
            body = {"role": role, "counter": counter, "password": PASSWORD}
            assert admin.put(f"/admin/people/{name}", json=body).is_success
        with signed_in(found, "counter-1") as keypad, person(found, "lan") as lan:
            serve(admin, keypad, clock, NOBODY)
            keypad.post("/counters/1/close")
            serve(admin, lan, clock, LAN)
            with person(found, "minh") as minh:
                serve(admin, minh, clock, MINH)
        yield found


def rows(client: httpx.Client) -> dict[str, list[Any]]:
    report = client.get("/reports/day/staff").raise_for_status().json()
    (section,) = report["sections"]
    assert "Quyền khiếu nại" in section["note"]["vi"]
    (table,) = section["tables"]
    return {row["label"]["vi"]: [cell["value"] for cell in row["cells"]] for row in table["rows"]}


def test_each_visit_counts_for_who_was_signed_in(office: RunningOffice) -> None:
    with signed_in(office) as admin:
        found = rows(admin)
        listed = admin.get("/reports/day/visits", params={"opens": "finished;clerk=lan"}).json()
    assert [*found] == ["lan", "minh", "Không rõ ai (chỉ dùng phím quầy)"]
    finished, hours, mean = found["lan"][:3]
    assert (finished, mean) == (LAN, 6.0)
    assert hours == pytest.approx(LAN * 0.1)
    assert found["minh"][0] == MINH
    assert found["minh"][2] is None, "too few: no mean"
    assert found["minh"][5] is None, "too few: no share"
    assert found["Không rõ ai (chỉ dùng phím quầy)"][0] == NOBODY
    assert listed["total"] == LAN
    assert verify_file(office.settings.data / "store" / "office.db").ok


def test_a_clerk_sees_the_own_row_and_visits_and_no_others(office: RunningOffice) -> None:
    with person(office, "minh") as minh:
        assert {name: found[0] for name, found in rows(minh).items()} == {"minh": MINH}
        address = "/reports/day/staff/visits"
        listed = minh.get(address, params={"opens": "finished;clerk=lan"}).json()
        assert listed["total"] == MINH
        assert minh.get("/reports/day").status_code == 403


def test_a_viewer_sees_no_person(office: RunningOffice) -> None:
    with person(office, "huong") as huong:
        assert huong.get("/reports/day").is_success
        assert huong.get("/reports/day/staff").status_code == 403
        refused = huong.get("/reports/day/visits", params={"opens": "finished;clerk=lan"})
        assert refused.status_code == 403


def test_the_files_say_the_same(office: RunningOffice, tmp_path: Path) -> None:
    with signed_in(office) as admin:

        def file(form: str) -> bytes:
            found = admin.get("/reports/day/staff/file", params={"form": form})
            assert found.is_success, found.text
            return found.content

        text = file("csv").decode("utf-8-sig")
        assert "Quyền khiếu nại" in text
        assert f"lan,{float(LAN)}" in text.replace(f"lan,{LAN},", f"lan,{float(LAN)},")
        path = tmp_path / "staff.xlsx"
        path.write_bytes(file("xlsx"))
        sheet = openpyxl.load_workbook(path).worksheets[1]
        assert ("lan", LAN) in {(row[0].value, row[1].value) for row in sheet.iter_rows(max_col=2)}
        assert file("pdf").startswith(b"%PDF")
