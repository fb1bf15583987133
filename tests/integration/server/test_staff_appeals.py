"""A clerk appeals against a figure of the own row; another answers, and the sheet says both."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import openpyxl
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap import RunningOffice
from queue_server.domain.appeal_events import AppealAnswered, AppealFiled
from queue_server.domain.office import ZONE
from tests.fakes.offices import as_person, running, signed_in

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
"""A Monday; the Tuesday is a holiday, the Day of Vietnamese Culture."""
DAY = "2026-11-23"
PASSWORD = "chuon chuon bay thap"
PEOPLE = (("lan", "clerk", 1), ("minh", "clerk", 2), ("quan", "manager", None))
SAID = "Quầy mở từ 7:30 nhưng bảng ghi từ 8:00"
ANSWER = "Quầy mở lúc 7:31; máy bàn tắt nên chưa ghi"
FOUND = {"verdict": "wrong", "text": ANSWER}


class Scene(NamedTuple):
    """A ward on a Monday morning, and everybody of `PEOPLE` in a browser of their own."""

    office: RunningOffice
    by: dict[str, httpx.Client]


def peopled(admin: httpx.Client) -> None:
    for name, role, counter in PEOPLE:
        body = {"role": role, "counter": counter, "password": PASSWORD}
        assert admin.put(f"/admin/people/{name}", json=body).is_success


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("appeals") / "ward"
    with (
        running(folder, SetClock(MORNING)) as office,
        signed_in(office) as admin,
        ExitStack() as stack,
    ):
        peopled(admin)
        enter = stack.enter_context
        yield Scene(office, {one: enter(as_person(office, one, PASSWORD)) for one, *_ in PEOPLE})


def wanted(**other: object) -> dict[str, object]:
    return {"first": DAY, "last": DAY, "figure": "hours", "text": SAID, **other}


def appealed(client: httpx.Client, **other: object) -> dict[str, Any]:
    found: dict[str, Any] = (
        client.post("/staff-appeals", json=wanted(**other)).raise_for_status().json()
    )
    return found


def refusal(answer: httpx.Response) -> str:
    assert answer.status_code == 422, answer.text
    return str(answer.json()["detail"])


def test_it_is_answered_by_another_within_five_working_days(scene: Scene) -> None:
    office, by = scene
    mine = appealed(by["lan"], number="A012")
    assert mine["clock"] == {
        "what": "answer",
        "due": "2026-12-01",
        "met_at": None,
        "late": False,
        "left": 5,
    }
    assert appealed(by["lan"], number="A012")["id"] == mine["id"], "a repeat is the same appeal"
    seen = by["quan"].get("/staff-appeals").json()
    assert [one["id"] for one in seen["appeals"]] == [mine["id"]]
    assert (seen["open"], seen["may_answer"]) == (1, True)
    address = f"/staff-appeals/{mine['id']}/answer"
    for _ in range(2):
        answered = by["quan"].post(address, json=FOUND).raise_for_status().json()
    assert (answered["answered_by"], answered["verdict"]) == ("quan", "wrong")
    other = by["quan"].post(address, json={"verdict": "right", "text": "Không"})
    assert refusal(other).startswith("quan đã trả lời")

    (kept,) = by["lan"].get("/staff-appeals").json()["appeals"]
    assert (kept["answer"], kept["clock"]["late"]) == (ANSWER, False)
    store = office.settings.data / "store" / "office.db"
    filed, reply = (one.event for one in SqliteReader(store).appeal_events())
    assert isinstance(filed, AppealFiled)
    assert isinstance(reply, AppealAnswered)
    assert (filed.by, filed.at, filed.number) == ("lan", MORNING, "A012")
    assert (reply.by, reply.at) == ("quan", MORNING)
    assert verify_file(store).ok


def test_it_is_only_of_a_person_of_the_own_row_and_of_days_that_were(scene: Scene) -> None:
    office, by = scene
    mine = appealed(by["lan"], figure="rated")
    assert by["minh"].get("/staff-appeals").json()["appeals"] == []
    assert by["minh"].post(f"/staff-appeals/{mine['id']}/answer", json=FOUND).status_code == 403
    assert by["quan"].post("/staff-appeals/none/answer", json=FOUND).status_code == 404
    say = by["lan"].post
    again = say("/staff-appeals", json=wanted(figure="rated", text="Khác"))
    assert refusal(again).startswith("bạn đã khiếu nại")
    assert refusal(say("/staff-appeals", json=wanted(figure="smile"))).startswith("bảng không có")
    late = say("/staff-appeals", json=wanted(first="2026-11-24", last="2026-11-24"))
    assert refusal(late).startswith("những ngày này chưa đến")
    turned = say("/staff-appeals", json=wanted(first="2026-11-23", last="2026-11-20"))
    assert "trước ngày đầu" in refusal(turned)
    named = say("/staff-appeals", json=wanted(figure="satisfied", text="Gọi 0912345678"))
    assert named.json()["code"] == "personal_note"
    with signed_in(office, "board-1") as wall:
        seen = wall.get("/staff-appeals").json()
        assert (seen["may_appeal"], seen["may_answer"]) == (False, False)
        answered = wall.post(f"/staff-appeals/{mine['id']}/answer", json=FOUND)
        assert refusal(answered).startswith("hãy đăng nhập bằng tên người")


def test_nobody_answers_the_own_appeal(scene: Scene) -> None:
    mine = appealed(scene.by["quan"], figure="finished")
    answered = scene.by["quan"].post(f"/staff-appeals/{mine['id']}/answer", json=FOUND)
    assert refusal(answered).startswith("người khác phải trả lời")


def test_the_sheet_of_those_days_and_its_files_say_it(scene: Scene) -> None:
    minh, quan = scene.by["minh"], scene.by["quan"]
    mine = appealed(minh, figure="minutes")
    (said,) = minh.get("/reports/day/staff").json()["sections"][0]["remarks"]
    assert "minh khiếu nại ngày 23/11/2026: Phút một lượt" in said["vi"]
    assert said["vi"].endswith("chờ trả lời, hạn 01/12/2026")
    quan.post(f"/staff-appeals/{mine['id']}/answer", json=FOUND).raise_for_status()
    before = {"on": "2026-11-22"}
    earlier = quan.get("/reports/day/staff", params=before).json()["sections"][0]
    assert earlier["remarks"] == []

    def file(form: str) -> bytes:
        found = quan.get("/reports/day/staff/file", params={"form": form})
        return found.raise_for_status().content

    answer = f"số liệu sai (quan, 23/11/2026): {ANSWER}"
    assert answer in file("csv").decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(file("xlsx"))).worksheets[1]
    assert any(answer in str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True))
    assert file("pdf").startswith(b"%PDF")


def test_it_becomes_overdue_and_outlives_a_restart(tmp_path: Path) -> None:
    folder, clock = tmp_path / "ward", SetClock(MORNING)
    with running(folder, clock) as office, signed_in(office) as admin:
        admin.put(
            "/admin/people/lan", json={"role": "clerk", "counter": 1, "password": PASSWORD}
        ).raise_for_status()
        with as_person(office, "lan", PASSWORD) as lan:
            appealed(lan)
    clock.advance_to(MORNING + timedelta(days=9))
    with running(folder, clock) as office, signed_in(office) as admin:
        seen = admin.get("/staff-appeals").json()
    assert (seen["open"], seen["late"]) == (1, 1)
    assert seen["appeals"][0]["clock"]["left"] == -1
