"""Papers that the office holds are offered to their citizen alone, for a time, and marked."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.integration.server.test_dossiers_over_http import (
    MARITAL,
    WEDNESDAY,
    body_of,
    file,
    move,
)

POWER = "Văn bản ủy quyền (người thân, vợ chồng: không cần chứng thực)"
FORM = "Tờ khai xác nhận tình trạng hôn nhân"
KEYS = (f"known-{n}" for n in itertools.count())


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
        yield {n: stack.enter_context(signed_in(ward, n)) for n in ("kiosk-1", "counter-1")}


def papers(**reuse: str) -> list[dict[str, Any]]:
    return [
        {"name": FORM, "brought": True},
        {"name": POWER, "brought": not reuse} | reuse,
    ]


def known(client: httpx.Client, **other: str) -> list[dict[str, str]]:
    answers = body_of()["answers"] | other
    body = {"procedure": MARITAL, "answers": answers, "consent": True}
    answer = client.post("/dossiers/known-papers", json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, str]] = answer.json()
    return found


def test_a_paper_is_offered_once_a_clerk_has_it_taken_over_and_marked(
    clients: dict[str, httpx.Client],
) -> None:
    kiosk, clerk = clients["kiosk-1"], clients["counter-1"]
    first = file(kiosk, body_of(papers=papers())).json()["code"]
    assert known(kiosk) == []
    move(clerk, first, "receive")
    (offer,) = known(kiosk)
    assert (offer["name"], offer["dossier"]) == (POWER, first)
    assert (offer["filed_on"], offer["until"]) == ("2026-11-25", "2027-05-24")
    kinds = [step["words"]["en"] for step in clerk.get(f"/dossiers/{first}/history").json()]
    assert kinds[-1] == "Content looked at: reuse"
    second = file(kiosk, body_of(papers=papers(reuse=first))).json()["code"]
    assert clerk.get(f"/dossiers/{second}").json()["reused"] == 1
    content = clerk.get(f"/dossiers/{second}/content").json()
    assert {one["name"]: one["reuse"] for one in content["papers"]} == {FORM: None, POWER: first}
    paper = pypdfium2.PdfDocument(clerk.get(f"/dossiers/{second}/papers/01").content)
    words = " ".join(paper[0].get_textpage().get_text_range().split())
    paper.close()
    assert f"Dùng lại từ {first}" in words, "the receipt says what was not asked for again"
    assert "Không có" not in words


@pytest.mark.parametrize(
    "other",
    [{"name": "Trần Văn Khác"}, {"born": "1991-01-01"}, {"identity": "001190000009"}],
)
def test_nobody_else_learns_of_it(clients: dict[str, httpx.Client], other: dict[str, str]) -> None:
    kiosk, clerk = clients["kiosk-1"], clients["counter-1"]
    first = file(kiosk, body_of(papers=papers())).json()["code"]
    move(clerk, first, "receive")
    assert known(kiosk)
    assert known(kiosk, **other) == []
    foreign = body_of(papers=papers(reuse=first))
    foreign["answers"] |= other
    assert file(kiosk, foreign).json()["code"] == "not_fileable"


def test_a_paper_used_again_is_still_there_when_the_first_dossier_is_erased(
    clients: dict[str, httpx.Client], ward: RunningOffice
) -> None:
    kiosk, clerk, page = clients["kiosk-1"], clients["counter-1"], paper_file()
    first = scanned(kiosk, page, pages=2)
    move(clerk, first, "receive")
    body = body_of(papers=papers(reuse=first)[::-1])
    key = {"Idempotency-Key": next(KEYS)}
    answers = [kiosk.post("/dossiers", json=body, headers=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200], "a repeat is harmless"
    second = answers[0].json()["code"]
    move(clerk, first, "finish")
    with signed_in(ward) as admin:
        admin.post(f"/dossiers/{first}/erase", json={"reason": "Theo đề nghị"}).raise_for_status()
    assert clerk.get(f"/dossiers/{first}/scans/2").status_code == 404
    content = clerk.get(f"/dossiers/{second}/content").json()
    assert [(one["name"], one["reuse"], one["pages"]) for one in content["papers"]] == [
        (POWER, first, 2),
        (FORM, None, 0),
    ]
    assert clerk.get(f"/dossiers/{second}/scans/1").content.count(page[:2000]) == 2


def test_a_paper_not_wanted_after_all_is_forgotten_with_the_correction(
    clients: dict[str, httpx.Client], ward: RunningOffice
) -> None:
    kiosk, clerk = clients["kiosk-1"], clients["counter-1"]
    first = scanned(kiosk, paper_file(), pages=1)
    move(clerk, first, "receive")
    filed = file(kiosk, body_of(papers=papers(reuse=first))).json()
    dossier = ward.dossiers.desk.find(filed["code"])
    assert dossier is not None
    assert ward.dossiers.scans.counts(dossier) == {2: 1}
    place = f"/dossiers/by-code/{filed['holder']}"
    kiosk.put(place, json=body_of(papers=papers())).raise_for_status()
    assert ward.dossiers.scans.counts(dossier) == {}
    kiosk.put(place, json=body_of(papers=papers(reuse=first))).raise_for_status()
    assert ward.dossiers.scans.counts(dossier) == {2: 1}
    assert verify_file(ward.settings.data / "store" / "office.db").ok


def scanned(kiosk: httpx.Client, page: bytes, pages: int) -> str:
    """A dossier with a scanned power of attorney; its code."""
    body = body_of(papers=papers())
    draft = {name: body[name] for name in ("procedure", "answers", "papers")}
    headers = {"Idempotency-Key": next(KEYS)}
    holder = kiosk.post("/dossiers/drafts", json=draft, headers=headers).json()["holder"]
    for number in range(1, pages + 1):
        place = f"/dossiers/drafts/{holder}/papers/2/pages/{number}"
        image = base64.b64encode(page).decode()
        kiosk.put(place, json={"image": image}).raise_for_status()
    body["papers"][1] |= {"pages": pages}
    return str(file(kiosk, body | {"draft": holder}).json()["code"])


def test_without_consent_or_of_a_form_nothing_is_offered(clients: dict[str, httpx.Client]) -> None:
    kiosk = clients["kiosk-1"]
    body = {"procedure": MARITAL, "answers": body_of()["answers"], "consent": False}
    assert kiosk.post("/dossiers/known-papers", json=body).status_code == 422
    assert FORM not in {one["name"] for one in known(kiosk)}


def test_it_is_not_offered_for_ever_and_nothing_leads_to_the_citizen(
    clients: dict[str, httpx.Client], ward: RunningOffice, folder: Path, clock: SetClock
) -> None:
    kiosk, clerk = clients["kiosk-1"], clients["counter-1"]
    code = file(kiosk, body_of(papers=papers())).json()["code"]
    move(clerk, code, "receive")
    assert known(kiosk)
    clock.advance_to(WEDNESDAY + timedelta(days=181))
    assert known(kiosk) == []
    seen = b"".join(path.read_bytes() for path in (folder / "store").glob("office.db*"))
    assert PERSON["identity"].encode() not in seen
    assert ward.dossiers.reuse.person(MARITAL, body_of()["answers"]) is not None
    assert verify_file(folder / "store" / "office.db").ok
