"""Planning of a running office: demand from its own store, Erlang C at once, advice in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(MONDAY)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[RunningOffice]:
    """A ward on its first day."""
    with running(tmp_path_factory.mktemp("planned"), clock) as found:
        assert found.planning.ready.wait(100)
        yield found


def come(client: httpx.Client, clock: SetClock, people: int, name: str) -> None:
    for number in range(people):
        clock.advance_to(clock.now() + timedelta(seconds=40))
        headers = {"Idempotency-Key": f"{name}-{number}"}
        client.post("/tickets", json={"service": "CT"}, headers=headers).raise_for_status()


def test_a_crowd_before_one_counter_brings_the_advice_to_open_another(
    ward: RunningOffice, clock: SetClock
) -> None:
    with signed_in(ward) as admin:
        closed = admin.get("/planning").json()
        assert closed["advice"] is None
        assert closed["no_advice"]["vi"]
        admin.post("/counters/1/open").raise_for_status()
        come(admin, clock, 24, "first")
        answer = admin.post("/planning/advice")
        assert answer.status_code == 200
        planning = answer.json()

    advice = planning["advice"]
    assert advice["arrivals"] == "today"
    assert advice["runs"] >= 40
    assert advice["action"]["counters"]
    assert advice["then"]["mean_wait_min"] < advice["now"]["mean_wait_min"]
    assert advice["words"]["vi"].startswith("Mở thêm")
    pool = next(one for one in planning["first"] if "CT" in one["services"])
    assert pool["counters"] == 1
    assert pool["needed"] > 1
    assert planning["demand"] is None


def test_after_a_day_the_next_one_has_a_forecast(ward: RunningOffice, clock: SetClock) -> None:
    clock.advance_to(MONDAY + timedelta(days=1))
    with signed_in(ward) as admin:
        come(admin, clock, 3, "second")
        desk = ward.planning
        while (demand := admin.get("/planning").json()["demand"]) is None:
            desk.ready.clear()
            assert desk.ready.wait(100)
    assert demand["history_days"] == 1
    assert demand["came"] == 3
    assert demand["expected"] > 10
    assert sum(slot["came"] or 0 for slot in demand["slots"]) == 3


def test_planning_is_for_those_who_lead(ward: RunningOffice) -> None:
    with signed_in(ward, "kiosk-1") as kiosk:
        assert kiosk.get("/planning").status_code == 403
        assert kiosk.post("/planning/advice").status_code == 403
