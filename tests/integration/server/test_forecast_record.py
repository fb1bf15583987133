"""What the nights decided about the model is read over HTTP, newest first, a torn line left out."""

from __future__ import annotations

import json
from pathlib import Path

from queue_server.adapters.night_record import FOLDER, RECORD
from tests.fakes.offices import running, signed_in


def test_the_nights_stand_beside_the_scores(tmp_path: Path) -> None:
    with running(tmp_path) as office, signed_in(office) as admin:
        assert admin.get("/forecasts").json()["nights"] == []
        record = tmp_path / FOLDER / RECORD
        record.parent.mkdir(parents=True, exist_ok=True)
        first = {"at": "2026-05-11T20:00:00+07:00", "answers": "shipped", "switched": False}
        lines = [first | {"why": "too few"}, first | {"why": "won", "switched": True, "tried": 9}]
        record.write_text("".join(json.dumps(one) + "\n" for one in lines) + '{"torn')
        found = admin.get("/forecasts?days=2").json()["nights"]
        assert [(one["why"], one["switched"]) for one in found] == [
            ("won", True),
            ("too few", False),
        ]
