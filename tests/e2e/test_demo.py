"""`motcua demo` as a process: an office at work, seen over HTTP; nothing is left after the stop."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from queue_server.adapters.new_office import make_office
from queue_server.adapters.sqlite_history import verify_file
from tests.fakes.demo_process import demo

WITHIN_S = 180.0


def eventually(ask: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """Ask a running process until it says what is awaited; it tells nobody by itself."""
    until = time.monotonic() + WITHIN_S
    while not good(found := ask()):
        assert time.monotonic() < until, f"still {found}"
        time.sleep(0.2)
    return found


@pytest.mark.timeout(240)
def test_an_office_at_work(tmp_path: Path) -> None:
    data = tmp_path / "office"
    with demo("--speed", "600", "--headless", "--data", str(data)) as running:
        headers = {"Authorization": f"Bearer {running.secret}"}
        with httpx.Client(timeout=60, base_url=f"{running.url}/api/v1", headers=headers) as client:

            def board() -> Any:
                return client.get("/board").json()

            found = eventually(board, lambda b: b["today"]["finished"] >= 8)
            assert found["today"]["called"] >= found["today"]["finished"]
            assert found["today"]["mean_wait_min"] > 0
            assert len(found["calls"]) == 6
            assert {c["counter"] for c in found["calls"]} <= {1, 2, 3, 4, 5}
            assert [c["state"] for c in found["counters"]] == ["open"] * 5
            devices = {d["id"]: d for d in found["devices"]}
            silent = {name for name, device in devices.items() if not device["online"]}
            assert silent == {"board-1"}  # a page of a person: it has no broker log-in
            assert {devices[k]["paper"] for k in ("kiosk-1", "kiosk-2")} == {"ok"}
        running.stop(signal.SIGINT)

    for kiosk in ("kiosk-1", "kiosk-2"):
        slips = sorted((data / "slips").glob(f"*/{kiosk}/*.png"))
        assert slips, kiosk
        with Image.open(slips[0]) as slip:
            assert slip.width >= 576  # the printable dots and the margins of the paper
            assert slip.height > 400
    verdict = verify_file(data / "store" / "office.db")
    assert verdict.ok, verdict.fault
    assert verdict.tickets >= 8


@pytest.mark.timeout(240)
def test_a_whole_day_and_the_next_morning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with demo("--speed", "2400", "--headless", "--seed", "3") as running:
        said = running.read_until("not there when called")
        found = re.search(r"(\d+) virtual visits, (\d+) called, (\d+) served", said)
        assert found is not None
        visits, called, served = map(int, found.groups())
        assert visits >= called >= served > visits / 2
        first_day = re.search(r"^(\d{4}-\d\d-\d\d), \d\d:\d\d: ", said, re.MULTILINE)
        assert first_day is not None
        headers = {"Authorization": f"Bearer {running.secret}"}
        with httpx.Client(timeout=60, base_url=f"{running.url}/api/v1", headers=headers) as client:
            board = eventually(
                lambda: client.get("/board").json(), lambda b: b["day"] > first_day[1]
            )
        assert board["today"]["called"] < called
        assert list(tmp_path.glob("*-motcua/store/office.db"))
        running.stop(signal.SIGTERM)
    assert not list(tmp_path.glob("*-motcua"))


@pytest.mark.kivy
@pytest.mark.timeout(240)
def test_a_window_where_there_is_a_screen() -> None:
    with demo("--speed", "60", screen=True) as running:
        assert "The kiosk in the window is kiosk-1" in running.said
        (window,) = [c for c in running.family.children() if "kiosk" in c.cmdline()]
        headers = {"Authorization": f"Bearer {running.secret}"}
        with httpx.Client(timeout=60, base_url=f"{running.url}/api/v1", headers=headers) as client:

            def online() -> set[str]:
                return {d["id"] for d in client.get("/board").json()["devices"] if d["online"]}

            eventually(online, lambda found: {"kiosk-1", "kiosk-2"} <= found)
        assert window.is_running()
        running.stop(signal.SIGINT)


def refused(*arguments: str) -> str:
    """What it says on its way out, as one line with exit code 2."""
    done = subprocess.run(
        [sys.executable, "-m", "queue_server", "demo", "--headless", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    return done.stderr


def test_an_office_that_the_citizens_do_not_fit(tmp_path: Path) -> None:
    make_office(tmp_path, None)
    said = refused("--http", "127.0.0.1:0", "--data", str(tmp_path))
    assert "the citizens of the demo want HT, DD" in said


def test_a_taken_port_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("--http", f"127.0.0.1:{port}")
    assert said.startswith("motcua: http: cannot listen on ")
