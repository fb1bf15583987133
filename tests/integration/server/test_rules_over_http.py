"""Rules are changed while people wait: one event, the file with its comments, and nobody lost."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap import RunningOffice
from queue_server.domain.events import OfficeConfigured
from tests.fakes.offices import running, signed_in
from tests.fakes.past_morning import MORNING, a_day_passes

RULES = "/admin/rules"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path, clock) as found:
        yield found


@pytest.fixture
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client


def issue(client: httpx.Client, service: str, **more: str) -> dict[str, Any]:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    answer = client.post("/tickets", json={"service": service, **more}, headers=headers)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def move(client: httpx.Client, counter: int, name: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"/counters/{counter}/{name}", json=body).raise_for_status()
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found


def rules(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(RULES).raise_for_status().json()
    return found


def tried(client: httpx.Client, now: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    body = {"rules": now["rules"] | wanted, "counters": now["counters"]}
    found: dict[str, Any] = client.post(f"{RULES}/try", json=body).raise_for_status().json()
    return found


def change(client: httpx.Client, now: dict[str, Any], **wanted: Any) -> httpx.Response:
    """Save these rules, tried just before."""
    trial = tried(client, now, **wanted)["trial"]
    return save(client, now, trial, **wanted)


def save(
    client: httpx.Client, now: dict[str, Any], trial: str | None = None, **wanted: Any
) -> httpx.Response:
    body = {"rules": now["rules"] | wanted, "counters": now["counters"], "expected": now["hash"]}
    return client.put(RULES, json=body | ({} if trial is None else {"trial": trial}))


def configured(office: RunningOffice) -> int:
    reader = SqliteReader(office.settings.data / "store" / "office.db")
    stored = [one for day in reader.days() for one in reader.of_day(day)]
    return sum(isinstance(one.event, OfficeConfigured) for one in stored)


def test_a_change_holds_at_once_and_after_a_restart(
    tmp_path: Path, office: RunningOffice, admin: httpx.Client
) -> None:
    before = configured(office)
    now = rules(admin)
    assert (now["rules"]["policy"], now["counters"][4]["priority"]) == ("weighted", "preferred")
    answer = change(admin, now, policy="strict", limit_min=45)
    assert answer.status_code == 200, answer.text
    assert answer.json()["rules"]["policy"] == "strict"
    assert answer.json()["hash"] != now["hash"]
    assert configured(office) == before + 1

    issue(admin, "CT")
    aged = issue(admin, "CT", priority="age_80")
    assert move(admin, 1, "call-next")["number"] == aged["number"]
    with office.live.look() as day:
        assert day.office.rules.default_limit == timedelta(minutes=45)

    text = (tmp_path / "motcua.toml").read_text("utf-8")
    assert 'policy = "strict"       # fifo, weighted, strict' in text
    assert "limit_min = 45" in text
    assert "# quầy ưu tiên: priority citizens first" in text
    assert not list(tmp_path.glob(".motcua.toml*"))


def test_a_file_that_was_changed_is_what_a_new_start_reads(tmp_path: Path) -> None:
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        change(admin, rules(admin), priority_turns=5).raise_for_status()
    with running(tmp_path, SetClock(MORNING)) as office, signed_in(office) as admin:
        assert rules(admin)["rules"]["priority_turns"] == 5
        assert configured(office) == 2


def test_nobody_is_lost(tmp_path: Path, admin: httpx.Client) -> None:
    """People wait, are called, served, held, sent to a counter; then every profile changes."""
    taken = [issue(admin, service)["id"] for service in ("CT", "CT", "CT", "HT", "DD", "CT", "LD")]
    move(admin, 1, "call-next")
    move(admin, 1, "start")
    move(admin, 1, "hold")
    move(admin, 1, "call-next")
    move(admin, 2, "call-next")
    move(admin, 2, "start")
    sent = admin.post(f"/tickets/{taken[4]}/transfer", json={"to_counter": 3})
    assert sent.status_code == 200, sent.text
    states = {i: admin.get(f"/tickets/{i}").json()["state"] for i in taken}
    assert sorted(states.values()) == ["called", "held", "serving", *["waiting"] * 4]

    now = rules(admin)
    for counter in now["counters"]:
        counter["services"] = ["XD"] if counter["number"] == 5 else []
        counter["profile"] = [] if counter["number"] == 5 else [{"service": "DN", "order": 2}]
    change(admin, now, policy="fifo").raise_for_status()

    assert {i: admin.get(f"/tickets/{i}").json()["state"] for i in taken} == states
    # What no counter lists any more is everybody's: all can still be called and finished.
    move(admin, 1, "start")
    move(admin, 1, "finish")
    move(admin, 1, "resume")
    for counter in (1, 2, 3, 4):
        while move(admin, counter, "call-next").get("state") == "called":
            move(admin, counter, "start")
        admin.post(f"/counters/{counter}/finish")
    assert {admin.get(f"/tickets/{i}").json()["state"] for i in taken} == {"finished"}
    verdict = verify_file(tmp_path / "store" / "office.db")
    assert (verdict.ok, verdict.tickets) == (True, len(taken)), verdict.fault


def test_the_second_of_two_editors_is_told(office: RunningOffice, admin: httpx.Client) -> None:
    now = rules(admin)
    change(admin, now, recall_limit=4).raise_for_status()
    late = change(admin, now, recall_limit=5)
    early = save(admin, now, tried(admin, now)["trial"], recall_limit=6)
    assert (early.status_code, early.json()["code"]) == (409, "stale_version")
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert rules(admin)["rules"]["recall_limit"] == 4
    with office.live.look() as day:
        assert day.office.rules.recall_limit == 4


@pytest.mark.parametrize(
    ("rules_say", "first_counter", "words"),
    [
        ({"policy": "lottery"}, {}, "body.rules.policy"),
        ({"polcy": "fifo"}, {}, "body.rules.polcy"),
        ({"priority_turns": 0}, {}, "body.rules.priority_turns"),
        ({}, {"services": ["CTT"]}, "counters.0: no service 'CTT'; did you mean 'CT'?"),
        ({}, {"services": []}, "counters.0.services: counter 1 serves nothing"),
        ({}, {"services": ["CT", "CT"]}, "counters.0: service 'CT' is named twice"),
        ({}, {"number": 77}, "counters: [1, 77] not in both"),
    ],
)
def test_what_does_not_fit_is_named(
    office: RunningOffice,
    admin: httpx.Client,
    rules_say: dict[str, Any],
    first_counter: dict[str, Any],
    words: str,
) -> None:
    now, before = rules(admin), configured(office)
    now["counters"][0] |= first_counter
    refused = save(admin, now, **rules_say)
    assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
    assert words in refused.json()["detail"]
    assert configured(office) == before


def test_only_who_leads_may_change_rules(office: RunningOffice) -> None:
    for device in ("counter-1", "kiosk-1"):
        with signed_in(office, device) as client:
            assert client.get(RULES).status_code == 403
            assert client.put(RULES, json={}).status_code == 403


def test_rules_are_tried_on_the_last_day(
    office: RunningOffice, admin: httpx.Client, clock: SetClock
) -> None:
    now = rules(admin)
    first = tried(admin, now, policy="strict")
    assert (first["day"], first["wanted"]) == (None, None)
    assert "Chưa có ngày làm việc nào kết thúc" in first["words"]["vi"]

    a_day_passes(admin, clock)
    before = configured(office)
    found = tried(admin, now, policy="strict")
    assert found["day"] == "2026-11-23"
    # The clerk of the model calls at 8:00 who comes then, and at 8:10 who has priority.
    assert found["was"]["all"]["called"] == 3
    assert found["wanted"]["priority"]["mean_min"] == pytest.approx(8)
    assert "quy tắc này cho: chờ trung bình" in found["words"]["vi"]
    assert configured(office) == before


def test_rules_hold_only_after_a_trial_of_exactly_them(
    office: RunningOffice, admin: httpx.Client, clock: SetClock
) -> None:
    now = rules(admin)
    early = tried(admin, now, policy="strict")["trial"]
    a_day_passes(admin, clock)
    before = configured(office)
    other = tried(admin, now, policy="fifo")["trial"]
    for trial in (None, "0" * 64, other, early):
        refused = save(admin, now, trial, policy="strict")
        assert (refused.status_code, refused.json()["code"]) == (409, "rules_untried"), trial
        assert refused.headers["content-type"] == "application/problem+json"
        assert "hãy chạy thử" in refused.json()["title_vi"]
        assert "/admin/rules/try" in refused.json()["detail"]
    assert (configured(office), rules(admin)["rules"]["policy"]) == (before, "weighted")

    trial = tried(admin, now, policy="strict")["trial"]
    saved = save(admin, now, trial, policy="strict").raise_for_status().json()
    assert saved["rules"]["policy"] == "strict"
    # The same trial does not fit over the rules that hold now.
    again = save(admin, saved, trial)
    assert (again.status_code, again.json()["code"]) == (409, "rules_untried")
