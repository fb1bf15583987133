"""The embedded broker's life: it listens, comes back, drops silent clients, ends with us."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from queue_server.adapters.broker_process import GuardedBroker
from queue_server.adapters.embedded_broker import (
    BrokerDidNotStart,
    EmbeddedBroker,
    write_accounts,
)
from queue_server.contracts import topics
from tests.integration.office_brokers import (
    OFFICE,
    WAIT_S,
    Device,
    accounts,
    secret,
    wait_for_port,
)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    running = EmbeddedBroker(tmp_path / "broker", accounts())
    running.start()
    yield running
    running.close()


def test_a_free_port_of_loopback_is_chosen(broker: EmbeddedBroker) -> None:
    assert broker.pid is not None
    listening = [c.laddr for c in psutil.Process(broker.pid).net_connections() if not c.raddr]
    assert listening == [("127.0.0.1", broker.port)]


@pytest.mark.usefixtures("broker")
def test_its_files_show_no_secret_and_are_private(tmp_path: Path) -> None:
    files = sorted((tmp_path / "broker").iterdir())
    assert [file.name for file in files] == ["passwords", "topics.json"]
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        assert secret("kiosk-1") not in file.read_text(encoding="utf-8")
    assert secret("kiosk-1") not in repr(accounts())


@pytest.mark.fault
def test_killed_it_comes_back_on_the_same_port(broker: EmbeddedBroker) -> None:
    port, first = broker.port, broker.pid
    assert first is not None
    for _ in range(2):
        pid = broker.pid
        assert pid is not None
        process = psutil.Process(pid)
        process.kill()
        process.wait(WAIT_S)
        wait_for_port(port)
        device = Device(port, "kiosk-1")
        assert device.admitted
        device.close()
    assert broker.pid != first


def test_closing_leaves_nothing_running(broker: EmbeddedBroker) -> None:
    assert broker.pid is not None
    process = psutil.Process(broker.pid)
    broker.close()
    assert not process.is_running()


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BrokerDidNotStart, match="address already in use") as fault:
            EmbeddedBroker(tmp_path, accounts(), port=port).start()
    assert "\n" not in str(fault.value)


@pytest.mark.fault
def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys, threading
        from pathlib import Path
        from queue_server.adapters.embedded_broker import EmbeddedBroker
        broker = EmbeddedBroker(Path(sys.argv[1]), [])
        broker.start()
        print(broker.pid, flush=True)
        threading.Event().wait()
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        parent.kill()
        child.wait(WAIT_S)


def connect_packet(name: str, keep_alive_s: int, will: tuple[str, str] | None = None) -> bytes:
    """An MQTT 3.1.1 CONNECT, clean session, user name and password, perhaps a will of QoS 1."""

    def text(value: str) -> bytes:
        return len(value.encode()).to_bytes(2, "big") + value.encode()

    flags = 0b1100_0010 | (0b0000_1100 if will else 0)
    body = text("MQTT") + bytes([4, flags]) + keep_alive_s.to_bytes(2, "big") + text(name)
    body += b"".join(text(part) for part in will or ()) + text(name) + text(secret(name))
    assert len(body) < 16384
    length = len(body)
    coded = bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])
    return b"\x10" + coded + body


def test_a_client_that_falls_silent_is_declared_lost_by_its_will(broker: EmbeddedBroker) -> None:
    """amqtt alone notes the silence and does nothing."""
    status = topics.device_status(OFFICE, "keypad-3")
    watcher = Device(broker.port, "watcher")
    watcher.subscribe(status)
    with socket.create_connection(("127.0.0.1", broker.port)) as silent:
        silent.sendall(connect_packet("keypad-3", 1, (status, "lost")))
        assert silent.recv(4) == b"\x20\x02\x00\x00"
        assert watcher.next().payload == b"lost"
    watcher.close()


async def test_accepted_sockets_send_small_packets_at_once(tmp_path: Path) -> None:
    write_accounts(tmp_path, accounts())
    broker = GuardedBroker("127.0.0.1", 0, tmp_path)
    await broker.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", broker.port)
    writer.write(connect_packet("kiosk-1", 60))
    assert await reader.readexactly(4) == b"\x20\x02\x00\x00"
    assert nodelay_of_peer(writer.get_extra_info("sockname"))
    writer.close()
    await writer.wait_closed()
    await broker.shutdown()


def nodelay_of_peer(address: tuple[str, int]) -> bool:
    """TCP_NODELAY of this process's socket whose other end is `address`."""
    for link in list(Path("/proc/self/fd").iterdir()):
        try:
            candidate = socket.socket(fileno=os.dup(int(link.name)))
        except OSError:
            continue
        with candidate:
            try:
                peer = candidate.getpeername()
            except OSError:
                continue
            if peer == address:
                return bool(candidate.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    raise AssertionError("no such connection")
