"""The keeper starts a kiosk anew when it ends, is killed or hangs, and only then."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from kiosk.agents import keeper as kept
from kiosk.agents.keeper import Keeper
from queue_server.contracts.service_notify import ServiceNotify

pytestmark = [pytest.mark.fault, pytest.mark.timeout(90)]

CHILD = """
import os, sys, time
from pathlib import Path
from queue_server.contracts.service_notify import ServiceNotify
lives = Path(sys.argv[1])
with lives.open("a") as file:
    file.write(f"{os.getpid()}\\n")
number = len(lives.read_text().split())
notify = ServiceNotify()
"""
ALIVE = """
notify.ready()
for _ in range(2000):
    notify.alive()
    time.sleep(0.05)
"""


class Watched:
    """A keeper in a thread; `lives` are the processes it has started."""

    def __init__(self, folder: Path, script: str, **limits: float) -> None:
        self._lives = folder / "lives"
        (folder / "child.py").write_text(CHILD + script)
        command = [sys.executable, str(folder / "child.py"), str(self._lives)]
        self.keeper = Keeper(command, **limits)
        self.code: int | None = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.code = self.keeper.run()

    def lives(self, count: int) -> list[int]:
        """Wait until so many were started."""
        gone = threading.Event()
        while self._thread.is_alive():
            if self._lives.exists() and len(found := self._lives.read_text().split()) >= count:
                return [int(pid) for pid in found]
            gone.wait(0.02)  # no event tells of a line in a file
        raise AssertionError(f"the keeper ended with {self.code}")

    def end(self) -> int | None:
        self.keeper.stop()
        self._thread.join()
        return self.code


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(kept, "LONGEST_PAUSE_S", 0.05)


def test_a_killed_child_is_started_anew_and_ended_at_the_end(tmp_path: Path) -> None:
    watched = Watched(tmp_path, ALIVE)
    (first,) = watched.lives(1)
    os.kill(first, signal.SIGKILL)
    second = watched.lives(2)[1]
    assert watched.end() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_a_child_that_hangs_is_killed(tmp_path: Path) -> None:
    hangs_once = "notify.ready()\nif number == 1: time.sleep(1000)\n" + ALIVE
    watched = Watched(tmp_path, hangs_once, silent_s=2.0)
    first, _ = watched.lives(2)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert watched.end() == 0


def test_a_child_that_never_gets_ready_is_killed(tmp_path: Path) -> None:
    watched = Watched(tmp_path, "if number == 1: time.sleep(1000)\n" + ALIVE, start_s=2.0)
    watched.lives(2)
    assert watched.end() == 0


def test_an_unusable_configuration_is_not_tried_again(tmp_path: Path) -> None:
    watched = Watched(tmp_path, "sys.exit(2)")
    watched._thread.join()
    assert (watched.code, watched.keeper.starts) == (2, 1)


def test_without_a_supervisor_nothing_is_said() -> None:
    notify = ServiceNotify({})
    assert notify.beat_every_s is None
    notify.ready()
    notify.alive()


def test_a_third_of_the_time_allowed_and_a_gone_supervisor_is_survived(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    notify = ServiceNotify({"NOTIFY_SOCKET": gone, "WATCHDOG_USEC": "30000000"})
    assert notify.beat_every_s == 10.0
    notify.alive()
    notify.stopping()
    assert ServiceNotify({"NOTIFY_SOCKET": gone, "WATCHDOG_USEC": "x"}).beat_every_s is None
