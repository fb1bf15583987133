"""Scanned papers over HTTP: kept page by page, sealed, handed in, seen by staff as one PDF."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from PIL import Image

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.dossier_scan_moves import MOST_PAGES
from queue_server.domain.office import ZONE
from tests.fakes.filings import answered
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_scenes import paper_file

WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
MARITAL = "1.004873"
KEYS = (f"scan-{n}" for n in itertools.count())
PAPERS = [{"name": "Tờ khai", "brought": True}, {"name": "Bản án", "brought": False}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


@pytest.fixture(scope="module")
def ward(folder: Path) -> Iterator[RunningOffice]:
    with running(folder, SetClock(WEDNESDAY)) as office:
        yield office


@pytest.fixture(scope="module")
def clients(ward: RunningOffice) -> Iterator[dict[str, httpx.Client]]:
    with ExitStack() as stack:
        signed = {
            name: stack.enter_context(signed_in(ward, device))
            for name, device in (("kiosk", "kiosk-1"), ("clerk", "counter-1"))
        }
        stranger = httpx.Client(base_url=f"{ward.http_url}/api/v1")
        yield signed | {"stranger": stack.enter_context(stranger)}


@pytest.fixture
def kiosk(clients: dict[str, httpx.Client]) -> httpx.Client:
    return clients["kiosk"]


@pytest.fixture
def clerk(clients: dict[str, httpx.Client]) -> httpx.Client:
    return clients["clerk"]


@pytest.fixture(scope="module")
def page() -> bytes:
    """The way a page really comes: photographed, found, straightened, made a file."""
    return paper_file()


def noisy() -> bytes:
    """A page like no other."""
    out = io.BytesIO()
    Image.effect_noise((400, 560), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def keyed() -> dict[str, str]:
    return {"Idempotency-Key": next(KEYS)}


def begun(kiosk: httpx.Client) -> str:
    body = {"procedure": MARITAL, "answers": {"relation": "self"}, "papers": PAPERS}
    return str(kiosk.post("/dossiers/drafts", json=body, headers=keyed()).json()["holder"])


def kept(
    by: httpx.Client, code: str, image: bytes, place: tuple[int, int] = (1, 1)
) -> httpx.Response:
    body = {"image": base64.b64encode(image).decode(), "kind": "marital-status"}
    path = f"/dossiers/drafts/{code}/papers/{place[0]}/pages/{place[1]}"
    return by.put(path, json=body, headers=keyed())


def filed(kiosk: httpx.Client, code: str, pages: int) -> httpx.Response:
    body: dict[str, Any] = {
        "procedure": MARITAL,
        "answers": answered(shipped_forms()[MARITAL]),
        "draft": code,
        "consent": True,
        "papers": [PAPERS[0] | {"pages": pages}, PAPERS[1]],
    }
    return kiosk.post("/dossiers", json=body, headers=keyed())


def test_pages_become_one_paper_that_a_clerk_sees_and_every_look_is_noted(
    kiosk: httpx.Client,
    clerk: httpx.Client,
    folder: Path,
    page: bytes,
) -> None:
    code = begun(kiosk)
    assert kept(kiosk, code, page).status_code == 200
    assert kept(kiosk, code, page, (1, 2)).status_code == 200
    assert kept(kiosk, code, page, (1, 2)).json()["stage"] == "prepare"
    draft = kiosk.get(f"/dossiers/drafts/{code}").json()
    assert [one["pages"] for one in draft["papers"]] == [2, 0]
    assert filed(kiosk, code, 2).status_code == 201
    (one,) = (d for d in clerk.get("/dossiers").json()["dossiers"] if d["holder"] == code)
    assert (one["digitised"], one["papers"]) == (1, 1)
    content = clerk.get(f"/dossiers/{one['id']}/content").json()
    (first, *_) = content["papers"]
    assert (first["number"], first["name"], first["pages"]) == (1, "Tờ khai", 2)
    seen = clerk.get(f"/dossiers/{one['id']}/scans/1")
    assert seen.headers["content-type"] == "application/pdf"
    assert seen.headers["cache-control"] == "no-store"
    pdf = pypdfium2.PdfDocument(seen.content)
    assert len(pdf) == 2
    assert seen.content.count(page[:2000]) == 2
    pdf.close()
    steps = clerk.get(f"/dossiers/{one['id']}/history").json()
    assert [s["by"] for s in steps if s["words"]["en"] == "Content looked at: scan-01"] == [
        "counter-1"
    ]
    store = folder / "store" / "office.db"
    assert verify_file(store).ok
    stored = b"".join(path.read_bytes() for path in store.parent.glob("office.db*"))
    assert b"DossierPageKept" in stored
    assert page[200:260] not in stored
    assert base64.b64encode(page)[300:360] not in stored


def test_only_staff_look_and_only_kiosks_and_staff_scan(
    clients: dict[str, httpx.Client], kiosk: httpx.Client, page: bytes
) -> None:
    code = begun(kiosk)
    assert kept(clients["stranger"], code, page).status_code == 401
    kept(kiosk, code, page)
    filed(kiosk, code, 1)
    for who, status in (("stranger", 401), ("kiosk", 403)):
        assert clients[who].get(f"/dossiers/{code}/scans/1").status_code == status


def test_a_dossier_is_not_taken_while_a_page_is_missing(kiosk: httpx.Client, page: bytes) -> None:
    code = begun(kiosk)
    kept(kiosk, code, page)
    refused = filed(kiosk, code, 2)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_fileable")
    assert filed(kiosk, code, 1).status_code == 201


def test_after_handing_in_no_page_changes(kiosk: httpx.Client, page: bytes) -> None:
    code = begun(kiosk)
    kept(kiosk, code, page)
    filed(kiosk, code, 1)
    assert kept(kiosk, code, page, (1, 2)).status_code == 409
    assert kiosk.delete(f"/dossiers/drafts/{code}/papers/1/pages").status_code == 409


def test_pages_taken_back_are_forgotten_and_so_are_those_of_a_dropped_draft(
    ward: RunningOffice, kiosk: httpx.Client, page: bytes
) -> None:
    code = begun(kiosk)
    kept(kiosk, code, page)
    kept(kiosk, code, page, (2, 1))
    assert kiosk.delete(f"/dossiers/drafts/{code}/papers/1/pages").status_code == 200
    draft = kiosk.get(f"/dossiers/drafts/{code}").json()
    assert [one["pages"] for one in draft["papers"]] == [0, 1]
    with ward.live.look() as day:
        found = day.shelf.by_code(code)
    assert found is not None
    kiosk.post(f"/dossiers/drafts/{code}/drop")
    assert ward.dossiers.scans.counts(found) == {}


def test_one_page_of_several_goes_the_others_move_up_and_a_repeat_takes_no_other(
    ward: RunningOffice, kiosk: httpx.Client, clerk: httpx.Client
) -> None:
    code = begun(kiosk)
    pages = [noisy() for _ in range(4)]
    for number, one in enumerate(pages, 1):
        kept(kiosk, code, one, (1, number))
    path, key = f"/dossiers/drafts/{code}/papers/1/pages", keyed()
    assert kiosk.delete(f"{path}/2").status_code == 400, "a drop needs a key"
    for _ in range(2):
        assert kiosk.delete(f"{path}/2", headers=key).status_code == 200
    assert kiosk.delete(f"{path}/9", headers=keyed()).status_code == 200, "nothing is there"
    assert kiosk.get(f"/dossiers/drafts/{code}").json()["papers"][0]["pages"] == 3
    assert filed(kiosk, code, 3).status_code == 201
    pdf = clerk.get(f"/dossiers/{code}/scans/1").content
    places = [pdf.find(one[1000:3000]) for one in pages]
    assert places[1] == -1
    assert 0 < places[0] < places[2] < places[3]
    assert kiosk.delete(f"{path}/1", headers=keyed()).status_code == 409
    assert verify_file(ward.settings.data / "store" / "office.db").ok


@pytest.mark.parametrize(
    ("image", "why"),
    [
        (b"<html><script>alert(1)</script></html>", "no JPEG"),
        (b"%PDF-1.7 /JavaScript (app.alert(1))", "no JPEG"),
        (b"\xff\xd8\xff\xe0\x00", "cut off"),
    ],
)
def test_a_hostile_file_is_refused(kiosk: httpx.Client, image: bytes, why: str) -> None:
    refused = kept(kiosk, begun(kiosk), image)
    assert refused.status_code == 422
    assert why in refused.json()["detail"]


def test_forty_pages_become_one_paper_and_the_next_is_refused(
    kiosk: httpx.Client, clerk: httpx.Client, page: bytes
) -> None:
    code = begun(kiosk)
    for number in range(1, MOST_PAGES + 1):
        assert kept(kiosk, code, page, (1, number)).status_code == 200
    assert kept(kiosk, code, page, (1, MOST_PAGES + 1)).status_code == 422
    assert filed(kiosk, code, MOST_PAGES).status_code == 201
    seen = clerk.get(f"/dossiers/{code}/scans/1", timeout=60)
    pdf = pypdfium2.PdfDocument(seen.content)
    assert len(pdf) == MOST_PAGES
    pdf.close()
