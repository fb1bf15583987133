"""What breaks above the offices loses nothing, doubles nothing, and heals by itself."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from queue_server.adapters.backup import STORE
from queue_server.hub.adapters.hub_care import NothingToDecide, accept, troubles
from queue_server.hub.adapters.nats_link import connected, ensure_stream
from queue_server.hub.adapters.nats_relay import NatsOut
from queue_server.hub.adapters.office_log import OfficeLog
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.adapters.relay_files import MarkFile, keyed_names
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts import subjects
from queue_server.hub.use_cases.city_months import read_month
from queue_server.hub.use_cases.relay import AT_ONCE, Home, OfficeSide, Relay
from tests.hub.cluster import NatsCluster
from tests.hub.database import Postgres
from tests.hub.scene import ONE_MACHINE, PATIENCE_S, PROVINCE, Scene
from tests.hub.written_office import WrittenOffice

pytestmark = [pytest.mark.hub, pytest.mark.fault]

LONGEST_GAP = timedelta(seconds=12)
OUTAGE_S = float(os.environ.get("MOTCUA_OUTAGE_S", "0"))
FORGETS_AFTER_S = 0.1
"""The least that the server takes."""


async def leader_of(scene: Scene) -> str:
    async with connected(scene.cluster, "look") as client:
        info = await client.jetstream(timeout=10).stream_info(subjects.STREAM)
        assert info.cluster is not None
        assert info.cluster.leader is not None
        return info.cluster.leader


async def test_the_leader_dies_and_does_not_come_back(scene: Scene, cluster: NatsCluster) -> None:
    office = await scene.collected(40)
    before = office.newest()
    async with Lateness() as machine:
        killed_at = utc_now()
        cluster.kill(await leader_of(scene))
        office.visits(40)
        await scene.until_has(office)
    office.visits(40)
    await scene.until_has(office)
    gap = await first_stored(scene, office, before) - killed_at
    # 9 s: the longest that the nodes left wait before they vote; 2.25 s: a relay's answer and rest.
    assert gap <= LONGEST_GAP + machine.late, f"{gap}, of which the machine was late {machine.late}"


async def first_stored(scene: Scene, office: WrittenOffice, after: int) -> datetime:
    """When the stream, by its own clock, took the first event that came after this one."""
    ((at,),) = await scene.ask(
        "SELECT min(stored_at) FROM event WHERE office = %s AND seq > %s", office.id, after
    )
    assert isinstance(at, datetime)
    return at


class Lateness:
    """How late a clock's ticks came in all: what the machine itself had no time for."""

    EVERY = timedelta(milliseconds=20)

    def __init__(self) -> None:
        self.late = timedelta()
        self._ticking: asyncio.Task[None] | None = None

    async def _tick(self) -> None:
        every = self.EVERY.total_seconds()
        while True:
            due = time.monotonic() + every
            await asyncio.sleep(every)
            self.late += timedelta(seconds=max(0.0, time.monotonic() - due))

    async def __aenter__(self) -> Self:
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._ticking is not None
        self._ticking.cancel()


async def test_all_nodes_are_down_and_come_back(
    scene: Scene, cluster: NatsCluster, tmp_path: Path, dsn: str
) -> None:
    """Ten minutes with `MOTCUA_OUTAGE_S=600`; else as long as 100 visits.

    What ten minutes have and seconds have not: the stream forgets what it had before them. Here it
    forgets at once, and everything confirmed is sent again: the database alone keeps it from
    standing twice.
    """
    forgetful = replace(scene.cluster, repeats_known_s=FORGETS_AFTER_S)
    async with connected(forgetful, "forget") as client:
        await ensure_stream(client, forgetful)
    async with Scene(forgetful, dsn, tmp_path) as short:
        office = short.office()
        stop = short.relay(office)
        short.collector()
        office.visits(20)
        await short.until_has(office)
        cluster.kill_all()
        back_at = time.monotonic() + OUTAGE_S
        office.visits(100)
        while time.monotonic() < back_at:
            office.visits(1)
            await asyncio.sleep(1)
        cluster.start_all()
        await short.until_has(office)
        await short.end(stop)
        heard = sum(taken.repeats for taken in short.taken)
        await send_again(short, office)
        short.relay(office)
        office.visits(1)
        await short.until_has(office)
        async with asyncio.timeout(PATIENCE_S):
            while sum(taken.repeats for taken in short.taken) < heard + AT_ONCE:  # noqa: ASYNC110 - another task counts
                await asyncio.sleep(0.05)
        assert await short.ask("SELECT 1 FROM fork") == []


async def send_again(scene: Scene, office: WrittenOffice) -> None:
    """As a relay whose confirmation was lost just before the stream went down."""
    (office.data / "hub" / "confirmed.json").unlink()
    async with connected(scene.cluster, "again") as client:
        side = OfficeSide(
            OfficeLog(office.data / STORE),
            MarkFile(office.data),
            keyed_names(office.data, ONE_MACHINE),
        )
        work = Relay(Home(office.id, PROVINCE), side, NatsOut(client), utc_now)
        assert await work.step() == AT_ONCE


async def test_the_database_is_down_and_comes_back(scene: Scene, postgres: Postgres) -> None:
    office = await scene.collected(20)
    postgres.kill()
    office.visits(100)
    await scene.until_sent(office)
    postgres.start()
    await scene.until_has(office)


async def test_a_store_that_was_set_back_is_set_aside_until_somebody_decides(scene: Scene) -> None:
    office = scene.office()
    scene.collector()
    stop = scene.relay(office)
    office.visits(4)
    await scene.until_has(office)
    backup = office.copy_to(scene.folder / "backup")
    shared = backup.newest()
    office.visits(6)
    await scene.until_has(office)
    await scene.end(stop)
    lost = office.newest()
    # The office begins again with last week's copy, and people come.
    backup.at = office.at
    backup.visits(8)
    scene.relay(backup)
    kind, seq, vi, en = await scene.until("SELECT kind, seq, words_vi, words_en FROM fork")
    assert (kind, seq) == ("set_back", shared + 1)
    assert "sao lưu" in vi
    assert "motcua hub accept phuong-mau" in en
    await until_aside(scene, backup.newest() - shared)
    assert await scene.seqs(office.id) == list(range(1, lost + 1))
    assert await visits_of_may(scene) == 4 + 6
    await decide(scene, office.id, backup)
    assert await visits_of_may(scene) == 4 + 8
    backup.visits(2)
    await scene.until_has(backup)
    assert await visits_of_may(scene) == 4 + 8 + 2
    ((kept,),) = await scene.ask("SELECT count(*) FROM event_set_aside")
    assert kept == lost - shared


async def visits_of_may(scene: Scene) -> int:
    """As a month's figures have them; the days were folded before, and change late."""
    (found,) = (
        await read_month(PostgresMonths(scene.dsn), date(2026, 5, 1), (), utc_now())
    ).counted.values()
    return found.visits_finished


async def decide(scene: Scene, office: str, backup: WrittenOffice) -> None:
    said = await accept(scene.dsn, office)
    assert f"{office}: from event" in said
    assert await scene.seqs(office) == list(range(1, backup.newest() + 1))
    ((aside,),) = await scene.ask("SELECT set_aside FROM sending WHERE office = %s", office)
    assert aside == 0
    with pytest.raises(NothingToDecide):
        await accept(scene.dsn, office)


async def until_aside(scene: Scene, number: int) -> None:
    await scene.until("SELECT 1 FROM sending WHERE set_aside >= %s", number)


async def test_two_machines_claim_one_office(scene: Scene) -> None:
    office = scene.office()
    scene.collector()
    scene.relay(office)
    office.visits(3)
    await scene.until_has(office)
    copy = office.copy_to(scene.folder / "copy")
    office.visits(2)
    await scene.until_has(office)
    copy.join(words="other")
    copy.visits(3)
    scene.relay(copy, machine="another machine")
    kind, vi, _ = await scene.until("SELECT kind, words_vi, words_en FROM fork")
    assert kind == "two_machines"
    assert "Hai máy" in vi
    # The first machine goes on as if nothing was.
    office.visits(3)
    await scene.until_has(office)


async def test_a_strangers_store_with_a_taken_id(scene: Scene) -> None:
    office = scene.office()
    scene.collector()
    scene.relay(office)
    office.visits(3)
    await scene.until_has(office)
    stranger = WrittenOffice(scene.folder / "stranger", office.id)
    stranger.visits(5)
    scene.relay(stranger, machine="elsewhere")
    (kind,) = await scene.until("SELECT kind FROM fork")
    assert kind == "stranger"
    await scene.until_has(office)
    with pytest.raises(NothingToDecide, match="no past"):
        await accept(scene.dsn, office.id)


async def test_a_clock_wrong_by_a_day(scene: Scene) -> None:
    office = scene.office()
    scene.collector()
    office.visits(3)
    scene.relay(office, now=lambda: utc_now() + timedelta(days=1))
    await scene.until_has(office)
    ((off,),) = await scene.ask("SELECT clock_off_s FROM sending")
    assert off == pytest.approx(86_400, abs=600)
    (found,) = await troubles(scene.dsn)
    assert found["clock_off_s"] == round(off)
    assert found["office"] == office.id
