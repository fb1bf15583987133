"""Complaints: four clocks in working days, one step at a time, the same after a restart."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from queue_server.adapters.clock import SetClock
from queue_server.domain.office import ZONE
from tests.fakes.offices import running, signed_in

# A Friday afternoon; Monday to Friday are worked.
FRIDAY = datetime(2026, 5, 8, 14, 0, tzinfo=ZONE)
TEXT = {"text": "Phải quay lại ba lần vì thiếu giấy", "source": "counter", "service": "CT"}


def test_the_clocks_run_in_working_days_and_survive_a_restart(tmp_path: Path) -> None:
    clock = SetClock(FRIDAY)
    with running(tmp_path, clock) as ward, signed_in(ward) as admin:
        filed = admin.post("/complaints", json=TEXT, headers={"Idempotency-Key": "one"})
        assert filed.status_code == 200, filed.text
        one = filed.json()
        due = {clock["what"]: clock["due"] for clock in one["clocks"]}
        assert due == {"classify": "2026-05-12", "ask": "2026-05-15", "answer": "2026-05-29"}
        again = admin.post("/complaints", json=TEXT, headers={"Idempotency-Key": "one"})
        assert again.json()["id"] == one["id"]
        path = f"/complaints/{one['id']}/step"
        wrong = admin.post(path, json={"step": "published", "expected_version": 1})
        assert wrong.status_code == 409
        assert wrong.json()["allowed"] == ["accepted", "refused"]
        moved = admin.post(path, json={"step": "accepted", "expected_version": 1})
        assert moved.json()["version"] == 2
        stale = admin.post(path, json={"step": "answered", "expected_version": 1})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
        assert (
            admin.post(
                "/complaints/x/step", json={"step": "accepted", "expected_version": 1}
            ).status_code
            == 404
        )
    later = SetClock(FRIDAY + timedelta(days=25))
    with running(tmp_path, later) as ward, signed_in(ward) as admin:
        view = admin.get("/complaints").json()
        assert (view["open"], view["late"]) == (1, 1)
        [one] = view["complaints"]
        assert (one["step"], one["next_due"], one["late"]) == ("accepted", "2026-05-29", True)
        path = f"/complaints/{one['id']}/step"
        done = {"step": "answered", "expected_version": 2, "note": "Đã xin lỗi và hẹn lại"}
        one = admin.post(path, json=done).json()
        # Answered on Tuesday 2 June: published by Thursday.
        assert one["next_due"] == "2026-06-04"
        last = admin.post(path, json={"step": "published", "expected_version": 3}).json()
        assert (last["allowed"], last["next_due"]) == ([], None)
        assert [c["late"] for c in last["clocks"] if c["what"] == "answer"] == [True]
        assert admin.get("/complaints").json()["open"] == 0


def test_words_that_lead_to_a_person_are_refused_and_clerks_only_file(tmp_path: Path) -> None:
    with running(tmp_path, SetClock(FRIDAY)) as ward, signed_in(ward, "counter-1") as clerk:
        personal = TEXT | {"text": "Gọi lại cho tôi: 0912 345 678"}
        refused = clerk.post("/complaints", json=personal, headers={"Idempotency-Key": "p"})
        assert refused.json()["code"] == "personal_note"
        assert "0912" not in refused.text
        kept = clerk.post("/complaints", json=TEXT, headers={"Idempotency-Key": "k"})
        assert kept.status_code == 200
        assert clerk.get("/complaints").status_code == 403
