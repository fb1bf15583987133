"""Citizens and counters at the far side of a bad network; every repeat is answered once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from tests.campaign.bad_network import OFFICE, BadNetwork, Weather
from tests.campaign.found import Found, found
from tests.fault.busy_crowd import Notebook
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.office_process import OfficeProcess

ROOT = Path(__file__).parents[2]
BAD = Weather(lost=0.08, doubled=0.05, delay_s=0.005, jitter_s=0.03)
CUT_S = 2.0


def bad_network(folder: Path, rounds: int) -> Found:
    """8 % of the packets lost, 5 % doubled, 5 to 35 ms late and out of order; cut in between."""
    with BadNetwork(f"mc{os.getpid() % 10_000}", 5) as network:
        server = OfficeProcess(folder / "office", host=OFFICE, before=network.office())
        crowd = None
        try:
            _start(server, network)
            crowd = _crowd(server, network)
            for _ in range(rounds):
                network.weather = Weather()
                _dots(crowd, 1)
                network.weather = BAD
                _dots(crowd, 2)
                network.weather = Weather(cut=True)
                # The cut itself is the wait: nothing can be told from the other side meanwhile.
                crowd_wait(crowd, CUT_S)
                network.weather = BAD
                _dots(crowd, 1)
            network.weather = Weather()
            notebook = _home(crowd)
        finally:
            if crowd is not None:
                crowd.kill()
                crowd.communicate()
            server.stop()
        note = f"{network.carried} packets carried, {network.dropped} lost"
    truth = assert_nothing_lost_or_doubled(server.folder, notebook)
    return found(rounds, notebook, truth, note)


def _start(server: OfficeProcess, network: BadNetwork) -> None:
    server.start_unseen()
    line = server.first_line()
    assert line.startswith("motcua server"), line
    network.weather = Weather()


def _crowd(server: OfficeProcess, network: BadNetwork) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *network.citizens(),
            *(sys.executable, "-m", "tests.campaign.far_crowd"),
            *(str(server.folder), server.host, str(server.port)),
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _out(crowd: subprocess.Popen[str]) -> IO[str]:
    assert crowd.stdout is not None
    return crowd.stdout


def _dots(crowd: subprocess.Popen[str], count: int) -> None:
    for _ in range(count):
        assert _out(crowd).readline() == ".\n", "the crowd ended by itself"


def crowd_wait(crowd: subprocess.Popen[str], seconds: float) -> None:
    """Let time pass while the crowd stands before a cut line."""
    try:
        crowd.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError("the crowd ended by itself")


def _home(crowd: subprocess.Popen[str]) -> Notebook:
    assert crowd.stdin is not None
    crowd.stdin.write("home\n")
    crowd.stdin.flush()
    line = _out(crowd).readline()
    while line == ".\n":
        line = _out(crowd).readline()
    held: dict[str, Any] = json.loads(line)
    return Notebook(held["tickets"], held["calls"], set(held["finished"]), held["replays"])
