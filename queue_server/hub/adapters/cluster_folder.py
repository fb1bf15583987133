"""Writes a cluster's folder: what each machine and each office is given, and nothing of another."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from queue_server.adapters.local_ca import CA, SERVER, SERVER_KEY, issue_server
from queue_server.adapters.whole_file import write_whole
from queue_server.hub.adapters.cluster_files import (
    Node,
    ProvinceAccount,
    TlsOfNode,
    leaf_config,
    node_config,
)

SECRETS = "secrets.json"
HOME = Path("/etc/motcua-hub")
"""Where a machine of the cluster keeps its folder."""
STORE = Path("/var/lib/motcua-hub/jetstream")
OF_MACHINE = TlsOfNode(*(str(HOME / name) for name in ("node.pem", "node.key", "ca.pem")))
PORT, CLUSTER_PORT, LEAF_PORT = 4222, 6222, 7422


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its code, its offices by their ids, the host of its own machine or None."""

    code: str
    offices: tuple[str, ...]
    leaf: str | None = None


def write_cluster(folder: Path, hosts: Sequence[str], provinces: Sequence[Province]) -> list[str]:
    """Write or renew it; the paths, as they stand in the folder, in order.

    Secrets that were given stay what they are, so a new office changes nobody else's; certificates
    are new each time. `secrets.json` and `tls/ca.key` stay with whoever runs the hub.

    Raises:
        KeyFileError: the root's key cannot be read.
        OSError: the folder takes no file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    accounts = _accounts(folder, provinces)
    nodes = [
        Node(f"hub{i}", host, PORT, CLUSTER_PORT, LEAF_PORT)
        for i, host in enumerate(hosts, start=1)
    ]
    for node in nodes:
        text = node_config(node, nodes, STORE, OF_MACHINE, accounts)
        _machine(folder, node.name, node.host, text)
    leaves = [f"{node.host}:{node.leaf_port}" for node in nodes]
    for province, account in zip(provinces, accounts, strict=True):
        servers = [f"tls://{node.host}:{node.port}" for node in nodes]
        _reach(folder / f"collector-{province.code}", folder, servers, account, None)
        if province.leaf is not None:
            name = f"leaf-{province.code}"
            listen = f"{province.leaf}:{PORT}"
            text = leaf_config(name, listen, leaves, account, OF_MACHINE)
            _machine(folder, name, province.leaf, text)
            servers = [f"tls://{listen}"]
        for office in province.offices:
            _reach(folder / "offices" / office, folder, servers, account, office)
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def _accounts(folder: Path, provinces: Sequence[Province]) -> list[ProvinceAccount]:
    path = folder / SECRETS
    known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def secret(name: str) -> str:
        return known.setdefault(name, secrets.token_urlsafe(24))

    made = [
        ProvinceAccount(
            one.code,
            secret(f"collector-{one.code}"),
            {office: secret(f"{one.code}/{office}") for office in one.offices},
            secret(f"leaf-{one.code}") if one.leaf else "",
        )
        for one in provinces
    ]
    write_whole(path, json.dumps(known, indent=1).encode(), 0o600)
    return made


def _machine(folder: Path, name: str, host: str, text: str) -> None:
    """A node's or a leaf's own folder, to be copied to `/etc/motcua-hub` of that machine."""
    place = folder / name
    place.mkdir(exist_ok=True)
    issue_server(folder, [host], datetime.now(UTC), node=True)
    for made, wanted in ((SERVER, "node.pem"), (SERVER_KEY, "node.key")):
        (folder / made).replace(place / wanted)
    shutil.copy(folder / CA, place / "ca.pem")
    write_whole(place / "nats.conf", text.encode(), 0o600)


def _reach(
    place: Path, folder: Path, servers: Sequence[str], account: ProvinceAccount, office: str | None
) -> None:
    """What a collector, or an office, needs to get in."""
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / CA, place / "hub-ca.pem")
    secret = account.collector if office is None else account.offices[office]
    write_whole(place / "hub.password", f"{secret}\n".encode(), 0o600)
    lines = _hub_toml(servers, account.province, office)
    write_whole(place / "hub.toml", "".join(f"{line}\n" for line in lines).encode(), 0o644)


def _hub_toml(servers: Sequence[str], province: str, office: str | None) -> Iterator[str]:
    yield "[cluster]"
    yield f"servers = {json.dumps(list(servers))}"
    yield 'ca = "hub-ca.pem"'
    yield f"user = {json.dumps(office or f'collector-{province}')}"
    yield 'password_file = "hub.password"'
    if office is not None:
        yield from ("", "[relay]", f'province = "{province}"')
    else:
        yield from (f'province = "{province}"', "", "[city]", 'dsn_file = "postgres.dsn"')
