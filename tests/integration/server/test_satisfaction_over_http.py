"""A day and a month of satisfaction over HTTP: index, ratings and waits beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from queue_server.domain.smile_commands import KeepSmiles
from queue_server.use_cases.keep_day import Request
from tests.fakes.offices import running, signed_in

MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(MONDAY)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("smiling"), clock) as found:
        yield found


def count(ward: RunningOffice, start: datetime, n: int, share: float) -> None:
    command = KeepSmiles(window_from=start, minutes=15, n=n, share=share, low=0.1, high=0.9)
    answer = ward.writer.submit(Request(command, lambda _day, _outcome, _at: {})).result(30)
    assert answer.fault is None


def test_a_day_has_the_index_beside_ratings_and_waits(ward: RunningOffice, clock: SetClock) -> None:
    with signed_in(ward) as admin:
        taken = admin.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "k"})
        code = taken.json()["follow_url"].rsplit("/", 1)[-1]
        clock.advance_to(MONDAY + timedelta(minutes=20))
        admin.post("/counters/1/call-next").raise_for_status()
        admin.post("/counters/1/start").raise_for_status()
        admin.post("/counters/1/finish", json={"outcome": "NORMAL"}).raise_for_status()
        admin.post(f"/follow/{code}/rating", json={"score": 2}).raise_for_status()
        count(ward, MONDAY, 12, 0.5)
        count(ward, MONDAY + timedelta(minutes=5), 20, 0.25)

        now = admin.get("/satisfaction/now").json()
        assert now["today"]["n"] == 32
        assert "chưa hiệu chỉnh tại chỗ" in now["words"]["vi"]
        day = admin.get("/satisfaction").json()
        (point,) = day["points"]
        assert point["at"] == "08:00"
        assert point["mean_wait_min"] == pytest.approx(20)
        assert (point["called"], point["rated"], point["mean_score"]) == (1, 1, 2.0)
        assert point["smile"]["n"] == 32
        assert [window["n"] for window in day["windows"]] == [12, 20]
        assert (day["low_ratings"]["rated"], day["low_ratings"]["low"]) == (1, 1)
        assert day["low_ratings"]["groups"] == [], "one rating is no group"

        month = admin.get("/satisfaction", params={"month": "2026-05"}).json()
        assert [p["at"] for p in month["points"]] == ["2026-05-11"]
        assert month["period"] == "2026-05"
        assert month["windows"] == []
        empty = admin.get("/satisfaction", params={"month": "2026-04"}).json()
        assert (empty["points"], empty["index"]["today"]) == ([], None)
        assert admin.get("/satisfaction", params={"month": "2026-13"}).status_code == 422


def test_only_managers_may_look(ward: RunningOffice) -> None:
    with signed_in(ward, "display-1") as display:
        assert display.get("/satisfaction").status_code == 403
        assert display.get("/satisfaction/now").status_code == 403
