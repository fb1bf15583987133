"""`motcua verify`, `backup` and `restore` from the command line, beside a running server."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from tests.fakes.offices import LOOPBACK, running, signed_in


def motcua(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "queue_server", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def issue(office: RunningOffice, count: int) -> list[str]:
    with signed_in(office) as client:
        return [
            client.post(
                "/tickets", json={"service": "CT"}, headers={"Idempotency-Key": f"{count}-{n}"}
            ).json()["number"]
            for n in range(count)
        ]


def test_backup_while_running_restore_after(tmp_path: Path) -> None:
    data, copy = tmp_path / "ward", tmp_path / "copy"
    with running(data) as office:
        numbers = issue(office, 5)
        made = motcua("backup", data, copy)
        assert made.returncode == 0, made.stderr
        assert json.loads(made.stdout)["tickets"] == 5
        issue(office, 3)
        refused = motcua("restore", copy, data)
        assert refused.returncode == 2
        assert "in use by a running server" in refused.stderr
        second = motcua("server", "--data", data, "--http", LOOPBACK)
        assert second.returncode == 2
        assert "in use by a running server" in second.stderr
        assert json.loads(motcua("verify", data).stdout)["tickets"] == 8
    assert not (copy / "credentials").exists()

    restored = motcua("restore", copy, data)
    assert restored.returncode == 0, restored.stderr
    assert Path(json.loads(restored.stdout)["aside"]).exists()
    checked = motcua("verify", data)
    assert (checked.returncode, json.loads(checked.stdout)["tickets"]) == (0, 5)
    with running(data) as office:
        assert issue(office, 1) == ["B006"]
    assert numbers == [f"B00{n}" for n in range(1, 6)]


def test_verify_says_what_was_changed(tmp_path: Path) -> None:
    data = tmp_path / "ward"
    with running(data) as office:
        issue(office, 4)
    with sqlite3.connect(data / "store" / "office.db") as connection:
        connection.execute("UPDATE ticket SET priority = 'age_80' WHERE label = 'B003'")
    connection.close()
    checked = motcua("verify", data)
    assert checked.returncode == 1
    verdict = json.loads(checked.stdout)
    assert verdict["ok"] is False
    assert "B003" in verdict["fault"] or "priority" in verdict["fault"]


@pytest.mark.parametrize("command", ["verify", "backup"])
def test_an_empty_folder_is_one_line(tmp_path: Path, command: str) -> None:
    arguments = [tmp_path / "none"] + ([tmp_path / "to"] if command == "backup" else [])
    done = motcua(command, *arguments)
    assert done.returncode in {1, 2}
    assert "there is no store here" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    data = tmp_path / "ward"
    with running(data) as office, signed_in(office) as client:
        first = client.post(
            "/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "before"}
        ).json()
        client.post("/counters/1/call-next")
    with RunningOffice(settle(data, LOOPBACK, None)) as office, signed_in(office) as client:
        board = client.get("/board").json()
        assert board["calls"][0]["number"] == first["number"]
        assert client.get("/counters/1").json()["ticket"]["id"] == first["id"]
        again = client.post(
            "/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "before"}
        )
        assert (again.status_code, again.json()["id"]) == (200, first["id"])
        assert client.post("/counters/1/start").json()["state"] == "serving"
