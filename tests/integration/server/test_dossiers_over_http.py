"""Dossiers over HTTP on a real office whose clock the test sets: draft, filing, inbox, privacy."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.office import ZONE
from tests.fakes.filings import PERSON, answered
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_codes import codes_in

# The day before, 24 November, is a public holiday since 2026.
WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
MARITAL = "1.004873"
KEYS = (f"key-{n}" for n in itertools.count())
SECRETS = (PERSON["identity"], PERSON["name"], PERSON["phone"], "thôn Đông")


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(WEDNESDAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ward")


@pytest.fixture(scope="module")
def ward(folder: Path, clock: SetClock) -> Iterator[RunningOffice]:
    with running(folder, clock) as office:
        yield office


@pytest.fixture(scope="module")
def clients(ward: RunningOffice) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as stack:
        signed = {
            name: stack.enter_context(signed_in(ward, device))
            for name, device in (("kiosk", "kiosk-1"), ("admin", "admin"), ("clerk", "counter-1"))
        }
        stranger = httpx.Client(timeout=60, base_url=f"{ward.http_url}/api/v1")
        yield signed | {"stranger": stack.enter_context(stranger)}


@pytest.fixture
def kiosk(clients: dict[str, httpx.Client]) -> httpx.Client:
    return clients["kiosk"]


@pytest.fixture
def clerk(clients: dict[str, httpx.Client]) -> httpx.Client:
    return clients["clerk"]


def body_of(procedure: str = MARITAL, **more: Any) -> dict[str, Any]:
    answers = answered(shipped_forms()[procedure])
    return {"procedure": procedure, "answers": answers, "consent": True} | more


def file(client: httpx.Client, body: dict[str, Any], key: str = "") -> httpx.Response:
    return client.post("/dossiers", json=body, headers={"Idempotency-Key": key or next(KEYS)})


def filed(client: httpx.Client, **more: Any) -> dict[str, Any]:
    answer = file(client, body_of(**more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def move(client: httpx.Client, code: str, what: str, **more: Any) -> httpx.Response:
    return client.post(f"/dossiers/{code}/moves", json={"move": what, **more})


@pytest.mark.parametrize("procedure", sorted(shipped_forms()))
def test_each_procedure_is_filed_and_stands_in_the_inbox(
    kiosk: httpx.Client, clerk: httpx.Client, procedure: str
) -> None:
    made = filed(kiosk, procedure=procedure)
    assert made["state"] == "filed"
    assert made["code"].startswith("H00.00-261125-")
    inbox = clerk.get("/dossiers").json()
    assert made["code"] in {one["code"] for one in inbox["dossiers"]}
    assert not any(secret in str(inbox) for secret in SECRETS)


def test_a_repeat_gives_the_same_dossier_and_another_body_is_refused(kiosk: httpx.Client) -> None:
    first = file(kiosk, body_of(), "same")
    again = file(kiosk, body_of(), "same")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = body_of()
    other["answers"]["name"] = "Trần Văn Khác"
    assert file(kiosk, other, "same").status_code == 422


def test_a_draft_is_continued_by_its_code_and_filed_once(
    clients: dict[str, httpx.Client],
) -> None:
    stranger = clients["stranger"]
    begun = stranger.post(
        "/dossiers/drafts",
        json={"procedure": MARITAL, "answers": {"name": PERSON["name"]}, "channel": "online"},
        headers={"Idempotency-Key": next(KEYS)},
    )
    assert begun.status_code == 201, begun.text
    code = begun.json()["holder"]
    draft = stranger.get(f"/dossiers/drafts/{code.lower()[:4]}-{code[4:]}").json()
    assert draft["answers"] == {"name": PERSON["name"]}
    more = {"procedure": MARITAL, "answers": body_of()["answers"], "stage": "prepare"}
    assert stranger.put(f"/dossiers/drafts/{code}", json=more).json()["stage"] == "prepare"
    made = file(stranger, body_of(draft=code)).json()
    assert made["holder"] == code
    assert stranger.get(f"/dossiers/drafts/{code}").status_code == 404
    twice = file(stranger, body_of(draft=code))
    assert twice.status_code == 409
    assert twice.json()["state"] == "filed"
    assert stranger.get(f"/dossiers/by-code/{code}").json()["code"] == made["code"]


def test_wrong_answers_are_named_and_never_repeated(kiosk: httpx.Client) -> None:
    body = body_of()
    body["answers"] |= {"identity": "0011900000", "born": "2030-01-01"}
    refused = file(kiosk, body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "wrong_answers"
    assert refused.json()["detail"] == "identity: identity_length; born: ahead"
    assert "0011900000" not in refused.text


@pytest.mark.parametrize(
    "change",
    [
        {"consent": False},
        {"procedure": "1.001193"},
        {"answers": {"Bad Name": "x"}},
        {"answers": {"name": "x" * 500}},
        {"assistant": "Nguyễn Văn A"},
        {"unknown": 1},
    ],
)
def test_what_is_not_a_filing_is_refused(kiosk: httpx.Client, change: dict[str, Any]) -> None:
    assert file(kiosk, body_of() | change).status_code in {409, 422}


def test_the_due_day_counts_working_days(kiosk: httpx.Client) -> None:
    assert filed(kiosk)["due_at"] == "2026-11-30T17:00:00+07:00"


def test_a_clerk_works_through_it_and_the_holder_follows(
    clients: dict[str, httpx.Client],
) -> None:
    clerk, made = clients["clerk"], filed(clients["kiosk"], assistant="doan-01")
    code = made["code"]
    shown = clerk.get(f"/dossiers/{code}").json()
    assert (shown["assistant"], shown["kiosk"], shown["open_days"]) == ("doan-01", "kiosk-1", 3)
    assert shown["allowed"] == ["receive", "ask_supplement", "refuse"]
    assert move(clerk, code, "receive", expected_version=shown["version"]).status_code == 200
    stale = move(clerk, code, "finish", expected_version=shown["version"])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    personal = move(clerk, code, "ask_supplement", reason=f"số {PERSON['identity']}")
    assert personal.json()["code"] == "personal_note"
    asked = move(clerk, code, "ask_supplement", reason="Thiếu bản án ly hôn").json()
    assert (asked["state"], asked["allowed"]) == ("awaiting", ["supplement", "stop"])
    status = clients["stranger"].get(f"/dossiers/by-code/{made['holder']}").json()
    assert (status["state"], status["reason"]) == ("awaiting", "Thiếu bản án ly hôn")
    assert not any(secret in str(status) for secret in SECRETS)
    move(clerk, code, "supplement")
    assert move(clerk, code, "finish", on_the_spot=True).json()["state"] == "finished"
    kinds = [step["kind"] for step in clerk.get(f"/dossiers/{code}/history").json()]
    assert kinds == [
        "DossierFiled",
        "DossierReceived",
        "DossierSupplementAsked",
        "DossierSupplementGiven",
        "DossierFinished",
    ]


def test_content_is_masked_and_every_look_is_written_down(
    kiosk: httpx.Client, clerk: httpx.Client
) -> None:
    code = filed(kiosk)["code"]
    content = clerk.get(f"/dossiers/{code}/content").json()
    lines = {line["id"]: line["value"]["vi"] for line in content["lines"]}
    assert lines["identity"] == "•••••••••001"
    assert lines["born"] == "01/02/1990"
    assert content["complete"]
    full = clerk.get(f"/dossiers/{code}/content", params={"reveal": True}).json()
    assert PERSON["identity"] in str(full)
    looks = [
        step["words"]["en"]
        for step in clerk.get(f"/dossiers/{code}/history").json()
        if step["kind"] == "DossierSeen"
    ]
    assert looks == ["Content looked at: content", "Content looked at: unmasked"]


def test_strangers_and_kiosks_see_no_inbox_and_no_content(
    clients: dict[str, httpx.Client],
) -> None:
    made = filed(clients["kiosk"])
    for name, status in (("stranger", 401), ("kiosk", 403)):
        for path in ("", f"/{made['code']}", f"/{made['code']}/content"):
            assert clients[name].get(f"/dossiers{path}").status_code == status
    assert clients["clerk"].get(f"/dossiers/{made['code']}/export").status_code == 403
    # The official code is printed on papers that many see: it opens nothing for strangers.
    assert clients["stranger"].get(f"/dossiers/by-code/{made['code']}").status_code == 404


def test_what_has_ended_is_exported_and_erased(clients: dict[str, httpx.Client]) -> None:
    admin, code = clients["admin"], filed(clients["kiosk"])["code"]
    assert admin.post(f"/dossiers/{code}/erase", json={"reason": "Theo yêu cầu"}).status_code == 409
    move(clients["clerk"], code, "refuse", reason="Không thuộc thẩm quyền")
    export = admin.get(f"/dossiers/{code}/export").json()
    assert PERSON["identity"] in str(export["content"])
    assert export["history"][-1]["words"]["en"] == "Content looked at: export"
    gone = admin.post(f"/dossiers/{code}/erase", json={"reason": "Theo yêu cầu"}).json()
    assert gone["erased"]
    assert admin.get(f"/dossiers/{code}/content").status_code == 404
    assert admin.post(f"/dossiers/{code}/erase", json={"reason": "Lần hai"}).status_code == 409


def test_a_dropped_draft_is_forgotten(clients: dict[str, httpx.Client]) -> None:
    begun = clients["kiosk"].post(
        "/dossiers/drafts",
        json={"procedure": MARITAL, "answers": body_of()["answers"]},
        headers={"Idempotency-Key": next(KEYS)},
    )
    code = begun.json()["holder"]
    assert clients["kiosk"].post(f"/dossiers/drafts/{code}/drop").status_code == 200
    assert clients["kiosk"].get(f"/dossiers/drafts/{code}").status_code == 404
    assert clients["kiosk"].get(f"/dossiers/by-code/{code}").status_code == 404


def test_nothing_personal_stands_readable_in_the_folder(
    ward: RunningOffice, folder: Path, kiosk: httpx.Client
) -> None:
    filed(kiosk)
    seen = b"".join(path.read_bytes() for path in (folder / "store").glob("office.db*"))
    assert b"DossierFiled" in seen
    for secret in SECRETS:
        assert secret.encode() not in seen
    assert verify_file(folder / "store" / "office.db").ok
    assert ward.live.day is not None
    assert not any(secret in repr(ward.live.day.shelf.dossiers) for secret in SECRETS)


def test_dossiers_outlive_the_day_and_a_restart(tmp_path: Path) -> None:
    clock = SetClock(WEDNESDAY)
    with running(tmp_path, clock) as office, signed_in(office, "kiosk-1") as kiosk:
        code = filed(kiosk)["code"]
        done = filed(kiosk)["code"]
        with signed_in(office) as admin:
            move(admin, done, "refuse", reason="Không thuộc thẩm quyền")
    clock.advance_to(WEDNESDAY + timedelta(days=1))
    with running(tmp_path, clock) as office, signed_in(office) as admin:
        assert file(admin, body_of()).json()["code"] == "H00.00-261126-0001"
        assert move(admin, code, "receive").json()["state"] == "received"
        assert admin.get(f"/dossiers/{done}").json()["state"] == "refused"
        codes = {one["code"] for one in admin.get("/dossiers").json()["dossiers"]}
        assert (code in codes, done in codes) == (True, False)
        erased = admin.post(f"/dossiers/{done}/erase", json={"reason": "Theo yêu cầu"})
        assert erased.json()["erased"]
    assert verify_file(tmp_path / "store" / "office.db").ok


def test_what_is_sealed_cannot_be_read_with_another_key(tmp_path: Path) -> None:
    clock = SetClock(WEDNESDAY)
    with running(tmp_path, clock) as office, signed_in(office, "kiosk-1") as kiosk:
        code = filed(kiosk)["code"]
    key = tmp_path / "keys" / "dossiers.key"
    assert key.stat().st_mode & 0o077 == 0
    key.unlink()
    with running(tmp_path, clock) as office, signed_in(office) as admin:
        lost = admin.get(f"/dossiers/{code}/content")
        assert (lost.status_code, lost.json()["code"]) == (500, "internal")
        assert not any(secret in lost.text for secret in SECRETS)


def pdf(answer: httpx.Response) -> bytes:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF")
    return answer.content


def test_each_paper_is_made_when_it_says_something_true(
    clients: dict[str, httpx.Client],
) -> None:
    clerk, code = clients["clerk"], filed(clients["kiosk"])["code"]

    def papers() -> set[str]:
        made = {n: clerk.get(f"/dossiers/{code}/papers/0{n}") for n in "123456"}
        return {n for n, answer in made.items() if answer.status_code == 200 and pdf(answer)}

    assert papers() == {"1", "6"}
    move(clerk, code, "receive")
    move(clerk, code, "extend", reason="Chờ xác minh", until="2026-12-20")
    assert papers() == {"1", "4", "6"}
    move(clerk, code, "ask_supplement", reason="Thiếu bản án ly hôn")
    assert papers() == {"1", "2", "6"}
    move(clerk, code, "stop", reason="Công dân rút hồ sơ")
    assert papers() == {"1", "5", "6"}
    other = filed(clients["kiosk"])["code"]
    move(clerk, other, "refuse", reason="Không thuộc thẩm quyền")
    pdf(clerk.get(f"/dossiers/{other}/papers/03"))
    looks = [step["words"]["en"] for step in clerk.get(f"/dossiers/{other}/history").json()]
    assert looks[-1] == "Content looked at: paper-03"


def test_the_holder_has_the_receipt_and_staff_the_register(
    clients: dict[str, httpx.Client],
) -> None:
    made = filed(clients["kiosk"])
    receipt = f"/dossiers/by-code/{made['holder']}/receipt"
    assert codes_in(pdf(clients["stranger"].get(receipt))) == [made["page_url"]]
    assert clients["stranger"].get("/dossiers/by-code/ZZZZ9999/receipt").status_code == 404
    pdf(clients["clerk"].get("/dossiers/register"))
    days = {"start": "2026-11-01", "end": "2026-11-30"}
    pdf(clients["clerk"].get("/dossiers/register", params=days))
    far = {"start": "2020-01-01", "end": "2026-11-30"}
    assert clients["clerk"].get("/dossiers/register", params=far).status_code == 422
    assert clients["kiosk"].get("/dossiers/register").status_code == 403


def test_completion_is_counted_by_procedure(clients: dict[str, httpx.Client]) -> None:
    filed(clients["kiosk"], procedure="1.001776")
    figures = {one["procedure"]: one for one in clients["clerk"].get("/dossiers/completion").json()}
    assert figures["1.001776"]["filed"] >= 1
    stages = [one["stage"] for one in figures["1.001776"]["stages"]]
    assert stages == ["advise", "declare", "prepare", "submit"]
    assert clients["kiosk"].get("/dossiers/completion").status_code == 403
