"""Writes the configuration of each node: durable at every write, an account for each province."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from queue_server.hub.contracts import subjects


@dataclass(frozen=True, slots=True)
class Node:
    """One machine of the cluster; `leaf` is where a province's own machines connect, 0: nowhere."""

    name: str
    host: str
    port: int
    cluster_port: int
    leaf_port: int = 0


@dataclass(frozen=True, slots=True)
class TlsOfNode:
    """Paths, as the node sees them: certificate and key of the nodes, root that signed them."""

    cert: str
    key: str
    ca: str


@dataclass(frozen=True, slots=True)
class ProvinceAccount:
    """A province: its offices publish, its collectors read; secrets by user name."""

    province: str
    collector: str
    offices: dict[str, str]


def node_config(
    node: Node,
    nodes: Sequence[Node],
    store: Path,
    tls: TlsOfNode | None = None,
    accounts: Sequence[ProvinceAccount] = (),
) -> str:
    """The text of one node's configuration file. Without accounts everybody is let in."""
    routes = [f"nats-route://{one.host}:{one.cluster_port}" for one in nodes if one != node]
    listens = json.dumps(f"{node.host}:{node.cluster_port}")
    cluster = (
        "cluster {\n"
        "  name: hub\n"
        f"  listen: {listens}\n"
        f"  routes: {json.dumps(routes)}\n"
        f"{_tls(tls, verify=True)}}}"
    )
    parts = [
        f"server_name: {json.dumps(node.name)}",
        f"listen: {json.dumps(f'{node.host}:{node.port}')}",
        # An answer to a relay means: on the disks of a majority, also after a power cut.
        f"jetstream {{\n  store_dir: {json.dumps(str(store))}\n  sync_interval: always\n}}",
        cluster,
    ]
    if tls:
        parts.append(_tls(tls, verify=False).strip())
    if node.leaf_port:
        listen = json.dumps(f"{node.host}:{node.leaf_port}")
        parts.append(f"leafnodes {{\n  listen: {listen}\n{_tls(tls, verify=False)}}}")
    if accounts:
        body = "\n".join(_account(one) for one in accounts)
        parts.append(f"accounts {{\n{body}\n}}")
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class LeafUser:
    """Who a province's machine is at the hub."""

    name: str
    password: str


def leaf_config(
    name: str, listen: str, hub: Sequence[str], user: LeafUser, ca: str | None = None
) -> str:
    """A province's own machine: its offices connect there, it connects to the hub.

    Args:
        name: The machine's name.
        listen: host:port for the province's offices.
        hub: host:port of the hub's leaf listeners.
        user: Who the machine is at the hub.
        ca: The root certificate's path; None: without TLS.
    """
    scheme = "tls" if ca else "nats-leaf"
    urls = [f"{scheme}://{user.name}:{user.password}@{where}" for where in hub]
    trust = f", tls {{ ca_file: {json.dumps(ca)} }}" if ca else ""
    return (
        f"server_name: {json.dumps(name)}\n"
        f"listen: {json.dumps(listen)}\n"
        f"leafnodes {{\n  remotes = [ {{ urls: {json.dumps(urls)}{trust} }} ]\n}}\n"
    )


def _tls(tls: TlsOfNode | None, *, verify: bool) -> str:
    if tls is None:
        return ""
    return (
        "  tls {\n"
        f"    cert_file: {json.dumps(tls.cert)}\n"
        f"    key_file: {json.dumps(tls.key)}\n"
        f"    ca_file: {json.dumps(tls.ca)}\n"
        f"    verify: {json.dumps(verify)}\n"
        "    timeout: 5\n"
        "  }\n"
    )


def _account(account: ProvinceAccount) -> str:
    users: list[dict[str, object]] = [
        {"user": f"collector-{account.province}", "password": account.collector}
    ]
    for office, secret in sorted(account.offices.items()):
        allowed = office_permissions(account.province, office)
        users.append({"user": office, "password": secret, "permissions": allowed})
    listed = "\n".join(f"    {json.dumps(user)}" for user in users)
    return f"  P{account.province}: {{\n  jetstream: enabled\n  users: [\n{listed}\n  ]\n  }}"


def office_permissions(province: str, office: str) -> dict[str, object]:
    """An office may publish its own events, see its own last one, and hear its own asks.

    What is handed down to it, it may answer once.
    """
    own = subjects.events(province, office)
    heard = (subjects.asks(province, office), subjects.down(province, office))
    return {
        "publish": [own, f"$JS.API.DIRECT.GET.{subjects.STREAM}.{own}"],
        "subscribe": [*heard, f"{subjects.inbox(office)}.>"],
        "allow_responses": {"max": 1, "expires": "2m"},
    }
