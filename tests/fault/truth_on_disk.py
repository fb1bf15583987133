"""Compares what people were told with what the store says afterwards."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.fault.busy_crowd import Notebook


@dataclass(frozen=True, slots=True)
class Truth:
    """Counts of what the store holds."""

    tickets: int
    events: int


def assert_nothing_lost_or_doubled(folder: Path, notebook: Notebook, others: int = 0) -> Truth:
    """0 lost, 0 duplicate, 0 gaps; every call by one counter; `motcua verify` agrees.

    `others` are tickets that the test itself took beside the crowd.
    """
    with closing(sqlite3.connect(folder / "store" / "office.db")) as raw:
        stored = raw.execute("SELECT id, day, service, number, label, state FROM ticket").fetchall()
        seqs = [seq for (seq,) in raw.execute("SELECT seq FROM event ORDER BY seq")]
        called = raw.execute(
            "SELECT ticket, counter FROM event WHERE kind = 'TicketCalled'"
        ).fetchall()
    labels = {row[0]: row[4] for row in stored}
    held = {body["id"]: body["number"] for body in notebook.tickets.values()}
    assert held.items() <= labels.items(), "a ticket is lost or has another number"
    assert len(held) + others == len(labels), "a ticket was given to nobody"
    assert len(held) == len(notebook.tickets), "two keys got one ticket"
    series: dict[tuple[str, str], list[int]] = {}
    for _, day, service, number, _, _ in stored:
        series.setdefault((day, service), []).append(number)
    for numbers in series.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), "a gap or a double"
    assert seqs == list(range(1, len(seqs) + 1)), "a gap in the events"
    assert max(Counter(ticket for ticket, _ in called).values(), default=1) == 1, "called twice"
    assert notebook.calls.items() <= dict(called).items(), "a call is lost"
    states = {row[0]: row[5] for row in stored}
    assert all(states[ticket] == "finished" for ticket in notebook.finished)
    verify = subprocess.run(
        [sys.executable, "-m", "queue_server", "verify", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert verify.returncode == 0, verify.stdout + verify.stderr
    verdict = json.loads(verify.stdout)
    assert verdict["tickets"] == len(stored)
    assert verdict["events"] == len(seqs)
    return Truth(len(stored), len(seqs))
