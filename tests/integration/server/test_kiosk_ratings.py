"""The kiosk's own gateway against the running server: one verdict a visit, told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.http_ratings import HttpRatings
from kiosk.config.credentials import read_credentials
from kiosk.domain.slip_number import follow_code
from kiosk.use_cases.ports import RefusedError
from kiosk.use_cases.rating_ports import REASONS, Verdict
from queue_server.adapters.clock import SetClock
from queue_server.domain.citizen_moves import RATING_REASONS
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        ask()
    return caught.value.code


def test_a_visit_is_rated_once_by_its_slip_and_the_manager_sees_a_low_score(
    tmp_path: Path,
) -> None:
    clock = SetClock(TUESDAY)
    with running(tmp_path, clock) as office, signed_in(office) as admin:
        gateway = HttpTicketGateway(
            office.http_url, read_credentials(tmp_path / "credentials" / "kiosk-1.json")
        )
        ratings = HttpRatings(gateway)
        headers = {"Idempotency-Key": "one"}
        slip = admin.post("/tickets", json={"service": "CT"}, headers=headers).json()
        code = follow_code(slip["follow_url"])
        assert code is not None
        number = ratings.number_of(code)
        assert number == slip["number"]
        verdict = Verdict(number, 1, ("waiting", "papers"))
        assert refused(lambda: ratings.rate(verdict, "early")) == "not_eligible"
        for move in ("call-next", "start", "finish"):
            admin.post(f"/counters/1/{move}").raise_for_status()
        ratings.rate(verdict, "key")
        ratings.rate(verdict, "key")
        assert refused(lambda: ratings.rate(Verdict(number, 5), "another")) == "illegal_move"
        assert refused(lambda: ratings.rate(Verdict("X999", 5), "nobody")) == "unknown_ticket"
        assert refused(lambda: ratings.number_of("somebody-guessed-it")) == "unknown_ticket"
        (alert,) = [a for a in admin.get("/board").json()["alerts"] if a["kind"] == "low_rating"]
        assert (alert["number"], alert["score"]) == (number, 1)
        assert set(alert["reasons"]) == {"waiting", "papers"}
        clock.advance_to(TUESDAY + timedelta(hours=3))
        headers = {"Idempotency-Key": "two"}
        later = admin.post("/tickets", json={"service": "CT"}, headers=headers).json()["number"]
        for move in ("call-next", "start", "finish"):
            admin.post(f"/counters/1/{move}").raise_for_status()
        clock.advance_to(TUESDAY + timedelta(hours=6))
        assert refused(lambda: ratings.rate(Verdict(later, 5), "late")) == "not_eligible"
        gateway.close()


def test_kiosk_and_server_know_the_same_reasons() -> None:
    assert REASONS == RATING_REASONS
