"""A day played again is the board as it was, compared minute by minute with what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

EIGHT = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)
SAME = ("today", "counters", "satisfaction", "asks")


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(EIGHT)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("replayed"), clock) as found:
        yield found


def act(admin: httpx.Client, random: Random, key: str) -> None:
    """Somebody comes, or a counter works; what is refused changes nothing."""
    counter = random.choice((1, 2, 4))
    path, body = random.choice(
        (
            ("/tickets", {"service": random.choice(("CT", "HT", "DD"))}),
            ("/tickets", {"service": "CT"}),
            (f"/counters/{counter}/call-next", {}),
            (f"/counters/{counter}/start", {}),
            (f"/counters/{counter}/finish", {}),
            (f"/counters/{counter}/pause", {}),
            ("/counters/3/ask", {"service": "CT"}),
        )
    )
    answer = admin.post(path, json=body, headers={"Idempotency-Key": key})
    assert answer.status_code < 500


def by_service(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows without forecasts; events keep the services in the order of their ids."""
    return {row.get("service") or row["id"]: row | {"forecast": None} for row in rows}


def test_each_minute_is_the_board_that_was_shown_then(ward: RunningOffice, clock: SetClock) -> None:
    random = Random(20260511)
    shown: dict[int, dict[str, Any]] = {}
    with signed_in(ward) as admin:
        for minute in range(40):
            for step in range(3):
                clock.advance_to(EIGHT + timedelta(minutes=minute, seconds=15 * step + 1))
                act(admin, random, f"{minute} {step}")
            clock.advance_to(EIGHT + timedelta(minutes=minute, seconds=59))
            shown[480 + minute] = admin.get("/board").json()
        day = admin.get("/replay/days").json()["days"][-1]
        played = admin.get(f"/replay/days/{day}").json()
        assert (played["first"], played["last"]) == (480, 519)
        for minute, was in shown.items():
            again = admin.get(f"/replay/days/{day}/board", params={"minute": minute}).json()
            for part in SAME:
                assert again[part] == was[part], (minute, part)
            for part in ("lines", "services"):
                assert by_service(again[part]) == by_service(was[part])
            assert again["course"]["slots"][0]["arrived"] == was["course"]["slots"][0]["arrived"]
            assert all(one["forecast"] is None for one in again["services"])
        assert sum(board["today"]["called"] for board in shown.values()) > 0


def test_other_rules_on_a_day_and_what_cannot_be_played(ward: RunningOffice) -> None:
    with signed_in(ward) as admin:
        day = admin.get("/replay/days").json()["days"][-1]
        tried = admin.get(f"/replay/days/{day}/rules").json()
        assert len(tried["rules"]) >= 6
        assert tried["was"]["all"]["called"] > 0
        assert admin.get("/replay/days/2001-01-01").status_code == 404
        assert admin.get("/replay/days/2001-01-01/rules").status_code == 404
        assert admin.get("/replay/days/no-day").status_code == 422
        assert admin.get(f"/replay/days/{day}/board?minute=9999").status_code == 422
    with signed_in(ward, "counter-1") as clerk:
        assert clerk.get("/replay/days").status_code == 403


def test_a_past_day_is_played_from_the_store_alone(tmp_path: Path) -> None:
    clock = SetClock(EIGHT)
    with running(tmp_path, clock) as ward, signed_in(ward) as admin:
        for number in range(3):
            headers = {"Idempotency-Key": f"t{number}"}
            admin.post("/tickets", json={"service": "CT"}, headers=headers).raise_for_status()
        admin.post("/counters/1/call-next").raise_for_status()
        before = admin.get("/board").json()["today"]
    with running(tmp_path, SetClock(EIGHT + timedelta(days=1))) as ward, signed_in(ward) as admin:
        board = admin.get("/replay/days/2026-05-11/board", params={"minute": 480}).json()
        assert board["today"] == before
        assert board["day"] == "2026-05-11"
