"""The whole server on a full disk: it says so, goes on showing, loses nothing and heals itself."""

from __future__ import annotations

import sqlite3
import uuid
from collections import Counter
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from queue_server.contracts.problems import MEDIA_TYPE
from tests.fault.busy_crowd import BusyCrowd
from tests.fault.conftest import SmallDisk
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

TRIES = 3000


def refused(client: httpx.Client) -> httpx.Response:
    """Ask until the last page that was still free is full, too."""
    for _ in range(TRIES):
        answer = client.post(
            "/tickets", json={"service": "DN"}, headers={"Idempotency-Key": uuid.uuid4().hex}
        )
        if answer.status_code != 201:
            return answer
    raise AssertionError("the disk does not get full")


def states_in(store: Path) -> Counter[str]:
    with closing(sqlite3.connect(store)) as raw:
        return Counter(state for (state,) in raw.execute("SELECT state FROM ticket"))


def test_a_full_disk_under_load(small_disk: SmallDisk) -> None:
    server = OfficeProcess(small_disk.folder)
    with server, server.client() as client:
        crowd = BusyCrowd(server, citizens=3, counters=2)
        crowd.start()
        crowd.up.set()
        crowd.wait_for_answers(60)
        small_disk.fill()
        answer = refused(client)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["code"] == "store_unavailable"
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        board = client.get("/board")
        assert board.status_code == 200
        assert board.json()["seq"] > 0
        with client.stream("GET", "/display/stream") as stream:
            assert next(stream.iter_lines()) == "event: display"
        small_disk.empty()
        crowd.wait_for_answers(60)
        crowd.go_home()
        assert client.get("/readyz").status_code == 200
        today = client.get("/board").json()["today"]
        kept = states_in(small_disk.folder / "store" / "office.db")
        assert (today["waiting"], today["finished"]) == (kept["waiting"], kept["finished"])
        assert server.stop() == 0
    others = kept.total() - len(crowd.notebook.tickets)
    assert_nothing_lost_or_doubled(server.folder, crowd.notebook, others=others)
