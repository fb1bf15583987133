"""Everything of one person: found by card, phone and code, handed out as a file, erased, noted."""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import stat
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.cli.app import motcua, run
from queue_server.cli.subject import retention, subject
from queue_server.domain.subject_events import SubjectSought
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, body_of, file, move
from tests.integration.server.test_scans_over_http import begun, kept
from tests.integration.server.test_scans_over_http import filed as with_pages

CARD, PHONE = PERSON["identity"], PERSON["phone"]
OTHER = {"identity": "001190000777", "phone": "0900000777", "name": "Trần Văn Khác"}
WHY = "Công dân yêu cầu"
KEYS = (f"subject-{n}" for n in itertools.count())


@pytest.fixture
def clock() -> SetClock:
    return SetClock(WEDNESDAY)


@pytest.fixture
def ward(tmp_path: Path, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward", clock) as office:
        yield office


@pytest.fixture
def clients(ward: RunningOffice) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as stack:
        names = ("admin", "kiosk-1", "counter-1")
        yield {name: stack.enter_context(signed_in(ward, name)) for name in names}


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body, headers={"Idempotency-Key": next(KEYS)})
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


def comes(kiosk: httpx.Client, person: dict[str, str]) -> dict[str, str]:
    """A number, an appointment, a visit at home, a dossier; their codes."""
    card = {"card": person["identity"]}
    at = (WEDNESDAY + timedelta(hours=2)).isoformat()
    ticket = post(kiosk, "/tickets", {"service": "CT", **card})
    booked = post(kiosk, "/appointments", {"service": "CT", "at": at, **card})
    home = {"service": "HT", "day": "2026-11-26", "part": "morning", "address": "Số 9, xã Mẫu"}
    visit = post(kiosk, "/home-visits", home | {n: person[n] for n in ("name", "phone")})
    answers = body_of()["answers"] | {n: person[n] for n in ("identity", "name", "phone")}
    filed = file(kiosk, body_of(answers=answers)).json()
    codes = {"ticket": ticket["number"], "appointment": booked["code"]}
    return codes | {"home_visit": visit["code"], "dossier": filed["code"]}


def asked(client: httpx.Client, what: str, by: str, value: str) -> httpx.Response:
    return client.post(f"/admin/subjects/{what}", json={"by": by, "value": value, "reason": WHY})


def names(items: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["kind"], one["name"]) for one in items}


def sought(ward: RunningOffice) -> list[tuple[str, str, str]]:
    events = [one.event for one in ward.audit.desk.events.events_before(2**53, 500)]
    found = [one for one in events if isinstance(one, SubjectSought)]
    return [(one.by, one.what, one.how) for one in found]


def test_each_way_finds_what_it_leads_to_and_nothing_of_another(
    ward: RunningOffice, clients: dict[str, httpx.Client]
) -> None:
    mine = comes(clients["kiosk-1"], PERSON)
    theirs = comes(clients["kiosk-1"], OTHER)
    admin = clients["admin"]
    found = {
        by: names(asked(admin, "look", by, value).json()["items"])
        for by, value in (("card", CARD), ("phone", "+84 900 000 001"))
    }
    assert found["card"] == {(n, mine[n]) for n in ("ticket", "appointment", "dossier")}
    assert found["phone"] == {(n, mine[n]) for n in ("home_visit", "dossier")}
    for kind in ("appointment", "home_visit", "dossier"):
        by_code = asked(admin, "look", "code", theirs[kind]).json()["items"]
        assert names(by_code) == {(kind, theirs[kind])}
    assert asked(admin, "look", "card", "001190000999").json()["items"] == []
    assert sought(ward).count(("admin", "look", "card")) == 2
    assert sought(ward).count(("admin", "look", "code")) == 3
    everything = admin.get("/admin/audit/events").text
    assert not [value for value in (CARD, PHONE, OTHER["identity"]) if value in everything]


@pytest.mark.parametrize(
    ("by", "value"), [("card", "00119000"), ("card", "----"), ("phone", "0900"), ("phone", "++++")]
)
def test_a_piece_of_a_number_finds_nobody(
    clients: dict[str, httpx.Client], by: str, value: str
) -> None:
    answer = asked(clients["admin"], "look", by, value)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert value not in answer.text


def test_a_dossier_of_another_that_names_the_number_is_told_and_stays(
    clients: dict[str, httpx.Client],
) -> None:
    answers = body_of()["answers"] | {"identity": OTHER["identity"], "address": CARD}
    theirs = file(clients["kiosk-1"], body_of(answers=answers)).json()["code"]
    items = asked(clients["admin"], "look", "card", CARD).json()["items"]
    assert names(items) == {("named_in", theirs)}
    report = asked(clients["admin"], "erase", "card", CARD).json()
    assert (report["erased"], names(report["kept"])) == ([], {("named_in", theirs)})


def test_the_file_holds_everything_and_each_opening_stands_before_it(
    ward: RunningOffice, clients: dict[str, httpx.Client]
) -> None:
    kiosk, admin = clients["kiosk-1"], clients["admin"]
    mine = comes(kiosk, PERSON)
    draft = begun(kiosk)
    assert kept(kiosk, draft, paper_file()).status_code == 200
    scanned = with_pages(kiosk, draft, 1).json()["code"]
    answer = asked(admin, "export", "phone", PHONE)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        body = json.loads(archive.read("export.json"))
        (paper,) = [name for name in archive.namelist() if name.startswith("papers/")]
        assert archive.read(paper).startswith(b"%PDF")
    assert body["papers"] == [paper] == [f"papers/{scanned}-01.pdf"]
    (visit,) = body["home_visits"]
    assert (visit["name"], visit["phone"]) == (PERSON["name"], PHONE)
    declared = {one["content"]["dossier"]["code"]: one for one in body["dossiers"]}
    assert set(declared) == {mine["dossier"], scanned}
    assert CARD in str(declared[mine["dossier"]]["content"]["lines"])
    looks = [one["words"]["en"] for one in admin.get(f"/dossiers/{mine['dossier']}/history").json()]
    assert "Content looked at: export" in looks
    assert sought(ward) == [("admin", "export", "phone")]


def test_what_may_go_goes_and_the_rest_says_why(
    clients: dict[str, httpx.Client], clock: SetClock, tmp_path: Path
) -> None:
    kiosk, admin = clients["kiosk-1"], clients["admin"]
    mine, theirs = comes(kiosk, PERSON), comes(kiosk, OTHER)
    ended = file(kiosk, body_of()).json()["code"]
    move(clients["counter-1"], ended, "refuse", reason="Không thuộc thẩm quyền")
    report = asked(admin, "erase", "card", CARD).json()
    assert names(report["erased"]) == {("appointment", mine["appointment"]), ("dossier", ended)}
    kept_why = {one["kind"]: one["kept_because"]["en"] for one in report["kept"]}
    assert kept_why["dossier"] == "The dossier is being worked on"
    assert set(kept_why) == {"dossier", "ticket"}
    by_phone = asked(admin, "erase", "phone", PHONE).json()
    assert by_phone["erased"] == []
    assert ("home_visit", mine["home_visit"]) in names(by_phone["kept"])
    # The appointment stays, the card leads to it no more, and nothing of another went.
    assert admin.get(f"/appointments/by-code/{mine['appointment']}").status_code == 200
    assert kiosk.post("/appointments/find", json={"card": CARD}).json() == []
    assert len(kiosk.post("/appointments/find", json={"card": OTHER["identity"]}).json()) == 1
    assert len(asked(admin, "look", "card", OTHER["identity"]).json()["items"]) == 3
    assert theirs["dossier"] != ended
    clock.advance_to(WEDNESDAY + timedelta(days=1, hours=5))
    visits = admin.get("/home-visits", params={"day": "2026-11-26"}).json()
    one = next(visit for visit in visits if visit["code"] == mine["home_visit"])
    ended_visit = admin.post(f"/home-visits/by-code/{one['code']}/end", json={"done": False})
    assert ended_visit.status_code == 200, ended_visit.text
    again = asked(admin, "erase", "phone", PHONE).json()
    assert names(again["erased"]) == {("home_visit", mine["home_visit"])}
    verdict = verify_file(tmp_path / "ward" / "store" / "office.db")
    assert verdict.ok, verdict.fault


def test_a_restart_does_not_bring_back_what_was_erased(tmp_path: Path, clock: SetClock) -> None:
    with running(tmp_path / "ward", clock) as office, signed_in(office) as admin:
        with signed_in(office, "kiosk-1") as kiosk:
            comes(kiosk, PERSON)
        assert asked(admin, "erase", "card", CARD).json()["erased"]
    with running(tmp_path / "ward", clock) as office, signed_in(office, "kiosk-1") as kiosk:
        assert kiosk.post("/appointments/find", json={"card": CARD}).json() == []


@pytest.mark.parametrize("what", ["look", "export", "erase"])
def test_a_reason_that_leads_to_a_person_is_refused_and_opens_nothing(
    ward: RunningOffice, clients: dict[str, httpx.Client], what: str
) -> None:
    comes(clients["kiosk-1"], PERSON)
    body = {"by": "card", "value": CARD, "reason": f"Số {CARD}"}
    answer = clients["admin"].post(f"/admin/subjects/{what}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "personal_note")
    assert CARD not in answer.text
    assert sought(ward) == []


def test_the_purge_of_a_day_says_how_much_went_and_by_which_rule(
    clients: dict[str, httpx.Client], clock: SetClock, tmp_path: Path
) -> None:
    kiosk, admin = clients["kiosk-1"], clients["admin"]
    comes(kiosk, PERSON)
    before = {one["kind"]: one["count"] for one in admin.get("/admin/retention").json()["kept"]}
    assert before["cards"] == before["tickets"] == before["contacts"] == 1
    assert before["dossiers_open"] == 1
    clock.advance_to(WEDNESDAY + timedelta(days=9))
    post(kiosk, "/tickets", {"service": "CT"})
    post(kiosk, "/tickets", {"service": "CT"})  # the purge follows the first commit of a day
    report = admin.get("/admin/retention").json()
    (purge,) = [one for one in report["forgotten"] if one["kind"] == "PersonalPurged"]
    assert purge["by"] == "office"
    assert purge["counts"] == {"cards": 1, "tickets": 1, "contacts": 1}
    after = {one["kind"]: one["count"] for one in report["kept"]}
    assert (after["cards"], after["tickets"], after["contacts"]) == (0, 0, 0)
    assert all(one["rule"]["vi"] and one["what"]["vi"] for one in report["kept"])
    with closing(sqlite3.connect(tmp_path / "ward" / "store" / "office.db")) as raw:
        tables = ("appointment_card", "ticket_card", "home_visit_contact")
        left = [raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables]
    assert left == [0, 0, 0]
    assert verify_file(tmp_path / "ward" / "store" / "office.db").ok


def typed(office: RunningOffice, said: str, *words: str) -> tuple[int, str, str]:
    """What is typed at the server, and what is answered: exit code, words, complaints."""
    where = ["--data", str(office.settings.data), "--http", str(office.http.address)]
    command: Any = subject if words[0] == "subject" else retention
    done = CliRunner().invoke(command, [*words[1:], *where], input=said)
    return done.exit_code, done.stdout, f"{done.stderr}{done.exception or ''}"


def test_look_export_erase_and_retention_as_they_are_typed(
    ward: RunningOffice, clients: dict[str, httpx.Client], tmp_path: Path
) -> None:
    mine = comes(clients["kiosk-1"], PERSON)
    how = ("--by", "card", "--reason", WHY)
    code, seen, fault = typed(ward, f"{CARD}\n", "subject", "look", *how)
    assert (code, fault) == (0, "")
    assert f"dossier {mine['dossier']}" in seen
    out = tmp_path / "export.zip"
    code, _, fault = typed(ward, f"{CARD}\n", "subject", "export", *how, "--out", str(out))
    assert (code, fault) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert zipfile.is_zipfile(out)
    _, _, fault = typed(ward, f"{CARD}\n", "subject", "export", *how, "--out", str(out))
    assert fault == f"{out}: is there already"
    code, gone, fault = typed(ward, f"{CARD}\ny\n", "subject", "erase", *how)
    assert (code, fault) == (0, "")
    erased, _, left = gone.partition("Còn giữ")
    assert f"appointment {mine['appointment']}" in erased
    assert f"dossier {mine['dossier']}" in left
    code, rules, _ = typed(ward, "", "retention")
    assert code == 0
    assert "SubjectErased admin" in rules


def test_the_command_is_known(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(lambda **more: motcua(["subject", "look", "--by", "card"], **more)) == 2
    assert "Missing option '--reason'" in capfd.readouterr().err
