"""Administration: previewed, applied with who and when, and the second of two editors is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.office import ZONE
from tests.fakes.busy_office import SetClock
from tests.fakes.filings import answered
from tests.fakes.offices import running, signed_in

MARITAL = "1.004873"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path, SetClock(MORNING)) as found:
        yield found


@pytest.fixture
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client


def settings(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/admin/settings").raise_for_status().json()
    return found


def body_of(now: dict[str, Any], **changed: Any) -> dict[str, Any]:
    kept = {key: value for key, value in now.items() if key not in {"hash", "restart_due"}}
    return kept | changed


def test_settings_are_previewed_then_saved_with_who_and_when(
    tmp_path: Path, admin: httpx.Client
) -> None:
    now = settings(admin)
    before = (tmp_path / "motcua.toml").read_text("utf-8")
    wanted = body_of(
        now,
        targets={"good_min": 10, "limit_min": 20},
        reports=now["reports"] | {"staff": 6, "service_direction": "at_least"},
        appointments=now["appointments"] | {"closed_days": ["2027-01-01", "2027-02-05"]},
    )
    lines = admin.post("/admin/settings/preview", json=wanted).raise_for_status().json()
    assert {(one["where"], one["before"], one["after"]) for one in lines} == {
        ("targets.good_min", "15.0", "10.0"),
        ("targets.limit_min", "30.0", "20.0"),
        ("reports.staff", "–", "6"),
        ("reports.service_direction", "at_most", "at_least"),
        ("appointments.closed_days", "2027-01-01", "2027-01-01, 2027-02-05"),
    }
    assert (tmp_path / "motcua.toml").read_text("utf-8") == before

    saved = admin.put("/admin/settings", json=wanted | {"expected": now["hash"]})
    assert saved.status_code == 200, saved.text
    assert saved.json()["restart_due"]
    text = (tmp_path / "motcua.toml").read_text("utf-8")
    assert "# mean wait in minutes" in text, "comments stay"
    (record,) = admin.get("/admin/record").json()
    assert (record["by"], record["kind"]) == ("admin", "SettingsChanged")
    assert record["at"].startswith("2026-11-23T08:00")
    assert "reports.staff: – → 6" in record["changes"]
    assert verify_file(tmp_path / "store" / "office.db").ok


def test_a_new_start_works_by_them(tmp_path: Path) -> None:
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        now = settings(admin)
        service = {"id": "NH", "letter": "N", "name_vi": "Nhà ở", "name_en": "Housing"}
        counters = [c | {"services": [*c["services"], "NH"]} for c in now["counters"][:1]]
        wanted = body_of(
            now,
            services=[*now["services"], service],
            counters=[*counters, *now["counters"][1:]],
            devices=[*now["devices"][1:], {"id": "kiosk-3", "role": "kiosk"}],
            brand={"colour": "#7A1F5C", "colour_dark": "#F0A6D8"},
        )
        saved = admin.put("/admin/settings", json=wanted | {"expected": now["hash"]})
        assert saved.status_code == 200, saved.text
    assert (tmp_path / "credentials" / "kiosk-3.json").stat().st_mode & 0o077 == 0
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        assert not settings(admin)["restart_due"]
        assert "NH" in {one["id"] for one in admin.get("/services").json()}
        assert "kiosk-1" not in office.settings.credentials, "it signs in no more"
        theme = httpx.get(f"{office.http_url}/assets/theme.css")
        assert theme.status_code == 503 or "--brand: #7A1F5C;" in theme.text


def test_the_second_of_two_managers_is_told(office: RunningOffice, admin: httpx.Client) -> None:
    with signed_in(office, "board-1") as other:
        both = settings(admin), settings(other)
        first = body_of(both[0], targets={"good_min": 12, "limit_min": 30})
        admin.put("/admin/settings", json=first | {"expected": both[0]["hash"]}).raise_for_status()
        late = body_of(both[1], targets={"good_min": 14, "limit_min": 30})
        refused = other.put("/admin/settings", json=late | {"expected": both[1]["hash"]})
        assert (refused.status_code, refused.json()["code"]) == (409, "stale_version")
        assert settings(other)["targets"]["good_min"] == 12


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": {"good_min": -1, "limit_min": 30}}, "body.targets.good_min"),
        ({"devices": [{"id": "k", "role": "toaster"}]}, "body.devices.0.role"),
        ({"devices": [{"id": "c-9", "role": "counter", "counter": 77}]}, "no counter 77"),
        ({"counters": [{"number": 1, "services": ["??"]}]}, "body.counters.0.services.0"),
        ({"counters": [{"number": 1, "services": ["ZZ"]}]}, "no service 'ZZ'"),
        ({"brand": {"colour": "#FFFF00", "colour_dark": "#5CC2A8"}}, "contrast of 1.1:1"),
        ({"office": {"name_vi": "", "name_en": "x", "sessions": []}}, "body.office.name_vi"),
    ],
)
def test_what_is_no_office_is_refused_and_nothing_changes(
    tmp_path: Path, admin: httpx.Client, change: dict[str, Any], words: str
) -> None:
    now = settings(admin)
    refused = admin.put("/admin/settings", json=body_of(now, **change) | {"expected": now["hash"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
    assert words in refused.json()["detail"]
    assert settings(admin)["hash"] == now["hash"]
    assert admin.get("/admin/record").json() == []
    assert not list(tmp_path.glob(".motcua.toml*"))


def test_a_sheet_is_checked_previewed_and_applied_as_a_version(
    tmp_path: Path, admin: httpx.Client
) -> None:
    now = admin.get("/admin/catalogue").json()
    assert (now["version"], len(now["procedures"])) == (0, 46)
    sheet = admin.get("/admin/catalogue/file").text
    broken = sheet.replace("2.000815,CT", "2.000815,ZZ").replace("2.000884", "884")
    check = admin.post("/admin/catalogue/preview", json={"csv": broken}).json()
    assert {(one["line"], one["column"]) for one in check["faults"]} == {
        (2, "service"),
        (3, "code"),
    }
    body = {"csv": broken, "expected": now["hash"]}
    assert not admin.put("/admin/catalogue", json=body).json()["applied"]
    assert not (tmp_path / "catalogue").exists(), "nothing is half-applied"

    better = sheet.replace("Chứng thực chữ ký", "Chứng thực chữ ký cá nhân")
    (line,) = admin.post("/admin/catalogue/preview", json={"csv": better}).json()["changes"]
    assert line["where"] == "2.000884 name_vi"
    applied = admin.put("/admin/catalogue", json={"csv": better, "expected": now["hash"]}).json()
    assert applied["applied"]
    late = admin.put("/admin/catalogue", json={"csv": sheet, "expected": now["hash"]})
    assert late.status_code == 409
    assert admin.get("/admin/catalogue").json()["version"] == 1
    assert admin.get("/admin/record").json()[0]["what"] == "catalogue 1: imported"
    assert verify_file(tmp_path / "store" / "office.db").ok


def test_what_was_unsure_is_confirmed(admin: httpx.Client) -> None:
    now = admin.get("/admin/catalogue").json()
    unsure = next(one for one in now["procedures"] if one["unsure"])
    address = f"/admin/catalogue/{unsure['code']}/confirm"
    body = {"field": unsure["unsure"][0], "expected": now["hash"]}
    after = admin.post(address, json=body).raise_for_status().json()
    found = next(one for one in after["procedures"] if one["code"] == unsure["code"])
    assert found["unsure"] == unsure["unsure"][1:]
    again = admin.post(address, json=body | {"expected": after["hash"]})
    assert again.status_code == 404
    assert admin.get("/admin/record").json()[0]["what"] == "catalogue 1: confirmed"


def test_the_own_catalogue_is_what_clerks_search_at_once_and_after_a_start(tmp_path: Path) -> None:
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        now = admin.get("/admin/catalogue").json()
        sheet = admin.get("/admin/catalogue/file").text.replace("Certify a signature", "Sign here")
        admin.put("/admin/catalogue", json={"csv": sheet, "expected": now["hash"]})
        assert "Sign here" in {one["name"]["en"] for one in admin.get("/procedures").json()}
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        assert "Sign here" in {one["name"]["en"] for one in admin.get("/procedures").json()}


def test_the_offices_own_fee_and_time_are_what_a_filing_gets(tmp_path: Path) -> None:
    """The shipped catalogue leaves this fee to the province; the office fills it in."""
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        before = file(admin, "before")
        assert (before["fee_vnd"], before["due_at"][:10]) == (None, "2026-11-27")
        said = {"version": "2026-12", "fee_vnd": "15000", "per_vi": "giấy", "per_en": "paper"}
        said |= {"time": "1", "fee_note_vi": "Nghị quyết của tỉnh.", "fee_note_en": "Provincial."}
        import_marital(admin, said)
        checked(file(admin, "after"))
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        checked(file(admin, "after a start"))
        with office.live.look() as day:
            found = {one.catalogue for one in day.shelf.dossiers.values()}
        form = shipped_forms()[MARITAL].version
        assert found == {f"2026-11-22/{form}", f"2026-12/{form}"}


def test_what_is_taken_by_appointment_is_not_begun_and_what_was_begun_is_finished(
    tmp_path: Path,
) -> None:
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        said = {"procedure": MARITAL, "answers": answered(shipped_forms()[MARITAL])}
        begun = admin.post("/dossiers/drafts", json=said, headers={"Idempotency-Key": "begun"})
        import_marital(admin, {"mode": "appointment_only"})
        for place, more in (("/dossiers/drafts", {}), ("/dossiers", {"consent": True})):
            refused = admin.post(place, json=said | more, headers={"Idempotency-Key": place})
            assert (refused.status_code, refused.json()["code"]) == (409, "not_fileable")
        whole = said | {"consent": True, "draft": begun.json()["holder"]}
        done = admin.post("/dossiers", json=whole, headers={"Idempotency-Key": "done"})
        assert done.status_code == 201, done.text


def import_marital(admin: httpx.Client, facts: dict[str, str]) -> None:
    """The administrator changes the sheet's row of the marital-status certificate."""
    now = admin.get("/admin/catalogue").json()
    text = admin.get("/admin/catalogue/file").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = (one for one in rows if one["code"] == MARITAL)
    row |= facts
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    body = {"csv": out.getvalue(), "expected": now["hash"]}
    applied = admin.put("/admin/catalogue", json=body).raise_for_status().json()
    assert applied["applied"], applied


def file(client: httpx.Client, key: str) -> dict[str, Any]:
    body = {"procedure": MARITAL, "answers": answered(shipped_forms()[MARITAL]), "consent": True}
    answer = client.post("/dossiers", json=body, headers={"Idempotency-Key": key})
    made: dict[str, Any] = answer.raise_for_status().json()
    return made


def checked(made: dict[str, Any]) -> None:
    """The office's fee, with its note, and its time."""
    copies = int(answered(shipped_forms()[MARITAL])["copies"])
    assert made["fee_vnd"] == 15000 * copies
    assert made["fee_note"]["vi"] == "Nghị quyết của tỉnh."
    assert made["due_at"][:10] == "2026-11-25", "24 November is a holiday"


def test_only_who_leads_administers(office: RunningOffice) -> None:
    for device in ("counter-1", "kiosk-1", "display-1"):
        with signed_in(office, device) as client:
            for address in ("settings", "catalogue", "catalogue/file", "record"):
                assert client.get(f"/admin/{address}").status_code == 403
