"""`motcua rules try` as a process, on a day that a replay put into a real store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.ticket_logs import log_of

ROWS = [
    "Ward,CT,2026-03-02,1,420,420,420,440,1,,NORMAL",
    "Ward,CT,2026-03-02,2,421,440,440,450,1,,NORMAL",
    "Ward,CT,2026-03-02,3,422,450,450,460,1,age_60,NORMAL",
]


def motcua(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queue_server", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
        env={"COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "PATH": ""},
    )


def test_the_table_of_a_replayed_day(tmp_path: Path) -> None:
    data = tmp_path / "office"
    replayed = motcua("replay", log_of(tmp_path, *ROWS), "--data", data)
    assert replayed.returncode == 0, replayed.stderr
    done = motcua("rules", "try", "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    body = json.loads(done.stdout)
    rows = {row["rule"]["en"]: row for row in body["rules"]}
    assert body["date"] == "2026-03-02"
    assert rows["As it was"]["all"]["mean_min"] == pytest.approx((0 + 19 + 28) / 3)
    assert rows["First come, first served"]["all"]["mean_min"] == pytest.approx((0 + 19 + 28) / 3)
    assert rows["Strict priority"]["priority"]["mean_min"] == pytest.approx(18)
    assert rows["Strict priority"]["services"]["CT"]["longest_min"] == pytest.approx(29)
    assert len(rows) == 7

    shown = motcua("rules", "try", "--data", data)
    assert shown.returncode == 0, shown.stderr
    assert "3 người / people, 1 ưu tiên / priority" in shown.stdout
    assert "Ưu tiên luôn trước" in shown.stdout

    new = tmp_path / "new.toml"
    text = (data / "motcua.toml").read_text("utf-8")
    new.write_text(f'{text}\n[rules]\npolicy = "strict"\n', "utf-8")
    compared = motcua("rules", "try", "--data", data, "--config", new)
    assert "this rule gives: mean wait 15.7 min; priority 18.0 min" in compared.stdout

    other = motcua("rules", "try", "--data", data, "--date", "2026-03-03")
    assert other.returncode == 2
    assert "has no day 2026-03-03; it has 2026-03-02 to 2026-03-02" in other.stderr


def test_without_a_store(tmp_path: Path) -> None:
    done = motcua("rules", "try", "--data", tmp_path)
    assert done.returncode == 2
    assert "there is no store here" in done.stderr
