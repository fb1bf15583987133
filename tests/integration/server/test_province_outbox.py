"""The outbox to the province: in order, once by name, again after a fault, nothing personal."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from queue_server.adapters.clock import SetClock
from queue_server.adapters.province_files import MARK, ProvinceFiles
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.contracts.generate import PROVINCE
from queue_server.contracts.province_messages import ProvinceMessage
from queue_server.domain.office import ZONE
from queue_server.use_cases.province_outbox import Sent
from tests.fakes.filings import PERSON, answered
from tests.fakes.offices import new_ward, running, signed_in

WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
MARITAL = "1.004873"
KEYS = (f"key-{n}" for n in itertools.count())
SECRETS = (PERSON["name"], PERSON["identity"], PERSON["phone"], "thôn Đông")


@contextmanager
def telling_ward(folder: Path) -> Iterator[RunningOffice]:
    toml = new_ward(folder) / "motcua.toml"
    text = toml.read_text(encoding="utf-8")
    if "outbox" not in text:
        toml.write_text(text + '\n[dossiers]\noutbox = "outbox"\n', encoding="utf-8")
    with running(folder, SetClock(WEDNESDAY)) as office:
        yield office


def file(client: httpx.Client) -> str:
    body = {"procedure": MARITAL, "answers": answered(shipped_forms()[MARITAL]), "consent": True}
    answer = client.post("/dossiers", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def told(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "outbox").glob("[0-9]*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in files]


def all_told(office: RunningOffice, client: httpx.Client) -> dict[str, Any]:
    office.dossiers.outbox.work_off()
    view: dict[str, Any] = client.get("/dossiers/outbox").json()
    return view


def test_what_happens_is_told_in_order_and_counted(tmp_path: Path) -> None:
    with telling_ward(tmp_path) as office, signed_in(office) as admin:
        office.dossiers.stop()  # the test does the thread's work
        code = file(admin)
        admin.get(f"/dossiers/{code}/content")
        for move in ({"move": "receive"}, {"move": "finish", "on_the_spot": True}):
            assert admin.post(f"/dossiers/{code}/moves", json=move).status_code == 200
        view = all_told(office, admin)
        assert (view["on"], view["sent"], view["waiting"], view["fault"]) == (True, 3, 0, None)
        assert (view["filed"], view["sent_filed"]) == (1, 1)
    messages = told(tmp_path)
    assert [m["event"] for m in messages] == ["DossierFiled", "DossierReceived", "DossierFinished"]
    assert {m["code"] for m in messages} == {code}
    assert messages[-1]["state"] == "finished"
    assert [ProvinceMessage.model_validate(m) for m in messages]
    assert not any(secret in str(messages) for secret in SECRETS)


def test_each_file_is_what_the_published_schema_says(tmp_path: Path) -> None:
    schema = json.loads((PROVINCE / "dossier-event.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    asks = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    with telling_ward(tmp_path) as office, signed_in(office) as admin:
        office.dossiers.stop()
        first, second = file(admin), file(admin)
        moves = (
            (first, {"move": "receive"}),
            (first, {"move": "ask_supplement", "reason": "Thiếu bản sao"}),
            (first, {"move": "supplement"}),
            (first, {"move": "extend", "reason": "Cần xác minh", "until": "2026-12-30"}),
            (first, {"move": "finish"}),
            (second, {"move": "refuse", "reason": "Không thuộc thẩm quyền"}),
        )
        for code, body in moves:
            admin.post(f"/dossiers/{code}/moves", json=body).raise_for_status()
        assert all_told(office, admin)["sent"] == 2 + len(moves)
    messages = told(tmp_path)
    assert [error.message for one in messages for error in asks.iter_errors(one)] == []
    assert {one["state"] for one in messages} == {"finished", "refused"}
    for name, wrong in (("name", "Nguyễn Thị Thử"), ("seq", "1"), ("at", None), ("procedure", "x")):
        assert not asks.is_valid(messages[0] | {name: wrong}), name
    lacking = {name: value for name, value in messages[0].items() if name != "code"}
    assert not asks.is_valid(lacking)


def test_the_thread_tells_by_itself_and_a_restart_tells_nothing_twice(tmp_path: Path) -> None:
    with telling_ward(tmp_path) as office, signed_in(office) as admin:
        file(admin)
    # Stopping finishes the piece of work; what came later is told after the next start.
    with telling_ward(tmp_path) as office, signed_in(office) as admin:
        office.dossiers.stop()
        view = all_told(office, admin)
        assert (view["sent"], view["waiting"]) == (1, 0)
        before = [path.stat().st_mtime_ns for path in (tmp_path / "outbox").glob("[0-9]*")]
        assert all_told(office, admin)["sent"] == 1
        after = [path.stat().st_mtime_ns for path in (tmp_path / "outbox").glob("[0-9]*")]
        assert before == after


def test_a_folder_that_takes_nothing_is_said_and_tried_again(tmp_path: Path) -> None:
    with telling_ward(tmp_path) as office, signed_in(office) as admin:
        office.dossiers.stop()
        outbox = tmp_path / "outbox"
        if outbox.exists():
            for path in outbox.iterdir():
                path.unlink()
            outbox.rmdir()
        outbox.write_text("not a folder", encoding="utf-8")
        file(admin)
        view = all_told(office, admin)
        assert view["sent_filed"] == 0
        assert view["waiting"] == 1
        assert "outbox" in view["fault"]
        outbox.unlink()
        view = all_told(office, admin)
        assert (view["sent_filed"], view["waiting"], view["fault"]) == (1, 0, None)


def test_without_a_folder_nothing_is_sent(tmp_path: Path) -> None:
    with running(tmp_path, SetClock(WEDNESDAY)) as office, signed_in(office) as admin:
        file(admin)
        view = admin.get("/dossiers/outbox").json()
        assert (view["on"], view["sent"], view["filed"]) == (False, 0, 1)
        assert not (tmp_path / "outbox").exists()


def test_a_torn_mark_begins_anew_under_the_same_names(tmp_path: Path) -> None:
    files = ProvinceFiles(tmp_path)
    files.keep_sent(Sent(7, 3, 1))
    assert files.read_sent() == Sent(7, 3, 1)
    (tmp_path / MARK).write_text('{"seq": 7', encoding="utf-8")
    assert files.read_sent() == Sent()
