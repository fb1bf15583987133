"""TLS, an account for each province, and an office that may say only its own: on a real cluster."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.adapters.local_ca import CA, SERVER, SERVER_KEY, issue_server
from queue_server.hub.adapters.cluster_files import (
    LeafUser,
    Node,
    ProvinceAccount,
    TlsOfNode,
    leaf_config,
    node_config,
)
from queue_server.hub.adapters.nats_down import NatsDown, listen_down
from queue_server.hub.adapters.nats_link import Cluster, connected, ensure_stream
from queue_server.hub.bootstrap.relay_process import RelaySettings, relay
from queue_server.hub.contracts import subjects
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered
from queue_server.hub.use_cases.ports import StreamAway
from queue_server.hub.use_cases.relay import Home
from tests.hub.cluster import NatsCluster, server_program
from tests.hub.scene import PATIENCE_S, Scene

pytestmark = pytest.mark.hub

ACCOUNTS = (
    ProvinceAccount("92", "collects-92", {"phuong-mau": "own-secret", "other": "other-secret"}),
    ProvinceAccount("01", "collects-01", {"ha-noi": "hn-secret"}),
)


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


async def test_an_office_may_neither_speak_nor_listen_for_another(secure: NatsCluster) -> None:
    own, inbox = secure.address("phuong-mau", "own-secret"), subjects.inbox("phuong-mau")
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


def test_the_files_of_three_nodes_and_a_leaf_are_what_the_server_reads(
    tls: TlsOfNode, tmp_path: Path
) -> None:
    program = server_program()
    if program is None:
        pytest.skip("no nats-server 2.10 or newer: .ci/setup test installs one")
    nodes = [Node(f"hub{i}", f"127.0.0.{i}", 4222, 6222, 7422) for i in (1, 2, 3)]
    texts = {one.name: node_config(one, nodes, tmp_path, tls, ACCOUNTS) for one in nodes}
    user = LeafUser("ha-noi", "hn-secret")
    texts["leaf"] = leaf_config("leaf", "127.0.0.1:4222", ["127.0.0.1:7422"], user, tls.ca)
    for name, text in texts.items():
        file = tmp_path / f"{name}.conf"
        file.write_text(text)
        done = subprocess.run(
            [program, "-t", "-c", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "sync_interval: always" in texts["hub1"]
    assert json.dumps("hub1") in texts["hub1"]
