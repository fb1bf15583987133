"""`motcua replay` as a process: the waits of a made-up log exactly, and a real day of Warsaw."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.shared import SHARED
from tests.fakes.ticket_logs import log_of

WARSAW = SHARED / "data" / "waits" / "warsaw_tickets.csv.gz"
SMALL = [
    "Ward,CT,2026-03-02,1,420,425,426,430,1,,NORMAL",
    "Ward,CT,2026-03-02,2,421,431,431,440,1,age_60,NORMAL",
    "Ward,HT,2026-03-02,1,422,452,,453,2,,no_show",
    "Ward,HT,2026-03-02,2,423,,,428,,,abandoned",
    "Ward,HT,2026-03-02,3,424,426.5,427,450,2,,NORMAL",
    "Ward,HT,2026-03-02,4,not a time,,,,,,",
]


def replay(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queue_server", "replay", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def small_log(folder: Path, *rows: str) -> Path:
    return log_of(folder, *(rows or SMALL))


def waits(report: dict[str, Any]) -> dict[str, Any]:
    return {line["service"]: line for line in report["waits"]}


def test_a_small_log_gives_its_own_waits(tmp_path: Path) -> None:
    data = tmp_path / "office"
    done = replay(small_log(tmp_path), "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    assert "office Ward, 2026-03-02, 5 tickets" in done.stderr
    assert "line 7: arrived_at: 'not a time' is neither" in done.stderr
    report = json.loads(done.stdout)
    assert report["refused"] == []
    assert report["verify"] == {"ok": True, "fault": None}
    found = waits(report)
    # 5, 10, 30 and 2.5 minutes; P50 is the second, P90 the fourth.
    assert found["all"]["replay"] == {
        "called": 4,
        "mean_min": pytest.approx(11.875),
        "p50_min": pytest.approx(5),
        "p90_min": pytest.approx(30),
    }
    assert found["CT"]["replay"]["mean_min"] == pytest.approx(7.5)
    assert all(line["difference_min"] == pytest.approx(0) for line in found.values())

    verified = subprocess.run(
        [sys.executable, "-m", "queue_server", "verify", str(data)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert verified.returncode == 0
    assert json.loads(verified.stdout)["tickets"] == 5

    again = replay(small_log(tmp_path), "--data", data)
    assert again.returncode == 2
    assert "has the day 2026-03-02 already" in again.stderr
    assert again.stderr.count("motcua:") == 1


def test_a_later_day_into_the_same_office(tmp_path: Path) -> None:
    data = tmp_path / "office"
    assert replay(small_log(tmp_path), "--data", data).returncode == 0
    later = [row.replace("2026-03-02", "2026-03-03") for row in SMALL[:3]]
    done = replay(small_log(tmp_path, *later), "--data", data, "--json")
    assert done.returncode == 0, done.stderr
    assert waits(json.loads(done.stdout))["all"]["replay"]["mean_min"] == pytest.approx(15)


def test_a_running_clock_adds_only_the_way(tmp_path: Path) -> None:
    """37 minutes of a log in 4.4 seconds; a step on its way for 0.3 s would add three minutes."""
    done = replay(small_log(tmp_path), "--data", tmp_path / "office", "--speed", "600", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert waits(report)["all"]["difference_min"] == pytest.approx(0, abs=3)
    assert report["seconds"] > 33 * 60 / 600


def test_a_log_that_does_not_fit_the_office(tmp_path: Path) -> None:
    data = tmp_path / "office"
    assert replay(small_log(tmp_path), "--data", data).returncode == 0
    other = "Ward,HX,2026-03-03,1,420,425,,,,,"
    done = replay(small_log(tmp_path, other), "--data", data)
    assert done.returncode == 2
    assert "no counter serves 'HX' of the log; the nearest is 'HT'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--office", "Wrad"], "did you mean 'Ward'?"),
        (["--date", "2026-03-09"], "no ticket on 2026-03-09"),
        (["--speed", "fast"], "neither max nor a number above 0"),
    ],
)
def test_unusable_arguments_are_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = replay(small_log(tmp_path), "--data", tmp_path / "office", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.startswith("motcua: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "office").exists()


@pytest.mark.skipif(not WARSAW.exists(), reason=f"needs the queue logs in {WARSAW.parent}")
def test_a_day_of_warsaw(tmp_path: Path) -> None:
    day = ["--office", "UD_Praga_Poludnie", "--date", "2020-01-14"]
    done = replay(WARSAW, "--data", tmp_path / "office", *day, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    together = waits(report)["all"]
    assert (report["tickets"], together["replay"]["called"]) == (1762, 1760)
    assert together["difference_min"] == pytest.approx(0, abs=0.001)
    assert report["verify"]["ok"]
