"""What a real office does with a catalogue and targets of the city, asked as its relay is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from queue_server.config.catalogue_sheet import CatalogueEntry, sheet_of
from queue_server.config.clerk_data import shipped_entries
from queue_server.hub.bootstrap.office_side import desk_of
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.contracts.handed_versions import CATALOGUE, TARGETS
from tests.fakes.offices import running, signed_in

FIRST, SECOND, *_ = shipped_entries()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path) as found:
        yield found


@pytest.fixture
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client


async def hand(office: RunningOffice, kind: str, **body: Any) -> OfficeAnswer:
    desk = desk_of(office.settings.data, 0, office.http_url)
    return await desk.answer(HandedDown(key="0" * 32, kind=kind, body={"by": "le.thi.b"} | body))


async def hand_sheet(
    office: RunningOffice, version: int, *entries: CatalogueEntry, over: bool = False
) -> OfficeAnswer:
    sheet = sheet_of(with_these(*entries))
    return await hand(office, CATALOGUE, version=version, csv=sheet, over=over)


def with_these(*entries: CatalogueEntry) -> Sequence[CatalogueEntry]:
    changed = {one.code: one for one in entries}
    known = [changed.pop(one.code, one) for one in shipped_entries()]
    return [*known, *changed.values()]


def by_hand(admin: httpx.Client, *entries: CatalogueEntry) -> None:
    expected = admin.get("/admin/catalogue").raise_for_status().json()["hash"]
    body = {"csv": sheet_of(with_these(*entries)), "expected": expected}
    assert admin.put("/admin/catalogue", json=body).raise_for_status().json()["applied"]


def fees(admin: httpx.Client) -> dict[str, str]:
    text = admin.get("/admin/catalogue/file").raise_for_status().text.removeprefix("\ufeff")
    head, *rows = (line.split(",") for line in text.splitlines())
    place = head.index("fee_vnd")
    return {row[0]: row[place] for row in rows}


def targets(admin: httpx.Client) -> tuple[float, float]:
    now = admin.get("/admin/settings").raise_for_status().json()["targets"]
    return now["good_min"], now["limit_min"]


def set_good(admin: httpx.Client, minutes: float) -> None:
    now = admin.get("/admin/settings").raise_for_status().json()
    body = {key: value for key, value in now.items() if key not in {"hash", "restart_due"}}
    body["targets"]["good_min"] = minutes
    admin.put("/admin/settings", json=body | {"expected": now["hash"]}).raise_for_status()


def records(admin: httpx.Client, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = admin.get("/admin/record").raise_for_status().json()
    return [one for one in found if one["kind"] == kind]


async def test_what_the_office_changed_stays_and_the_city_hears_where(
    office: RunningOffice, admin: httpx.Client
) -> None:
    by_hand(admin, replace(FIRST, fee_vnd=5_000))
    both = (replace(FIRST, fee_vnd=7_000, minutes=33), replace(SECOND, fee_vnd=9_000))
    answer = await hand_sheet(office, 1, *both)
    assert (answer.outcome, answer.body["version"], answer.body["differ"]) == ("done", 1, 1)
    (own,) = answer.body["differing"]
    assert own["where"] == f"{FIRST.code} fee"
    assert (own["city"].split()[0], own["office"].split()[0]) == ("7000", "5000")
    assert (fees(admin)[FIRST.code], fees(admin)[SECOND.code]) == ("5000", "9000")
    newest, older = records(admin, "CatalogueChanged")
    assert (newest["by"], older["by"]) == ("thành phố / city v1, le.thi.b (admin)", "admin")
    # Asked again it says the same and changes nothing, whatever happened there meanwhile.
    by_hand(admin, replace(FIRST, fee_vnd=5_000), replace(SECOND, fee_vnd=1_000))
    assert (await hand_sheet(office, 1, *both)).body["differ"] == 3
    assert fees(admin)[SECOND.code] == "1000"
    assert len(records(admin, "CatalogueChanged")) == 3


async def test_over_takes_the_citys_everywhere_once(
    office: RunningOffice, admin: httpx.Client
) -> None:
    by_hand(admin, replace(FIRST, fee_vnd=5_000))
    city = replace(FIRST, fee_vnd=7_000)
    assert (await hand_sheet(office, 1, city, over=True)).body["differ"] == 0
    assert fees(admin)[FIRST.code] == "7000"
    assert any("5000" in line and "7000" in line for line in said_last(admin))
    by_hand(admin, replace(FIRST, fee_vnd=6_000))
    assert (await hand_sheet(office, 1, city, over=True)).body["differ"] == 1
    assert fees(admin)[FIRST.code] == "6000"


def said_last(admin: httpx.Client) -> list[str]:
    lines: list[str] = records(admin, "CatalogueChanged")[0]["changes"]
    return lines


async def test_an_office_never_goes_back(office: RunningOffice, admin: httpx.Client) -> None:
    await hand_sheet(office, 4, replace(FIRST, fee_vnd=4_000))
    answer = await hand_sheet(office, 3, replace(FIRST, fee_vnd=3_000), over=True)
    assert (answer.outcome, answer.body["version"]) == ("done", 4)
    assert fees(admin)[FIRST.code] == "4000"
    await hand(office, TARGETS, version=4, good_min=4, limit_min=40)
    answer = await hand(office, TARGETS, version=3, good_min=3, limit_min=30)
    assert (answer.outcome, answer.body["version"]) == ("done", 4)


async def test_a_cut_between_taking_and_keeping_does_no_harm(
    office: RunningOffice, admin: httpx.Client
) -> None:
    city = replace(FIRST, fee_vnd=7_000)
    await hand_sheet(office, 1, city)
    (office.settings.data / "hub" / "taken-catalogue.json").unlink()
    again = await hand_sheet(office, 1, city)
    assert (again.outcome, again.body["differ"]) == ("done", 0)
    assert len(records(admin, "CatalogueChanged")) == 1
    (office.settings.data / "hub" / "taken-catalogue.json").write_text("{torn")
    assert (await hand_sheet(office, 1, city)).outcome == "done"


async def test_what_does_not_fit_the_office_is_refused_in_words(
    office: RunningOffice, admin: httpx.Client
) -> None:
    await hand_sheet(office, 1, replace(FIRST, fee_vnd=7_000))
    strange = replace(FIRST, service="khong-co")
    answer = await hand_sheet(office, 2, strange, replace(SECOND, fee_vnd=1))
    assert answer.outcome == "refused"
    assert answer.words is not None
    assert answer.words.en.startswith(f"{FIRST.code} service: no service 'khong-co'")
    assert answer.words.vi.startswith(f"{FIRST.code} service: không có")
    assert fees(admin)[SECOND.code] != "1"
    unread = await hand(office, CATALOGUE, version=3, pdf="?")
    assert unread.outcome == "refused"
    # What the office still has is the version before, and the next one is taken.
    third = await hand_sheet(office, 3, replace(FIRST, fee_vnd=8_000))
    assert (third.outcome, third.body["differ"]) == ("done", 0)


async def test_more_than_an_office_takes_is_refused_there(
    office: RunningOffice, admin: httpx.Client
) -> None:
    own, more = (
        [replace(FIRST, code=f"{n}.{i:06d}", name_vi="Đất đai " * 45) for i in range(25)]
        for n in (8, 9)
    )
    by_hand(admin, *own)
    too_long = await hand_sheet(office, 1, *more)
    assert too_long.words is not None
    assert "together are too long" in too_long.words.en
    assert len(fees(admin)) == len(shipped_entries()) + len(own)


async def test_targets_hold_from_the_next_start_and_own_ones_stay(
    office: RunningOffice, admin: httpx.Client
) -> None:
    answer = await hand(office, TARGETS, version=1, good_min=9, limit_min=21)
    assert answer.body == {"version": 1, "differ": 0, "differing": [], "restart_due": True}
    assert targets(admin) == (9, 21)
    (record,) = records(admin, "SettingsChanged")
    assert record["by"] == "thành phố / city v1, le.thi.b (admin)"
    set_good(admin, 12)
    answer = await hand(office, TARGETS, version=2, good_min=8, limit_min=20)
    assert answer.body["differing"] == [{"where": "targets", "city": "8 · 20", "office": "12 · 21"}]
    assert targets(admin) == (12, 21)
    answer = await hand(office, TARGETS, version=3, good_min=8, limit_min=20, over=True)
    assert answer.body["differ"] == 0
    assert targets(admin) == (8, 20)


async def test_an_office_whose_server_is_away_is_asked_again(tmp_path: Path) -> None:
    with running(tmp_path) as office:
        pass
    assert (await hand_sheet(office, 1, replace(FIRST, fee_vnd=7_000))).outcome == "again"
    assert (await hand(office, TARGETS, version=1, good_min=8, limit_min=20)).outcome == "again"
