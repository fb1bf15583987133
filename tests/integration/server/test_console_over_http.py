"""The console's API: the line with reasons, live, fenced, for its own counter alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import secret_of, signed_in
from tests.integration.server.test_live_over_http import events


@pytest.fixture(scope="module")
def clerk(office: RunningOffice) -> Iterator[httpx.Client]:
    """Counter 4 of the sample ward: land, construction, certification."""
    with signed_in(office, "counter-4") as client:
        yield client


@pytest.fixture(autouse=True)
def empty_line(clerk: httpx.Client) -> Iterator[None]:
    """Each test begins and ends with nobody waiting or standing here."""
    _clear(clerk)
    yield
    _clear(clerk)


def _clear(clerk: httpx.Client) -> None:
    while (view := console(clerk))["citizen"] or view["line"]["total"]:
        move(clerk, "no-show" if "no-show" in view["allowed"] else "call-next", version=None)


def console(clerk: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = clerk.get("/counters/4/console").raise_for_status().json()
    return found


def move(clerk: httpx.Client, name: str, *, version: int | None, **body: Any) -> httpx.Response:
    key = body.pop("key", None)
    headers = {"Idempotency-Key": key} if key else {}
    body = {"expected_version": version, **body}
    return clerk.post(f"/counters/4/{name}", json=body, headers=headers)


def take(office: RunningOffice, key: str, **body: Any) -> dict[str, Any]:
    with signed_in(office, "kiosk-1") as kiosk:
        wish = {"service": "DD", **body}
        answer = kiosk.post("/tickets", json=wish, headers={"Idempotency-Key": f"console {key}"})
    taken: dict[str, Any] = answer.raise_for_status().json()
    return taken


def test_the_line_says_who_is_next_and_why(office: RunningOffice, clerk: httpx.Client) -> None:
    normal = take(office, "line 1", procedure="1.012753")
    elder = take(office, "line 2", priority="age_80", language="en")
    line = clerk.get("/counters/4/line").raise_for_status().json()
    assert (line["counter"], line["total"]) == (4, 2)
    first, second = line["first"]
    assert (first["number"], first["reason"]) == (elder["number"], "priority_turn")
    assert (first["place"], first["limit_min"], first["language"]) == (1, 30.0, "en")
    assert (second["number"], second["procedures"]) == (normal["number"], ["1.012753"])
    called = move(clerk, "call-next", version=console(clerk)["version"]).json()
    assert called["number"] == elder["number"]
    why = clerk.get(f"/tickets/{called['id']}/why").json()
    assert why["reason"] == first["reason"]
    move(clerk, "no-show", version=None)


def test_a_stale_window_is_refused_and_the_stream_shows_what_the_other_did(
    office: RunningOffice, clerk: httpx.Client
) -> None:
    taken = take(office, "fence")
    with clerk.stream("GET", "/counters/4/stream") as response:
        stream = events(response)
        name, seq, shown = next(stream)
        assert (name, seq) == ("console", shown["seq"])
        with signed_in(office, "counter-4") as other:
            assert move(other, "call-next", version=int(str(shown["version"]))).is_success
        refused = move(clerk, "call-next", version=int(str(shown["version"])))
        assert (refused.status_code, refused.json()["code"]) == (409, "stale_version")
        fresh = next(later for _, _, later in stream if later["citizen"])
    citizen = fresh["citizen"]
    assert isinstance(citizen, dict)
    assert citizen["ticket"]["number"] == taken["number"]
    assert "start" in fresh["allowed"]  # type: ignore[operator]  # a list of moves
    move(clerk, "no-show", version=None)


def test_one_press_sent_twice_is_one_move(office: RunningOffice, clerk: httpx.Client) -> None:
    take(office, "twice 1")
    take(office, "twice 2")
    version = console(clerk)["version"]
    first = move(clerk, "call-next", version=version, key="press 1")
    again = move(clerk, "call-next", version=version, key="press 1")
    assert again.headers["idempotent-replay"] == "true"
    assert first.json() == again.json()
    assert console(clerk)["line"]["total"] == 1
    move(clerk, "no-show", version=None)


def test_hold_absence_and_appointment_are_listed(
    office: RunningOffice, clerk: httpx.Client
) -> None:
    at = console(clerk)["at"]
    booked = take(office, "booked", service="XD", appointment=at)
    held = take(office, "held")
    gone = take(office, "gone")
    move(clerk, "call", version=None, number=held["number"])
    move(clerk, "start", version=None)
    move(clerk, "hold", version=None)
    move(clerk, "call", version=None, number=gone["number"])
    move(clerk, "no-show", version=None)
    view = console(clerk)
    assert [one["number"] for one in view["held"]] == [held["number"]]
    assert view["absent"][0]["number"] == gone["number"]
    assert [one["number"] for one in view["appointments"]] == [booked["number"]]
    assert "resume" in view["allowed"]
    move(clerk, "resume", version=view["version"], number=held["number"])
    assert console(clerk)["held"] == []
    move(clerk, "call-next", version=None)
    move(clerk, "no-show", version=None)


def test_a_note_is_kept_and_nothing_personal_is(office: RunningOffice, clerk: httpx.Client) -> None:
    take(office, "note")
    called = move(clerk, "call-next", version=None).json()
    version = console(clerk)["version"]
    noted = move(clerk, "note", version=version, note="Thiếu bản chính, hẹn chiều")
    assert noted.json()["version"] == called["version"] + 1
    assert console(clerk)["version"] == version
    story = clerk.get(f"/tickets/{called['id']}/history").json()
    assert story[-1]["note"] == "Thiếu bản chính, hẹn chiều"
    refused = move(clerk, "note", version=version, note="gọi 0912 345 678")
    assert (refused.status_code, refused.json()["code"]) == (422, "personal_note")
    assert "0912" not in refused.text
    assert move(clerk, "note", version=version).status_code == 422
    move(clerk, "no-show", version=None)


def test_a_visit_ends_with_a_known_outcome(office: RunningOffice, clerk: httpx.Client) -> None:
    take(office, "outcome")
    move(clerk, "call-next", version=None)
    move(clerk, "start", version=None)
    assert move(clerk, "finish", version=None, outcome="WHATEVER").status_code == 422
    codes = [one["code"] for one in clerk.get("/outcomes").json()]
    assert codes[0] == "NORMAL"
    done = move(clerk, "finish", version=None, outcome=codes[1]).json()
    assert (done["state"], done["outcome"]) == ("finished", codes[1])


def test_a_slip_is_given_again(office: RunningOffice, clerk: httpx.Client) -> None:
    taken = take(office, "slip")
    slip = clerk.post(f"/tickets/{taken['id']}/slip").raise_for_status().json()
    assert (slip["number"], slip["follow_url"]) == (taken["number"], taken["follow_url"])
    assert slip["qr_path"].startswith("M4 4h7v1h-7z"), "the finder in the corner"
    assert slip["service"]["vi"] == "Đất đai"
    story = clerk.get(f"/tickets/{taken['id']}/history").json()
    assert story[-1]["kind"] == "SlipGivenAgain"


def test_procedures_are_listed_with_their_papers(clerk: httpx.Client) -> None:
    found = {one["code"]: one for one in clerk.get("/procedures").json()}
    assert found["2.000815"]["service"] == "CT"
    assert found["2.000815"]["papers"]


@pytest.mark.parametrize("path", ["line", "console", "stream"])
def test_only_the_own_counter_is_shown(office: RunningOffice, path: str) -> None:
    expected = {"counter-1": 403, "kiosk-1": 403, "display-1": 403, "board-1": 403}
    for device, status in expected.items():
        with signed_in(office, device) as client:
            assert client.get(f"/counters/4/{path}").status_code == status, device
    with signed_in(office) as admin:
        assert admin.get(f"/counters/99/{path}").status_code == 404
        assert admin.get(f"/counters/0/{path}").status_code == 422


def test_a_sign_in_says_which_counter_it_belongs_to(office: RunningOffice) -> None:
    url = f"{office.http_url}/api/v1/session"
    answer = httpx.post(url, json={"secret": secret_of(office, "counter-4")}).json()
    assert answer == {"id": "counter-4", "role": "counter", "counter": 4}


def test_a_clerk_switches_to_what_is_the_clerks_to_choose(office: RunningOffice) -> None:
    with signed_in(office, "counter-1") as clerk, signed_in(office) as admin:
        view = clerk.get("/counters/1/console").json()
        assert [one["id"] for one in view["profiles"]] == [None, "land", "priority"]
        switched = clerk.post("/counters/1/profile", json={"profile": "land"})
        assert switched.json()["services"] == ["DD", "CT"]
        assert clerk.get("/counters/1/console").json()["profile"] == "land"
        refused = clerk.post("/counters/1/profile", json={"profile": "priority"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        unknown = clerk.post("/counters/1/profile", json={"profile": "nothing"})
        assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_profile")
        stale = clerk.post("/counters/1/profile", json={"expected_version": view["version"]})
        assert stale.json()["code"] == "stale_version"
        assert admin.post("/counters/1/profile", json={"profile": "priority"}).is_success
        back = clerk.post("/counters/1/profile", json={})
        assert back.status_code == 403, "what an administrator chose, a clerk does not leave"
        assert admin.post("/counters/1/profile", json={}).json()["services"] == ["CT", "HT", "TP"]


def test_asking_for_help_is_seen_on_console_and_board_and_by_nobody_elses_hand(
    office: RunningOffice, clerk: httpx.Client
) -> None:
    with signed_in(office) as admin:

        def on_the_board() -> object:
            counters = admin.get("/board").json()["counters"]
            return next(one["help_since"] for one in counters if one["number"] == 4)

        assert clerk.put("/counters/4/help").status_code == 204
        since = console(clerk)["help_since"]
        assert since is not None
        assert on_the_board() == since
        assert clerk.put("/counters/4/help").status_code == 204
        assert console(clerk)["help_since"] == since
        assert clerk.put("/counters/3/help").status_code == 403
        assert admin.put("/counters/99/help").status_code == 404
        assert clerk.delete("/counters/4/help").status_code == 204
        assert on_the_board() is None


def test_declared_papers_reach_the_counter(office: RunningOffice, clerk: httpx.Client) -> None:
    take(office, "papers", procedure="1.012753", papers=[0, 2])
    assert move(clerk, "call-next", version=None).json()["papers"] == [0, 2]
    move(clerk, "no-show", version=None)


def test_who_has_booked_and_is_not_here_stands_among_the_appointments(
    office: RunningOffice, clerk: httpx.Client
) -> None:
    today = office.clock.now().date().isoformat()
    days = clerk.get("/appointments/slots", params={"service": "DD"}).json()
    free = [slot["at"] for day in days for slot in day["slots"] if day["day"] == today]
    if not free:
        pytest.skip("no slot is left today: the office's clock is the machine's")
    wish = {"service": "DD", "at": free[-1], "channel": "staff"}
    booked = clerk.post("/appointments", json=wish, headers={"Idempotency-Key": "book 1"})
    assert booked.status_code == 201
    (row,) = console(clerk)["appointments"]
    assert (row["number"], row["state"], row["service"]) == ("", "booked", "DD")
