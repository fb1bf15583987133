"""Writes the configuration of each node: durable at every write, an account for each province."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from queue_server.hub.contracts import subjects

DOMAIN = "hub"
"""Names the cluster's JetStream, so that a province's machine can pass questions on to it."""


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
    """A province: its offices publish, its collectors read; secrets by user name.

    `leaf` is the secret of the province's own machine; empty: its offices come to the hub.
    """

    province: str
    collector: str
    offices: dict[str, str]
    leaf: str = ""


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
    # An answer to a relay means: on the disks of a majority, also after a power cut.
    kept = (f"store_dir: {json.dumps(str(store))}", "sync_interval: always", f"domain: {DOMAIN}")
    jetstream = "\n  ".join(("jetstream {", *kept)) + "\n}"
    parts = [
        f"server_name: {json.dumps(node.name)}",
        f"listen: {json.dumps(f'{node.host}:{node.port}')}",
        jetstream,
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


def leaf_config(
    name: str,
    listen: str,
    hub: Sequence[str],
    account: ProvinceAccount,
    tls: TlsOfNode | None = None,
) -> str:
    """A province's own machine: its offices connect there as they would to the hub.

    It keeps nothing: what the cluster did not confirm, an office sends again. Offices have the
    same users and rights as at the hub, so one that comes here may not say more than there.

    Args:
        name: The machine's name.
        listen: host:port for the province's offices.
        hub: host:port of the hub's leaf listeners.
        account: The province, with its `leaf` secret.
        tls: The machine's own certificate, and the root it trusts; None: without TLS.
    """
    scheme = "tls" if tls else "nats-leaf"
    urls = [f"{scheme}://{leaf_user(account)}:{account.leaf}@{where}" for where in hub]
    trust = f", tls {{ ca_file: {json.dumps(tls.ca)} }}" if tls else ""
    return (
        f"server_name: {json.dumps(name)}\n"
        f"listen: {json.dumps(listen)}\n"
        f"{_tls(tls, verify=False)}"
        # Its offices ask as at the hub; without this the server keeps such questions at home.
        f"default_js_domain {{ $G: {DOMAIN} }}\n"
        f"authorization {{\n  users: [\n{_listed(_office_users(account))}\n  ]\n}}\n"
        f"leafnodes {{\n  remotes = [ {{ urls: {json.dumps(urls)}{trust} }} ]\n}}\n"
    )


def leaf_user(account: ProvinceAccount) -> str:
    """Who a province's machine is at the hub."""
    return f"leaf-{account.province}"


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
    if account.leaf:
        allowed = leaf_permissions(account)
        users.append({"user": leaf_user(account), "password": account.leaf, "permissions": allowed})
    listed = _listed([*users, *_office_users(account)])
    return f"  P{account.province}: {{\n  jetstream: enabled\n  users: [\n{listed}\n  ]\n  }}"


def _listed(users: Sequence[dict[str, object]]) -> str:
    return "\n".join(f"    {json.dumps(user)}" for user in users)


def _office_users(account: ProvinceAccount) -> list[dict[str, object]]:
    return [
        {
            "user": office,
            "password": secret,
            "permissions": office_permissions(account.province, office),
        }
        for office, secret in sorted(account.offices.items())
    ]


def _last_of(own: str) -> list[str]:
    """Asking for the newest of these events; a province's machine puts the domain's name in."""
    return [f"$JS.{api}.DIRECT.GET.{subjects.STREAM}.{own}" for api in ("API", f"{DOMAIN}.API")]


def leaf_permissions(account: ProvinceAccount) -> dict[str, object]:
    """What all offices of a province may together; answers go to whoever asked."""
    own = subjects.events_of(account.province)
    heard = (subjects.asks_of(account.province), subjects.down_of(account.province))
    inboxes = [f"{subjects.inbox(office)}.>" for office in sorted(account.offices)]
    return {
        "publish": [own, *_last_of(own), "_INBOX.>"],
        "subscribe": [*heard, *inboxes],
    }


def office_permissions(province: str, office: str) -> dict[str, object]:
    """An office may publish its own events, see its own last one, and hear its own asks.

    What is handed down to it, it may answer once.
    """
    own = subjects.events(province, office)
    heard = (subjects.asks(province, office), subjects.down(province, office))
    return {
        "publish": [own, *_last_of(own)],
        "subscribe": [*heard, f"{subjects.inbox(office)}.>"],
        "allow_responses": {"max": 1, "expires": "2m"},
    }
