"""A holder declares anew what nobody has looked at yet, over HTTP."""

from __future__ import annotations

from pathlib import Path

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from tests.fakes.offices import running, signed_in
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, body_of, filed, move


def test_the_holder_declares_anew_until_somebody_looks(tmp_path: Path) -> None:
    with (
        running(tmp_path, SetClock(WEDNESDAY)) as ward,
        signed_in(ward, "kiosk-1") as kiosk,
        signed_in(ward, "counter-1") as clerk,
    ):
        made = filed(kiosk)
        anew = body_of()
        anew["answers"]["copies"] = "3"
        where = f"/dossiers/by-code/{made['holder']}"
        assert kiosk.put(where, json=anew).json()["code"] == made["code"]
        # The same declaration again is no change, and no event.
        assert kiosk.put(where, json=anew).status_code == 200
        kinds = [step["kind"] for step in clerk.get(f"/dossiers/{made['code']}/history").json()]
        assert kinds == ["DossierFiled", "DossierCorrected"]
        assert kiosk.put(where, json=body_of(procedure="2.000635")).status_code == 409
        assert kiosk.put(where, json=anew | {"consent": False}).status_code == 422
        move(clerk, made["code"], "receive")
        assert kiosk.put(where, json=body_of()).json()["code"] == "illegal_move"
        assert kiosk.put(where, json=anew).status_code == 200
    assert verify_file(tmp_path / "store" / "office.db").ok
