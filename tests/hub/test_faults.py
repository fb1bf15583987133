"""What breaks above the offices loses nothing, doubles nothing, and heals by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.hub.adapters.hub_care import NothingToDecide, accept, troubles
from queue_server.hub.adapters.nats_link import connected
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts import subjects
from tests.hub.cluster import NatsCluster
from tests.hub.database import Postgres
from tests.hub.scene import Scene
from tests.hub.written_office import WrittenOffice

pytestmark = [pytest.mark.hub, pytest.mark.fault]


async def leader_of(scene: Scene) -> str:
    async with connected(scene.cluster, "look") as client:
        info = await client.jetstream(timeout=10).stream_info(subjects.STREAM)
        assert info.cluster is not None
        assert info.cluster.leader is not None
        return info.cluster.leader


async def test_the_leader_dies_and_does_not_come_back(scene: Scene, cluster: NatsCluster) -> None:
    office = await scene.collected(40)
    cluster.kill(await leader_of(scene))
    office.visits(40)
    await scene.until_has(office)
    office.visits(40)
    await scene.until_has(office)


async def test_all_nodes_are_down_and_come_back(scene: Scene, cluster: NatsCluster) -> None:
    office = await scene.collected(20)
    cluster.kill_all()
    office.visits(100)
    cluster.start_all()
    await scene.until_has(office)


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
    await decide(scene, office.id, backup)
    backup.visits(2)
    await scene.until_has(backup)
    ((kept,),) = await scene.ask("SELECT count(*) FROM event_set_aside")
    assert kept == lost - shared


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
