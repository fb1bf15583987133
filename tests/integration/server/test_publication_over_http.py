"""A month goes public: drafted, reviewed by somebody else, published, corrected, withdrawn."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
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

OCTOBER = datetime(2026, 10, 5, 8, 0, tzinfo=ZONE)
NOVEMBER = datetime(2026, 11, 3, 8, 0, tzinfo=ZONE)
PASSWORD = "chuon chuon bay thap"
MONTH = {"on": "2026-10-09"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ward that gave two numbers in October."""
    folder = tmp_path_factory.mktemp("published") / "ward"
    with running(folder, SetClock(OCTOBER)) as office, signed_in(office) as admin:
        for _ in range(2):
            key = {"Idempotency-Key": uuid.uuid4().hex}
            answer = admin.post("/tickets", json={"service": "CT"}, headers=key)
            assert answer.status_code == 201
    return folder


@pytest.fixture(scope="module")
def office(lived: Path) -> Iterator[RunningOffice]:
    with running(lived, SetClock(NOVEMBER)) as found, signed_in(found) as admin:
        for name in ("lan", "minh"):
            body = {"role": "manager", "password": PASSWORD}
            assert admin.put(f"/admin/people/{name}", json=body).is_success
        yield found


def person(office: RunningOffice, name: str) -> AbstractContextManager[httpx.Client]:
    return as_person(office, name, PASSWORD)


def step(client: httpx.Client, publication: str, name: str, note: str = "") -> httpx.Response:
    body = {"step": name, "note": note}
    return client.post(f"/publications/{publication}/step", json=body)


def seen(office: RunningOffice) -> list[dict[str, Any]]:
    """What somebody without any sign-in sees."""
    found: list[dict[str, Any]] = httpx.get(f"{office.http_url}/api/v1/published").json()
    return found


def public(office: RunningOffice, publication: str, more: str = "") -> httpx.Response:
    return httpx.get(f"{office.http_url}/api/v1/published/{publication}{more}")


def published(drafter: httpx.Client, reviewer: httpx.Client, **body: str) -> str:
    """A snapshot of October, all the way; its id."""
    drafted = drafter.post("/publications", json=MONTH | body)
    assert drafted.status_code == 201, drafted.text
    found: str = drafted.json()["id"]
    assert step(reviewer, found, "reviewed").json()["state"] == "reviewed"
    assert step(drafter, found, "published").json()["state"] == "published"
    return found


def test_who_may_not_take_a_step_is_told_why(office: RunningOffice) -> None:
    with person(office, "lan") as lan, person(office, "minh") as minh:
        drafted = lan.post("/publications", json={"on": "2026-08-15"}).json()
        assert (drafted["state"], drafted["next"]) == ("drafted", ["returned", "reviewed"])
        again = lan.post("/publications", json={"on": "2026-08-01"})
        assert (again.status_code, "is open" in again.json()["detail"]) == (409, True)
        own = step(lan, drafted["id"], "reviewed")
        assert (own.status_code, "somebody else" in own.json()["detail"]) == (409, True)
        assert step(minh, drafted["id"], "published").status_code == 409
        with signed_in(office) as device:
            nobody = step(device, drafted["id"], "reviewed")
            assert "a device is nobody" in nobody.json()["detail"]
        assert drafted["id"] not in {one["id"] for one in seen(office)}
        assert public(office, drafted["id"]).status_code == 404


def test_a_month_is_published_corrected_and_withdrawn(office: RunningOffice, lived: Path) -> None:
    with person(office, "lan") as lan, person(office, "minh") as minh:
        first = published(lan, minh)
        (shown,) = seen(office)
        assert (shown["id"], shown["state"]) == (first, "published")
        assert shown["name"]["vi"] == "Tháng 10/2026"
        assert not {"by", "lan", "minh"} & {*shown, *map(str, shown.values())}
        bare = lan.post("/publications", json=MONTH)
        assert "what is corrected" in bare.json()["detail"]
        fixed = published(lan, minh, note="Bổ sung ngày 5 bị thiếu")
        assert [(one["id"], one["state"], one["correction"]) for one in seen(office)] == [
            (fixed, "published", True),
            (first, "replaced", False),
        ]
        _what_everybody_sees(office, fixed)
        assert "why" in step(minh, fixed, "withdrawn").json()["detail"]
        step(minh, fixed, "withdrawn", "Số liệu sai hệ thống")
        newest = seen(office)[0]
        assert (newest["state"], newest["reason"]) == ("withdrawn", "Số liệu sai hệ thống")
        assert public(office, fixed).status_code == 404
        record = lan.get("/admin/record").json()
        assert [(one["by"], one["what"].rpartition(": ")[2]) for one in record[:4]] == [
            ("minh", "withdrawn"),
            ("lan", "published"),
            ("minh", "reviewed"),
            ("lan", "drafted"),
        ]
    assert verify_file(lived / "store" / "office.db").ok


def _what_everybody_sees(office: RunningOffice, publication: str) -> None:
    """Figures without a way to single visits or few people, and the same as files."""
    report = public(office, publication).json()
    assert report["sections"][0]["id"] == "waits"
    assert "staff" not in {one["id"] for one in report["sections"]}
    assert not [f for s in report["sections"] for f in s["figures"] if f["opens"]]
    book = openpyxl.load_workbook(
        io.BytesIO(public(office, publication, "/file?form=xlsx").content)
    )
    assert book.worksheets[0]["A2"].value == "Tháng 10/2026"
    assert public(office, publication, "/file?form=pdf").content.startswith(b"%PDF")


def test_a_month_that_runs_and_a_step_of_nothing_are_refused(office: RunningOffice) -> None:
    with person(office, "lan") as lan:
        running_month = lan.post("/publications", json={"on": "2026-11-02"})
        assert (running_month.status_code, "not over" in running_month.json()["detail"]) == (
            409,
            True,
        )
        assert step(lan, "0" * 64, "reviewed").status_code == 404


def test_a_returned_draft_makes_room_for_a_new_one(office: RunningOffice) -> None:
    september = {"on": "2026-09-01"}
    with person(office, "lan") as lan, person(office, "minh") as minh:
        first = lan.post("/publications", json=september).json()["id"]
        assert step(minh, first, "returned", "Thiếu hai ngày").json()["next"] == []
        second = minh.post("/publications", json=september).json()
        assert second["id"] != first
        assert not second["correction"]
