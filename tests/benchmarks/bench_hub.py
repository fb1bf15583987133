"""Many offices into one hub: events a second into PostgreSQL, and from an office to the city board.

Run `python -m tests.benchmarks.bench_hub [--offices N] [--people N] [--collectors N] [--probes N]
[--living N]`.
Offices are real stores with the real relay, all in one process; three nats-servers, PostgreSQL,
the collectors and the board are processes on the same two cores.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.nats_link import connected, ensure_stream
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.bootstrap.city_process import RunningCity
from queue_server.hub.contracts import subjects
from queue_server.hub.use_cases.city_board import Listed
from tests.benchmarks.figures import Row, machine, share
from tests.hub.cluster import NatsCluster
from tests.hub.database import Postgres
from tests.hub.written_office import VISIT, WrittenOffice

PROBE = "probe"
PATIENCE_S = 900
PAUSE_S = 0.02
"""Between two visits: with this, some 100 to 200 events a second beside the watched office."""


def offices(folder: Path, number: int, people: int) -> int:
    """Copies of one lived morning under so many ids; how many events all have together."""
    folder.mkdir()
    first = WrittenOffice(folder / "vp-0000", "vp-0000")
    events = first.visits(people)
    first.close()
    for i in range(1, number):
        shutil.copytree(folder / "vp-0000", folder / f"vp-{i:04}")
    return events * number


@contextmanager
def child(*arguments: str) -> Iterator[None]:
    """A Python process that ends with the block."""
    running = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


def collectors(folder: Path, cluster: NatsCluster, dsn: str, number: int) -> list[Any]:
    """Collectors as `motcua hub collect` starts them."""
    address = folder / "postgres.dsn"
    address.write_text(dsn)
    address.chmod(0o600)
    servers = ", ".join(f'"{one}"' for one in cluster.address().servers)
    config = folder / "hub.toml"
    config.write_text(f'[cluster]\nservers = [{servers}]\n[city]\ndsn_file = "postgres.dsn"\n')
    command = ("-m", "queue_server", "hub", "collect", "--config", str(config))
    return [child(*command) for _ in range(number)]


async def stored(cluster: NatsCluster) -> int:
    """Messages in the stream."""
    async with connected(cluster.address(), "bench") as client:
        info = await client.jetstream(timeout=20).stream_info(subjects.STREAM)
        return int(info.state.messages)


def count(dsn: str) -> int:
    """Events in the database."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT coalesce(sum(newest), 0) FROM sending").fetchone()
    return int(row[0]) if row else 0


def until(number: int, look: Any) -> float:
    """Seconds until something is that large."""
    began = time.monotonic()
    while look() < number:
        if time.monotonic() - began > PATIENCE_S:
            raise SystemExit(f"only {look()} of {number}")
        time.sleep(0.2)
    return time.monotonic() - began


def rows(folder: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """Relays into the stream, the stream into PostgreSQL, then one office to the board."""
    total = offices(folder / "offices", asked.offices, asked.people)
    with NatsCluster(folder) as cluster, Postgres(durable=True) as postgres:
        dsn = postgres.new_database()
        upgrade(dsn)
        asyncio.run(_stream(cluster))
        servers = ",".join(cluster.address().servers)
        relays = ("-m", "tests.hub.many_relays", str(folder / "offices"), "--servers", servers)
        with child(*relays, "--most-per-s", "500"):
            took = until(total, lambda: asyncio.run(stored(cluster)))
        what = (
            f"{asked.offices} relays catch up {total:,} events into 3 nodes, fsync each, events/s"
        )
        yield Row(what, "", f"{total / took:,.0f}")
        running = collectors(folder, cluster, dsn, asked.collectors)
        with _all(running):
            until(1, lambda: count(dsn))
            before = count(dsn)
            took = until(total, lambda: count(dsn))
            what = f"stream → PostgreSQL, {asked.collectors} collectors, events/s"
            yield Row(what, "≥ 10,000", f"{(total - before) / took:,.0f}")
            yield _live(folder, cluster, dsn, asked)


def _live(folder: Path, cluster: NatsCluster, dsn: str, asked: argparse.Namespace) -> Row:
    """One office is watched while `living` others serve people; all before them are silent."""
    watched = folder / "watched"
    probe = WrittenOffice(watched / PROBE, PROBE)
    names = [f"song-{i:03}" for i in range(asked.living)]
    for name in names:
        WrittenOffice(watched / name, name).close()
    asyncio.run(_register(dsn, [PROBE, *names]))
    servers = ",".join(cluster.address().servers)
    relays = ("-m", "tests.hub.many_relays", str(watched), "--servers", servers)
    targets = BoardTargets(good_min=15, limit_min=30)
    with child(*relays), RunningCity(dsn, Address("127.0.0.1", 0), targets) as city:
        probes(probe, city, 1)
        with lives(watched, names) as happened:
            began = time.monotonic()
            taken = probes(probe, city, asked.probes)
            a_second = happened[0] / (time.monotonic() - began)
    what = f"commit at an office → city board, p99, s; beside it {len(names)} others"
    seen = f"{share(taken, 0.99):.2f}; p50 {share(taken, 0.5):.2f}; {a_second:,.0f} events/s beside"
    return Row(what, "≤ 2", seen)


async def _register(dsn: str, names: Sequence[str]) -> None:
    board = PostgresBoard(dsn)
    await board.list_offices(
        [Listed(name, "92", Words(vi=name, en=name), 10.0, 105.0) for name in names]
    )
    await board.close()


@contextmanager
def lives(folder: Path, names: Sequence[str]) -> Iterator[list[int]]:
    """Visits at these offices in turns, as many as a thread makes; how many events so far."""
    happened, stop = [0], threading.Event()

    def live() -> None:
        offices = [WrittenOffice(folder / name, name) for name in names]
        for office in itertools.cycle(offices):
            if stop.is_set():
                break
            office.visits(1)
            happened[0] += len(VISIT)
            stop.wait(PAUSE_S)
        for office in offices:
            office.close()

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield happened
    finally:
        stop.set()
        thread.join()


def probes(office: WrittenOffice, city: RunningCity, number: int) -> list[float]:
    """Seconds from a commit at an office to the city board, one after the other."""
    shown = city.city.board.lines(PROBE)
    waiting = shown.office.waiting if shown else 0
    taken = []
    for i in range(waiting + 1, waiting + number + 1):
        office.join()
        began = time.monotonic()
        while (now := city.city.board.lines(PROBE)) is None or now.office.waiting < i:
            time.sleep(0.005)
        taken.append(time.monotonic() - began)
    return taken


async def _stream(cluster: NatsCluster) -> None:
    async with connected(cluster.address(), "bench") as client:
        while True:
            try:
                await ensure_stream(client, cluster.address())
            except Exception:  # noqa: BLE001 - no leader yet
                await asyncio.sleep(0.2)
            else:
                return


@contextmanager
def _all(running: Sequence[Any]) -> Iterator[None]:
    if not running:
        yield
        return
    with running[0], _all(running[1:]):
        yield


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--offices", type=int, default=100)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--collectors", type=int, default=2)
    parser.add_argument("--probes", type=int, default=100)
    parser.add_argument("--living", type=int, default=30)
    print(machine())  # noqa: T201 - the answer
    with tempfile.TemporaryDirectory() as name:
        for row in rows(Path(name), parser.parse_args()):
            print(row, flush=True)  # noqa: T201 - the answer
