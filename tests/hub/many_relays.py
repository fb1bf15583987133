"""Offices with real stores and the real relay: `python -m tests.hub.many_relays FOLDER`."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from queue_server.hub.adapters.nats_link import Cluster
from queue_server.hub.bootstrap.relay_process import RelaySettings, relay
from queue_server.hub.use_cases.relay import Home


async def run(offices: list[Path], servers: tuple[str, ...], most_per_s: float) -> None:
    """Relay these offices until SIGTERM; the folder's name is the office's id."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    cluster = Cluster(servers)
    async with asyncio.TaskGroup() as group:
        for data in offices:
            home = Home(data.name, "92")
            settings = RelaySettings(data, home, cluster, most_per_s, data.name)
            group.create_task(relay(settings, stop))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--servers", required=True)
    parser.add_argument("--most-per-s", type=float, default=500)
    asked = parser.parse_args()
    work = run(sorted(asked.folder.iterdir()), tuple(asked.servers.split(",")), asked.most_per_s)
    asyncio.run(work)
