"""The offline drill: 500 citizens at two kiosks without a server, everything killed on the way.

Real processes: `motcua server` over its SQLite store, two kiosks with their journals. Then all is
merged: nobody lost, nobody twice, in line by the time of issue.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.office import ZONE
from queue_server.domain.ticket_moves import CLOCKS_AGREE
from tests.fault.kiosk_process import KioskProcess
from tests.fault.unruly import COMPILER, NO_COMPILER, UnrulyDisk
from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]

ALONE = 500
WARM = 40
SERVICES = ("CT", "HT")
KIOSK_KILLS, SERVER_KILLS = 6, 4
MINUTE_S = 60.0


def seconds_to_nine() -> int:
    """From now to tomorrow's nine o'clock in Vietnam: no clock of the drill meets midnight."""
    now = datetime.now(ZONE)
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return round((nine - now).total_seconds())


def clock(folder: Path, name: str, ahead_s: int) -> Mapping[str, str] | None:
    """The environment of a program whose clock is so far on; None where nobody sets it."""
    if not ahead_s:
        return None
    disk = UnrulyDisk(folder / f"clock-{name}")
    disk.be(ahead_s=ahead_s)
    return disk.environment


class Drill:
    """Who holds which number, in the order in which they got it."""

    def __init__(self, folder: Path, ahead_s: Sequence[int] = (0, 0)) -> None:
        """`ahead_s` is how far the clock of each kiosk is before the server's."""
        self.ahead_s = ahead_s
        morning_s = seconds_to_nine() if any(ahead_s) else 0
        self.server = OfficeProcess(folder / "office", environment=clock(folder, "s", morning_s))
        self.server.start()
        self.kiosks = [
            KioskProcess(
                folder,
                self.server.folder,
                self.server.url,
                name,
                clock(folder, name, morning_s + by),
            )
            for name, by in zip(("kiosk-1", "kiosk-2"), ahead_s, strict=True)
        ]
        self.held: list[dict[str, Any]] = []
        self.morning = timedelta(seconds=morning_s)
        self.unseen = 0
        self.dice = random.Random(11)

    def take(self, kiosk: KioskProcess) -> None:
        service = self.dice.choice(SERVICES)
        asked = datetime.now(UTC) + self.morning
        answer = kiosk.ask(f"take {service}")
        assert "number" in answer, answer
        at = datetime.now(UTC) + self.morning
        self.held.append({**answer, "service": service, "asked": asked, "at": at})

    def killed_at_work(self, kiosk: KioskProcess) -> None:
        """A citizen touches, and the kiosk dies before anybody saw a number, or just after."""
        kiosk.tell(f"take {self.dice.choice(SERVICES)}")
        self.unseen += 1
        moment = threading.Timer(self.dice.random() * 0.02, kiosk.kill_and_start)
        moment.start()
        moment.join()

    def both_look(self) -> int:
        answers = [kiosk.ask("look") for kiosk in self.kiosks]
        assert [answer["refused"] for answer in answers] == [0, 0]
        return sum(answer["owed"] for answer in answers)


def warm_up(drill: Drill) -> None:
    """A busy morning: the leases follow what people take."""
    for kiosk in drill.kiosks:
        kiosk.ask("look")
        for service in SERVICES:
            for _ in range(WARM):
                assert not kiosk.ask(f"take {service}")["own"]
        left = kiosk.ask("look")["left"]
        assert left == dict.fromkeys(SERVICES, WARM * 4)


def five_hundred_alone(drill: Drill) -> None:
    kills = set(drill.dice.sample(range(ALONE), KIOSK_KILLS))
    for number in range(ALONE):
        kiosk = drill.kiosks[number % 2]
        if number in kills:
            drill.killed_at_work(kiosk)
        drill.take(kiosk)
        assert drill.held[-1]["own"]


def merge(drill: Drill) -> float:
    """Back again, and killed again while the tickets come in; seconds of merging."""
    for _ in range(SERVER_KILLS):
        drill.server.start()
        drill.kiosks[0].tell("look")
        drill.kiosks[1].tell("look")
        moment = threading.Timer(drill.dice.random() * 0.15, drill.server.kill)
        moment.start()
        moment.join()
        for kiosk in drill.kiosks:
            kiosk.kill_and_start()
    drill.server.start()
    began = time.perf_counter()
    while drill.both_look():
        pass
    return time.perf_counter() - began


def rows(folder: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(folder / "store" / "office.db")) as raw:
        raw.row_factory = sqlite3.Row
        return [dict(row) for row in raw.execute("SELECT * FROM ticket")]


def test_500_tickets_on_two_kiosks_without_a_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = Drill(tmp_path)
    warm_up(drill)
    drill.server.kill()
    five_hundred_alone(drill)
    merging_s = merge(drill)
    # Life goes on with the server's own numbers, behind everybody.
    last = drill.kiosks[0].ask("take CT")
    assert not last["own"]
    for kiosk in drill.kiosks:
        kiosk.kill()
    assert drill.server.stop() == 0
    check(drill, str(last["number"]))
    with capsys.disabled():
        print(  # noqa: T201 - the figure of the run
            f"\n{len(drill.held)} tickets alone on two kiosks, {KIOSK_KILLS} kiosks killed at "
            f"work, {SERVER_KILLS} kills of the server and {SERVER_KILLS * 2} of kiosks while "
            f"merging: 0 lost, 0 twice, by time of issue; the last merge took {merging_s:.1f} s"
        )


@pytest.mark.skipif(COMPILER is None, reason=NO_COMPILER)
def test_two_kiosks_whose_clocks_differ_by_an_hour_merge_by_the_true_time_but_for_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are restarted on the way, when nobody can tell them the office's time."""
    drill = Drill(tmp_path, (37 * 60, -23 * 60))
    warm_up(drill)
    drill.server.kill()
    five_hundred_alone(drill)
    began = time.perf_counter()
    merge(drill)
    on_the_way_s = time.perf_counter() - began
    for kiosk in drill.kiosks:
        kiosk.kill()
    assert drill.server.stop() == 0
    place = check_all_are_there(drill)
    off_s = [off(place[str(one["number"])], one["asked"], one["at"]) for one in drill.held]
    # Clocks that agree within two seconds are taken as right. From any other the office takes how
    # long ago a number was given, which is right but for the time that the handing in took, and
    # nobody can tell that apart from a clock: none took longer than all of it.
    assert max(map(abs, off_s)) < min(MINUTE_S, CLOCKS_AGREE.total_seconds() + on_the_way_s)
    changed = sum(
        place[str(here["number"])] > place[str(there["number"])]
        for here, there in pairwise(drill.held)
    )
    with capsys.disabled():
        print(  # noqa: T201 - the figure of the run
            f"\n{len(drill.held)} tickets alone on two kiosks whose clocks were {drill.ahead_s} s "
            f"ahead: 0 lost, 0 twice; places in line {min(off_s):.3f} to {max(off_s):.3f} s off "
            f"the true time of issue, {changed} neighbours changed places"
        )


def off(place: datetime, earliest: datetime, latest: datetime) -> float:
    """Seconds by which a place misses the moments between which the number was given."""
    nearest = min(max(place, earliest), latest)
    return (place - nearest).total_seconds()


def check(drill: Drill, last: str) -> None:
    held = [str(one["number"]) for one in drill.held]
    place = check_all_are_there(drill)
    assert sorted(held, key=lambda label: place[label]) == held, "by time of issue"
    assert place[last] > place[held[-1]]


def check_all_are_there(drill: Drill) -> dict[str, datetime]:
    """Nobody lost, nobody twice, each with the code of the slip; since when each is in line."""
    tickets = rows(drill.server.folder)
    labels = [str(row["label"]) for row in tickets]
    assert len(labels) == len(set(labels)), "twice"
    held = [str(one["number"]) for one in drill.held]
    assert len(held) == len(set(held)) == ALONE
    assert set(held) <= set(labels), "lost"
    alone = [row for row in tickets if int(str(row["number"])) >= 500]
    extra = {str(row["label"]) for row in alone} - set(held)
    assert len(extra) <= drill.unseen, "only who died in the middle may have given more"
    place = {str(r["label"]): datetime.fromisoformat(str(r["line_since"])) for r in tickets}
    verdict = subprocess.run(
        [sys.executable, "-m", "queue_server", "verify", str(drill.server.folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(verdict.stdout)["ok"]
    assert len(alone) == ALONE + len(extra)
    codes = {str(row["label"]): str(row["follow_code"]) for row in tickets}
    for one in drill.held:
        assert str(one["follow"]).endswith(codes[str(one["number"])]), "the code on the slip"
    return place
