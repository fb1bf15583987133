"""A kiosk's program is killed while a citizen waits for a number: nobody who saw one loses it."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from tests.campaign.damaged import motcua
from tests.campaign.found import Found
from tests.fault.kiosk_process import KioskProcess
from tests.office_process import OfficeProcess

SERVICE = "CT"


def kiosk_killed(folder: Path, rounds: int) -> Found:
    """`kill -9` within a fifth of a second of a touch; every third time the server is away, too."""
    dice, server = random.Random(8), OfficeProcess(folder / "office")
    server.start()
    kiosk = KioskProcess(folder, server.folder, server.url, "kiosk-1")
    held: list[str] = []
    try:
        kiosk.ask("look")
        for number in range(rounds):
            away = number % 3 == 2
            if away:
                server.kill()
            held.append(_taken(kiosk))
            kiosk.tell(f"take {SERVICE}")
            moment = threading.Timer(dice.random() * 0.2, kiosk.kill_and_start)
            moment.start()
            moment.join()
            held.append(_taken(kiosk))
            if away:
                server.start()
            kiosk.ask("look")
        while kiosk.ask("look")["owed"]:
            pass
    finally:
        kiosk.kill()
        server.stop()
    kept = _labels(server.folder)
    assert len(held) == len(set(held)), "a number for two citizens"
    assert set(held) <= set(kept), "a number that somebody holds is lost"
    assert len(kept) == len(set(kept)), "a number twice"
    unseen = len(kept) - len(held)
    assert unseen <= rounds, "more numbers than touches"
    verdict = motcua("verify", server.folder)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert json.loads(verdict.stdout)["tickets"] == len(kept)
    return Found(rounds, len(held), 0, len(kept), note=f"{unseen} given to nobody who saw them")


def _taken(kiosk: KioskProcess) -> str:
    answer = kiosk.ask(f"take {SERVICE}")
    assert "number" in answer, answer
    return str(answer["number"])


def _labels(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "store" / "office.db")) as raw:
        return [label for (label,) in raw.execute("SELECT label FROM ticket")]
