"""TLS, an account for each province, and an office that may say only its own: on a real cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.adapters.local_ca import CA, SERVER, SERVER_KEY, issue_server
from queue_server.hub.adapters.cluster_files import ProvinceAccount, TlsOfNode
from queue_server.hub.adapters.nats_down import NatsDown, listen_down
from queue_server.hub.adapters.nats_link import Cluster, connected, ensure_stream
from queue_server.hub.bootstrap.relay_process import RelaySettings, relay
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered
from queue_server.hub.use_cases.ports import StreamAway
from queue_server.hub.use_cases.relay import Home
from tests.hub.cluster import NatsCluster, free_ports
from tests.hub.scene import PATIENCE_S, Scene

pytestmark = pytest.mark.hub

ACCOUNTS = (
    ProvinceAccount(
        *("92", "collects-92", {"phuong-mau": "own-secret", "other": "other-secret"}),
        leaf="leaf-secret",
    ),
    ProvinceAccount("01", "collects-01", {"ha-noi": "hn-secret"}),
)
LEAF = "leaf-92"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> TlsOfNode:
    folder = tmp_path_factory.mktemp("tls")
    issue_server(folder, ["localhost", "127.0.0.1"], node=True)
    return TlsOfNode(str(folder / SERVER), str(folder / SERVER_KEY), str(folder / CA))


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory, tls: TlsOfNode) -> Iterator[NatsCluster]:
    with NatsCluster(tmp_path_factory.mktemp("secure"), ACCOUNTS, tls) as running:
        yield running


async def test_an_office_reaches_the_collector_of_its_province_and_nobody_else(
    secure: NatsCluster, dsn: str, tmp_path: Path
) -> None:
    collects = secure.address("collector-92", "collects-92")
    async with Scene(collects, dsn, tmp_path) as scene:
        office = scene.office()
        office.visits(5)
        scene.collector()
        stop = asyncio.Event()
        settings = RelaySettings(
            office.data, Home(office.id, "92"), secure.address("phuong-mau", "own-secret")
        )
        task = asyncio.create_task(relay(settings, stop))
        await scene.until_has(office)
        stop.set()
        await task
    async with connected(secure.address("collector-01", "collects-01"), "hn") as client:
        await ensure_stream(client, secure.address())
        info = await client.jetstream(timeout=20).stream_info(subjects.STREAM)
        assert info.state.messages == 0


@pytest.fixture(scope="module")
def leaf(secure: NatsCluster) -> Cluster:
    """How an office reaches the machine of its province."""
    (port,) = free_ports(1)
    secure.start_leaf(LEAF, port, ACCOUNTS[0])
    hub = secure.address("phuong-mau", "own-secret")
    return replace(hub, servers=(f"tls://127.0.0.1:{port}",))


async def test_an_office_behind_the_machine_of_its_province(
    secure: NatsCluster, leaf: Cluster, dsn: str, tmp_path: Path
) -> None:
    async with Scene(secure.address("collector-92", "collects-92"), dsn, tmp_path) as scene:
        office = scene.office("phuong-mau")
        office.visits(5)
        scene.collector()
        stop = asyncio.Event()
        settings = RelaySettings(office.data, Home(office.id, "92"), leaf)
        task = asyncio.create_task(relay(settings, stop))
        await scene.until_has(office)
        # The way to the hub is cut; the office goes on, and what it did comes when the way is back.
        secure.kill(LEAF)
        office.visits(20)
        secure.start_leaf(LEAF, int(leaf.servers[0].rpartition(":")[2]), ACCOUNTS[0])
        await scene.until_has(office)
        stop.set()
        await task


@pytest.mark.parametrize("by", ["hub", "leaf"])
async def test_an_office_may_neither_speak_nor_listen_for_another(
    secure: NatsCluster, leaf: Cluster, by: str
) -> None:
    own = leaf if by == "leaf" else secure.address("phuong-mau", "own-secret")
    inbox = subjects.inbox("phuong-mau")
    refused: list[str] = []
    async with connected(own, "spy", inbox) as client:

        async def told(error: Exception) -> None:
            refused.append(str(error))

        client._error_cb = told
        await client.publish(subjects.events("92", "other"), b"{}")
        await client.publish("$JS.API.STREAM.DELETE." + subjects.STREAM, b"")
        await client.subscribe(subjects.asks("92", "other"))
        await client.subscribe(f"{subjects.inbox('other')}.>")
        await client.subscribe(subjects.down("92", "other"))
        async with asyncio.timeout(PATIENCE_S):
            while len(refused) < 5:
                with suppress(Exception):
                    await client.flush(timeout=5)
    assert all("permissions violation" in words.lower() for words in refused)


async def test_an_office_answers_what_its_province_hands_down(secure: NatsCluster) -> None:
    own, inbox = secure.address("phuong-mau", "own-secret"), subjects.inbox("phuong-mau")
    asked = HandedDown(key="0" * 32, kind="ticket")

    async def answer(one: HandedDown) -> OfficeAnswer:
        return OfficeAnswer(key=one.key, outcome="done", body={"number": "A001"})

    async with (
        connected(own, "desk", inbox) as office,
        connected(secure.address("collector-92", "collects-92"), "hub") as hub,
        connected(secure.address("collector-01", "collects-01"), "elsewhere") as elsewhere,
        asyncio.timeout(PATIENCE_S),
    ):
        await listen_down(office, "92", "phuong-mau", answer)
        await office.flush(timeout=20)
        said: OfficeAnswer | Unanswered = Unanswered.NOBODY
        while said is Unanswered.NOBODY:  # the other nodes hear of who listens a moment later
            said = await NatsDown(hub).ask("92", "phuong-mau", asked, PATIENCE_S)
        assert said == await answer(asked)
        nobody = await NatsDown(elsewhere).ask("92", "phuong-mau", asked, PATIENCE_S)
        assert nobody is Unanswered.NOBODY


async def test_nobody_gets_in_without_a_secret_or_with_another_root(
    secure: NatsCluster, tmp_path: Path
) -> None:
    issue_server(tmp_path, ["localhost"])
    own = secure.address("phuong-mau", "own-secret")
    wrong = (secure.address("phuong-mau", "guess"), replace(own, ca=tmp_path / CA))
    said = await asyncio.gather(*(refused(one) for one in (*wrong, secure.address())))
    assert all(words.startswith("no node lets us in: ") for words in said)


async def refused(cluster: Cluster) -> str:
    """What somebody is told who is not let in."""
    with pytest.raises(StreamAway) as told:
        async with connected(cluster, "nobody"):
            pass
    return str(told.value)
