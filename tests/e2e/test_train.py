"""`motcua train`: one counter is a person's, every screen says so, no real data moved."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.new_office import make_office
from queue_server.adapters.sqlite_history import verify_file
from tests.e2e.test_demo import eventually
from tests.fakes.demo_process import demo


@pytest.mark.timeout(240)
def test_a_person_works_at_one_counter(tmp_path: Path) -> None:
    make_office(tmp_path, "ward")
    real = (tmp_path / "motcua.toml").read_bytes()
    arguments = ("--speed", "120", "--counter", "1", "--data", str(tmp_path))
    with demo(*arguments, command="train") as running:
        secret = (tmp_path / "training" / "credentials" / "counter-1.json").read_text()
        own = {"Authorization": f"Bearer {json.loads(secret)['secret']}"}
        leader = {"Authorization": f"Bearer {running.secret}"}
        with httpx.Client(timeout=60, base_url=f"{running.url}/api/v1") as client:

            def board() -> Any:
                return client.get("/board", headers=leader).json()

            found = eventually(board, lambda b: b["today"]["finished"] >= 3)
            assert found["office"]["name"]["vi"].startswith("ĐÀO TẠO · ")
            assert found["office"]["name"]["en"].startswith("TRAINING · ")
            states = {c["number"]: c["state"] for c in found["counters"]}
            assert states == {1: "closed", 2: "open", 3: "open", 4: "open", 5: "open"}
            assert found["office"]["training"]
            assert client.get("/display", headers=leader).json()["office"]["training"]

            console = client.get("/counters/1/console", headers=own).json()
            assert console["training"]
            assert console["name"]["vi"] == "Quầy 1 · ĐÀO TẠO"
            called = client.post("/counters/1/call-next", headers=own, json={})
            assert called.json()["state"] == "called", called.text
        assert f"/?next=/counter/1#key={json.loads(secret)['secret']}" in running.said
        running.stop(signal.SIGINT)
    assert verify_file(tmp_path / "training" / "store" / "office.db").ok
    assert (tmp_path / "motcua.toml").read_bytes() == real
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("counter", "real", "words"),
    [("9", False, "no counter 9 to train at"), ("1", True, "this is a real office")],
)
def test_where_nobody_can_train(tmp_path: Path, counter: str, real: bool, words: str) -> None:  # noqa: FBT001 - a case
    if real:
        make_office(tmp_path / "training", "ward")
    done = subprocess.run(
        [sys.executable, "-m", "queue_server", "train", "--data", tmp_path, "--counter", counter],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
