"""People over HTTP: the first one by init, changes with who and when, sign-in, sessions, CSRF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from queue_server.adapters.first_person import FIRST, write_first_person
from queue_server.adapters.new_office import make_office
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.api.access import COOKIE
from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import running, signed_in

PASSWORD = "chuon chuon bay thap"


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningOffice, str]]:
    """An office of its own, because people outlive a test; with the first one's password."""
    folder = tmp_path_factory.mktemp("people") / "ward"
    make_office(folder, "ward")
    password = write_first_person(folder, "quantri")
    with running(folder) as office:
        yield office, password


@pytest.fixture
def office(mended: tuple[RunningOffice, str]) -> RunningOffice:
    return mended[0]


def browser(office: RunningOffice) -> httpx.Client:
    """A browser says where its requests come from."""
    headers = {"Origin": office.http_url}
    return httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1", headers=headers)


def put(office: RunningOffice, name: str, **body: object) -> httpx.Response:
    with signed_in(office) as admin:
        return admin.put(f"/admin/people/{name}", json=body)


def enter(client: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/session/person", json={"name": name, "password": password})


def test_init_makes_the_first_administrator_once(mended: tuple[RunningOffice, str]) -> None:
    office, password = mended
    assert not (office.settings.data / FIRST).exists()
    with browser(office) as page:
        signed = enter(page, "quantri", password)
        assert signed.json() == {"id": "quantri", "role": "admin", "counter": None}
        (first,) = [p for p in page.get("/admin/people").json() if p["name"] == "quantri"]
        assert first["changed_by"] == "motcua init"


def test_a_clerk_reaches_the_own_counter_and_no_other(office: RunningOffice) -> None:
    assert put(office, "lan", role="clerk", counter=3, password=PASSWORD).is_success
    with browser(office) as page:
        assert enter(page, "lan").json()["counter"] == 3
        assert page.get("/counters/3/console").is_success
        assert page.post("/counters/3/open").is_success
        assert page.get("/counters/2/console").status_code == 403
        assert page.get("/board").status_code == 403
        assert page.get("/admin/people").status_code == 403


def test_a_viewer_sees_the_board_and_changes_nothing(office: RunningOffice) -> None:
    put(office, "huong", role="viewer", password=PASSWORD)
    with browser(office) as page:
        enter(page, "huong")
        assert page.get("/board").is_success
        assert page.get("/admin/rules").status_code == 403
        assert page.post("/counters/1/open").status_code == 403
        assert page.get("/metrics").status_code in {403, 404}


def test_a_post_operator_takes_numbers_and_sees_only_the_own(office: RunningOffice) -> None:
    put(office, "buuta", role="post_operator", password=PASSWORD)
    with browser(office) as page, signed_in(office, "kiosk-1") as kiosk:
        enter(page, "buuta")
        key = {"Idempotency-Key": "post 1"}
        mine = page.post("/tickets", json={"service": "CT"}, headers=key).json()
        theirs = kiosk.post("/tickets", json={"service": "CT"}, headers=key).json()
        assert page.get(f"/tickets/{mine['id']}").is_success
        assert page.get(f"/tickets/{theirs['id']}").status_code == 404
        assert page.get("/board").status_code == 403


def test_each_change_is_an_event_with_who_and_without_any_password(office: RunningOffice) -> None:
    put(office, "mai", role="manager", password=PASSWORD)
    put(office, "mai", role="viewer")
    with signed_in(office) as admin:
        assert admin.delete("/admin/people/mai").status_code == 204
    reader = SqliteReader(office.settings.data / "store" / "office.db")
    with office.live.look() as day:
        today = day.day
    mine = [
        stored.event
        for stored in reader.of_day(today)
        if getattr(stored.event, "person", None) == "mai"
    ]
    assert [type(event).__name__ for event in mine] == ["PersonSet", "PersonSet", "PersonRemoved"]
    assert {event.by for event in mine} == {"admin"}  # type: ignore[attr-defined]  # both have it
    assert "argon2" not in str(mine)
    assert "mai" not in {person.name for person in reader.people()}


def test_the_second_of_two_administrators_sees_the_conflict(office: RunningOffice) -> None:
    first = put(office, "thu", role="viewer", password=PASSWORD, seen="nobody").json()
    again = put(office, "thu", role="admin", password=PASSWORD, seen="nobody")
    assert (again.status_code, again.json()["code"]) == (409, "stale_version")
    newer = put(office, "thu", role="manager", seen=first["changed_at"])
    assert newer.is_success, newer.text
    stale = put(office, "thu", role="viewer", seen=first["changed_at"])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    with signed_in(office) as admin:
        old = {"seen": first["changed_at"]}
        assert admin.delete("/admin/people/thu", params=old).status_code == 409
        (thu,) = [one for one in admin.get("/admin/people").json() if one["name"] == "thu"]
        assert thu["role"] == "manager"
        now = {"seen": thu["changed_at"]}
        assert admin.delete("/admin/people/thu", params=now).status_code == 204
    gone = put(office, "thu", role="viewer", password=PASSWORD, seen=thu["changed_at"])
    assert gone.status_code == 409


def test_a_new_password_and_a_removal_end_the_sessions(office: RunningOffice) -> None:
    put(office, "tu", role="manager", password=PASSWORD)
    with browser(office) as page, browser(office) as other:
        enter(page, "tu")
        enter(other, "tu")
        wrong = page.put("/session/password", json={"old": "not this one", "new": "x" * 12})
        assert wrong.status_code == 401
        weak = page.put("/session/password", json={"old": PASSWORD, "new": "short"})
        assert weak.status_code == 422
        assert "short" not in weak.text
        changed = {"old": PASSWORD, "new": "mot mat khau khac"}
        assert page.put("/session/password", json=changed).status_code == 204
        assert other.get("/board").status_code == 401
        assert enter(other, "tu", "mot mat khau khac").is_success
        with signed_in(office) as admin:
            admin.delete("/admin/people/tu")
        assert other.get("/board").status_code == 401


def test_people_outlive_the_server(tmp_path: Path) -> None:
    with running(tmp_path / "ward") as office, browser(office) as page:
        put(office, "lan", role="manager", password=PASSWORD)
        assert enter(page, "lan").is_success
        stays = {"Cookie": f"{COOKIE}={page.cookies[COOKIE]}"}
        assert enter(page, "lan").is_success
        leaves = {"Cookie": f"{COOKIE}={page.cookies[COOKIE]}"}
        assert page.delete("/session").is_success
    with running(tmp_path / "ward") as office, browser(office) as page:
        assert page.get("/board", headers=stays).is_success
        assert page.get("/board", headers=leaves).status_code == 401
        assert enter(page, "lan").is_success


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("Lan", {"role": "viewer", "password": PASSWORD}, 422),
        ("kiosk-1", {"role": "viewer", "password": PASSWORD}, 422),
        ("lan2", {"role": "viewer"}, 422),
        ("lan2", {"role": "clerk", "password": PASSWORD}, 422),
        ("lan2", {"role": "viewer", "counter": 1, "password": PASSWORD}, 422),
        ("lan2", {"role": "clerk", "counter": 99, "password": PASSWORD}, 404),
        ("lan2", {"role": "viewer", "password": "lan2lan2lan2"}, 422),
        ("lan2", {"role": "viewer", "password": "aaaaaaaaaaaaaa"}, 422),
        ("lan2", {"role": "viewer", "password": "Mật khẩu 2026!"}, 422),
        ("lan2", {"role": "kiosk", "password": PASSWORD}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_repeats_no_password(
    office: RunningOffice, name: str, body: dict[str, object], status: int
) -> None:
    answer = put(office, name, **body)
    assert answer.status_code == status
    assert str(body.get("password")) not in answer.text


def test_the_last_administrator_stays(office: RunningOffice) -> None:
    with signed_in(office) as admin:
        refused = admin.delete("/admin/people/quantri")
        assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
        assert admin.put("/admin/people/quantri", json={"role": "viewer"}).status_code == 422
        assert admin.delete("/admin/people/nobody").status_code == 404


def test_guessing_is_slowed_down_and_says_the_same_for_every_name(office: RunningOffice) -> None:
    put(office, "hoa", role="viewer", password=PASSWORD)
    with browser(office) as page:
        known = enter(page, "hoa", "wrong password")
        unknown = enter(page, "nobody-here", "wrong password")
        assert (known.status_code, unknown.status_code) == (401, 401)
        left_out = {"instance"}
        same = [
            {k: v for k, v in json.loads(one.text).items() if k not in left_out}
            for one in (known, unknown)
        ]
        assert same[0] == same[1]
        codes = [enter(page, "hoa", "wrong password").status_code for _ in range(8)]
        assert codes[-1] == 429
        assert enter(page, "hoa").status_code == 429, "the right one is no way around"


def test_another_page_cannot_use_the_cookie(office: RunningOffice) -> None:
    put(office, "linh", role="clerk", counter=2, password=PASSWORD)
    with browser(office) as page:
        enter(page, "linh")
        elsewhere = {"Origin": "https://elsewhere.example"}
        for headers in (
            elsewhere,
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": ""},
        ):
            assert page.post("/counters/2/open", headers=headers).status_code == 403
        assert page.get("/counters/2/console", headers=elsewhere).is_success
        assert page.post("/counters/2/open", headers={"Sec-Fetch-Site": "same-origin"}).is_success
