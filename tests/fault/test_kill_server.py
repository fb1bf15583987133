"""Killed twenty times at work, the server loses nothing, doubles nothing and is soon back."""

from __future__ import annotations

import random
import statistics
import threading
from pathlib import Path

import pytest

from tests.fault.busy_crowd import BusyCrowd
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(400)]

KILLS = 20


def kill_at_some_moment(server: OfficeProcess, crowd: BusyCrowd, dice: random.Random) -> None:
    """In the middle of whatever it does; no acknowledgement announces the moment."""
    crowd.wait_for_answers(dice.randrange(1, 120))
    moment = threading.Timer(dice.random() * 0.02, server.kill)
    crowd.up.clear()
    moment.start()
    moment.join()


def test_kill_9_of_the_server_twenty_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(9)
    server = OfficeProcess(tmp_path / "office")
    server.start()
    crowd = BusyCrowd(server, citizens=4, counters=3)
    crowd.start()
    crowd.up.set()
    back_s = []
    for _ in range(KILLS):
        kill_at_some_moment(server, crowd, dice)
        back_s.append(server.start())
        crowd.up.set()
    crowd.wait_for_answers(100)
    crowd.go_home()
    assert server.stop() == 0
    truth = assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
    notebook = crowd.notebook
    assert len(notebook.tickets) > KILLS * 10
    assert len(notebook.calls) > KILLS
    assert notebook.replays > 0
    with capsys.disabled():
        print(  # noqa: T201 - the figure of the run
            f"\n{KILLS} kills of the server: {len(notebook.tickets)} tickets and "
            f"{len(notebook.calls)} calls acknowledged, {truth.tickets} tickets and "
            f"{truth.events} events kept, {notebook.replays} repeats answered again; back after "
            f"{statistics.median(back_s):.2f} s (median), {max(back_s):.2f} s at most, Python's "
            "own start and imports included"
        )
