"""Whatever opens what a citizen declared, an event of it stands before: on every road there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.aes_seal import AesSeal
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.dossier_events import DossierSeen
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.integration.server.test_dossiers_over_http import MARITAL, WEDNESDAY, body_of, file, move
from tests.integration.server.test_paper_reuse import papers
from tests.integration.server.test_scans_over_http import kept

KEYS = (f"look-{n}" for n in itertools.count())


class Watch:
    """Each opening, and whether a look at that dossier had been written down since the last ask."""

    def __init__(self, office: RunningOffice) -> None:
        self._office = office
        self._since: dict[str, int] = {}
        self.opened: list[tuple[str, bool]] = []

    def begin(self) -> None:
        """Forget what was opened; count looks from now."""
        self.opened, self._since = [], {}
        for dossier in self._ids():
            self._since[dossier] = self._looks(dossier)

    def saw(self, dossier: str) -> None:
        """Something of a dossier is being opened."""
        self.opened.append((dossier, self._looks(dossier) > self._since.get(dossier, 0)))

    def _ids(self) -> list[str]:
        with self._office.live.look() as day:
            return list(day.shelf.dossiers)

    def _looks(self, dossier: str) -> int:
        steps = self._office.dossiers.desk.kept.of_dossier(dossier)
        return sum(isinstance(step.event, DossierSeen) for step in steps)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward", SetClock(WEDNESDAY)) as started:
        yield started


@pytest.fixture
def watch(office: RunningOffice, monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch, really = Watch(office), AesSeal.open

    def opened(self: AesSeal, sealed: bytes, about: str) -> str:
        watch.saw(about)
        return really(self, sealed, about)

    monkeypatch.setattr(AesSeal, "open", opened)
    return watch


@pytest.fixture
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client


@pytest.fixture
def kiosk(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office, "kiosk-1") as client:
        yield client


def roads(admin: httpx.Client) -> list[str]:
    """Every address of a dossier that can be asked for."""
    described: dict[str, dict[str, Any]] = admin.get("/openapi.json").json()["paths"]
    return [
        path.removeprefix("/api/v1")
        for path, methods in described.items()
        if "/dossiers" in path and "{" in path and "get" in methods
    ]


def test_no_road_opens_a_declaration_without_an_event(
    watch: Watch, admin: httpx.Client, kiosk: httpx.Client
) -> None:
    begun = kiosk.post(
        "/dossiers/drafts", json=body_of(papers=[]), headers={"Idempotency-Key": "d"}
    )
    draft = begun.json()["holder"] if begun.status_code == 201 else drafted(kiosk)
    made = file(kiosk, body_of()).json()
    opening = set()
    for road in roads(admin):
        code = (
            draft if "/drafts/" in road else made["holder"] if "by-code" in road else made["code"]
        )
        for number in ("01", "1"):
            address = road.replace("{code}", code).replace("{dossier}", code)
            address = address.replace("{number}", number).replace("{paper}", number)
            watch.begin()
            answer = admin.get(address)
            assert "{" not in address, f"{road}: say here how it is asked for"
            assert answer.status_code < 500, address
            if watch.opened:
                opening.add(road)
            assert all(noted for _, noted in watch.opened), f"{address} opens without an event"
    assert len(opening) >= 5, opening


def drafted(kiosk: httpx.Client) -> str:
    """A draft; its code."""
    body = {"procedure": MARITAL, "answers": body_of()["answers"]}
    answer = kiosk.post("/dossiers/drafts", json=body, headers={"Idempotency-Key": next(KEYS)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["holder"])


def test_a_scanned_page_is_opened_with_an_event(
    watch: Watch, admin: httpx.Client, kiosk: httpx.Client
) -> None:
    code = drafted(kiosk)
    assert kept(kiosk, code, paper_file()).status_code == 200
    watch.begin()
    assert admin.get(f"/dossiers/{code}/scans/1").status_code == 200
    assert watch.opened
    assert all(noted for _, noted in watch.opened)


def test_known_papers_are_looked_for_with_an_event_also_where_none_is_offered(
    watch: Watch, admin: httpx.Client, kiosk: httpx.Client
) -> None:
    first = file(kiosk, body_of(papers=papers())).json()["code"]
    move(admin, first, "receive")
    for other in ({}, {"name": "Trần Văn Khác"}):
        watch.begin()
        body = {"procedure": MARITAL, "answers": body_of()["answers"] | other, "consent": True}
        found = kiosk.post("/dossiers/known-papers", json=body).json()
        assert len(found) == int(not other)
        assert watch.opened
        assert all(noted for _, noted in watch.opened)
    watch.begin()
    second = file(kiosk, body_of(papers=papers(reuse=first)))
    assert second.status_code == 201
    source = [noted for dossier, noted in watch.opened if dossier != second.json().get("id")]
    assert source
    assert all(source)
    looks = [one["words"]["en"] for one in admin.get(f"/dossiers/{first}/history").json()]
    assert looks.count("Content looked at: reuse") == 3
    assert PERSON["identity"] not in str(looks)
