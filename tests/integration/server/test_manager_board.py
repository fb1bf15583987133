"""The manager's board over HTTP: one press to a counter, low ratings also after a restart."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.office import ZONE
from tests.fakes.filings import answered
from tests.fakes.offices import running, signed_in

NINE = datetime(2026, 5, 11, 9, 0, tzinfo=ZONE)


def post(client: httpx.Client, path: str, key: str, **body: Any) -> httpx.Response:
    answer = client.post(path, json=body, headers={"Idempotency-Key": key})
    assert answer.status_code < 500, answer.text
    return answer


def serve_and_rate(ward: RunningOffice, score: int, comment: str) -> str:
    with (
        signed_in(ward) as admin,
        httpx.Client(timeout=60, base_url=f"{ward.http_url}/api/v1") as phone,
    ):
        taken = post(admin, "/tickets", "take", service="CT").json()
        for move in ("open", "call-next", "start", "finish"):
            assert post(admin, f"/counters/1/{move}", move).is_success
        code = str(taken["follow_url"]).rsplit("/", 1)[1]
        rated = post(phone, f"/follow/{code}/rating", "rate", score=score, comment=comment)
        assert rated.status_code == 200, rated.text
    return str(taken["number"])


def test_one_press_reaches_the_clerk_and_the_answer_the_manager(
    office: RunningOffice, admin: httpx.Client
) -> None:
    post(admin, "/tickets", "ask take", service="CT")
    board = admin.get("/board").json()
    offers = {a["service"]: a["offers"] for a in board["alerts"]}
    with signed_in(office, "counter-1") as clerk:
        assert post(admin, "/counters/1/ask", "ask", service="CT").status_code == 200
        assert post(admin, "/counters/1/ask", "ask", service="CT").headers["idempotent-replay"]
        console = clerk.get("/counters/1/console").json()
        assert console["asked_for"] == "CT"
        assert [one["counter"] for one in admin.get("/board").json()["asks"]] == [1]
        assert post(clerk, "/counters/1/ask", "no", service="CT").status_code == 403
        assert post(clerk, "/counters/1/decline", "decline").status_code == 200
        assert clerk.get("/counters/1/console").json()["asked_for"] is None
    [ask] = admin.get("/board").json()["asks"]
    assert ask["declined_at"]
    assert post(admin, "/counters/99/ask", "x", service="CT").status_code == 404
    assert isinstance(offers, dict)


def test_a_low_rating_with_its_words_is_on_the_board_also_after_a_restart(tmp_path: Path) -> None:
    words = "Phải quay lại hai lần"
    with running(tmp_path, SetClock(NINE)) as ward:
        number = serve_and_rate(ward, 2, words)
        with signed_in(ward) as admin:
            before = admin.get("/board").json()
    with running(tmp_path, SetClock(NINE)) as ward, signed_in(ward) as admin:
        after = admin.get("/board").json()
    for board in (before, after):
        [low] = [one for one in board["alerts"] if one["kind"] == "low_rating"]
        assert (low["number"], low["score"], low["comment"]) == (number, 2, words)
        said = board["satisfaction"]
        assert (said["rated"], said["rated_low"], said["response_rate"]) == (1, 1, 1.0)
        assert (said["good_share"], said["index54"]) == (0.0, 0.0)
        assert said["smile"] is None
        assert sum(slot["arrived"] for slot in board["course"]["slots"]) == 1


def test_an_overdue_dossier_lowers_index_54_on_the_board(tmp_path: Path) -> None:
    clock = SetClock(NINE)
    marital = "1.004873"
    body = {"procedure": marital, "answers": answered(shipped_forms()[marital]), "consent": True}
    with running(tmp_path, clock) as ward, signed_in(ward) as admin:
        with signed_in(ward, "kiosk-1") as kiosk:
            made = [post(kiosk, "/dossiers", f"file {n}", **body).json() for n in range(2)]
        for move in ("receive", "finish"):
            moved = {"move": move}
            address = f"/dossiers/{made[0]['code']}/moves"
            admin.post(address, json=moved).raise_for_status()
        in_time = admin.get("/board").json()["satisfaction"]
        assert (in_time["dossiers"], in_time["dossiers_overdue"]) == (2, 0)
        clock.advance_to(NINE + timedelta(days=28))
        serve_and_rate(ward, 5, "")
        late = admin.get("/board").json()["satisfaction"]
    # What ended in time on its own day is in no later day's figure; the open one is overdue.
    assert (late["dossiers"], late["dossiers_overdue"], late["index54_overdue"]) == (1, 1, 1.0)
    assert (late["rated_low"], late["complaints"]) == (0, 0)
    assert (late["index54"], late["index54_points"]) == (0.0, 0.0)


def test_words_that_lead_to_a_person_are_refused_and_the_visit_stays_unrated(
    office: RunningOffice, admin: httpx.Client
) -> None:
    taken = post(admin, "/tickets", "p take", service="DD").json()
    assert post(admin, "/counters/4/call", "p call", number=taken["number"]).is_success
    for move in ("start", "finish"):
        assert post(admin, f"/counters/4/{move}", f"p {move}").is_success
    code = str(taken["follow_url"]).rsplit("/", 1)[1]
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1") as phone:
        refused = post(phone, f"/follow/{code}/rating", "p1", score=1, comment="gọi 0912 345 678")
        assert refused.json()["code"] == "personal_note"
        assert "0912" not in refused.text
        assert phone.get(f"/follow/{code}").json()["score"] is None


def test_no_words_of_citizens_go_over_mqtt(office: RunningOffice) -> None:
    from queue_server.api.streams import board_view  # noqa: PLC0415 - what MQTT shows

    shown = board_view(office.http_parts).model_dump()
    assert not {"alerts", "satisfaction", "asks"} & set(shown)


def test_a_visit_is_rated_once_at_counter_kiosk_or_phone(
    office: RunningOffice, admin: httpx.Client
) -> None:
    number = post(admin, "/tickets", "r take", service="XD").json()["number"]
    with signed_in(office, "kiosk-1") as kiosk, signed_in(office, "counter-4") as clerk:
        early = post(kiosk, "/ratings", "r0", number=number, score=5)
        assert early.status_code == 409
        assert clerk.get("/counters/4/rating").json()["number"] != number
        assert post(admin, "/counters/4/call", "r call", number=number).is_success
        for move in ("start", "finish"):
            assert post(admin, f"/counters/4/{move}", f"r {move}").is_success
        assert clerk.get("/counters/4/rating").json()["number"] == number
        assert post(clerk, "/counters/1/rating", "r1", number=number, score=4).status_code == 403
        first = post(clerk, "/counters/4/rating", "r2", number=number, score=4)
        assert first.json() == {"number": number, "score": 4}
        again = post(clerk, "/counters/4/rating", "r2", number=number, score=4)
        assert again.json() == first.json()
        assert again.headers["idempotent-replay"] == "true"
        assert clerk.get("/counters/4/rating").json()["number"] is None
        assert post(kiosk, "/ratings", "r3", number=number, score=1).status_code == 409
        assert post(kiosk, "/ratings", "r4", number="A999", score=1).status_code == 404
