"""Whatever fails between an office and the hub, in whatever order: all events are there, once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.hub.adapters.relay_files import KeyedNames
from queue_server.hub.contracts.event_message import AskAgain
from queue_server.hub.use_cases.collect import Collector
from queue_server.hub.use_cases.ports import CityStoreAway, Confirmed, StreamAway
from queue_server.hub.use_cases.relay import AT_ONCE, Home, OfficeSide, Relay
from queue_server.use_cases.event_chain import GENESIS, Link
from tests.fakes.memory_hub import NOW, MemoryCity, MemoryMarks, MemoryStream

HOME = Home("ward", "92")


@dataclass
class MemoryLog:
    """An office's events; `most_read` is the largest number that was in memory at once."""

    rows: list[Link] = field(default_factory=list)
    most_read: int = 0

    def happen(self, number: int, what: str = "") -> None:
        for _ in range(number):
            seq, prev = len(self.rows) + 1, self.rows[-1].hash if self.rows else GENESIS
            own = sha256(prev + f"{seq}{what}".encode()).digest()
            at = NOW.isoformat()
            body = json.dumps({"slip": "printed"})
            self.rows.append(
                Link(seq, "2026-05-12", at, "TicketConfirmed", f"t{seq}", None, body, prev, own)
            )

    def after(self, seq: int, most: int) -> Sequence[Link]:
        found = self.rows[seq : seq + most]
        self.most_read = max(self.most_read, len(found))
        return found

    def newest(self) -> int:
        return len(self.rows)


def now() -> datetime:
    return datetime(2026, 5, 12, tzinfo=UTC)


def relay_of(log: MemoryLog, stream: MemoryStream, marks: MemoryMarks | None = None) -> Relay:
    side = OfficeSide(log, marks or MemoryMarks(), KeyedNames(bytes(32), "machine"))
    return Relay(HOME, side, stream, now)


async def all_sent(relay: Relay) -> None:
    while await relay.step():
        pass


async def all_kept(collector: Collector) -> None:
    while await collector.step() is not None:
        pass


MOVES = st.sampled_from(["happen", "step", "fail", "part", "restart", "forget", "collect", "crash"])


@given(st.lists(MOVES, max_size=40))
def test_all_events_once_whatever_fails(moves: list[str]) -> None:
    asyncio.run(_play(moves))


async def _play(moves: list[str]) -> None:
    log, stream, marks, city = MemoryLog(), MemoryStream(), MemoryMarks(), MemoryCity()
    relay, collector = relay_of(log, stream, marks), Collector(stream, city, now)
    for move in moves:
        if move == "happen":
            log.happen(3)
        elif move in {"step", "fail", "part"}:
            stream.takes = {"step": None, "fail": 0, "part": 1}[move]
            try:
                await relay.step()
            except StreamAway:
                assert move == "fail"
            stream.takes = None
        elif move in {"restart", "forget"}:
            if move == "forget":
                marks.keep(Confirmed())
            relay = relay_of(log, stream, marks)
            await relay.compare()
            assert relay.warning is None
        else:
            city.fails = move == "crash"
            try:
                await collector.step()
            except CityStoreAway:
                assert move == "crash"
            city.fails = False
    await all_sent(relay)
    await all_kept(collector)
    assert [seq for _, seq in sorted(city.events)] == list(range(1, len(log.rows) + 1))
    assert not city.aside
    assert not city.forks


async def test_a_week_offline_is_caught_up_in_small_pieces() -> None:
    log, stream = MemoryLog(), MemoryStream()
    log.happen(5 * AT_ONCE + 7)
    await all_sent(relay_of(log, stream))
    assert len(stream.stored) == len(log.rows)
    assert log.most_read == AT_ONCE


async def test_what_the_hub_misses_is_published_again() -> None:
    log, stream, city = MemoryLog(), MemoryStream(), MemoryCity()
    relay, collector = relay_of(log, stream), Collector(stream, city, now)
    log.happen(20)
    await all_sent(relay)
    del stream.stored[4:9]
    await all_kept(collector)
    assert await collector.ask_for_gaps() == 1
    assert stream.asked == [("92/ward", AskAgain(first=5, last=9))]
    assert await relay.again(stream.asked[0][1]) == 5
    await all_kept(collector)
    assert len(city.events) == 20
    assert city.late == ["ward"]
    assert await collector.ask_for_gaps() == 0


@pytest.mark.parametrize("restart", [True, False])
async def test_a_store_that_was_set_back_is_noticed_at_home_too(*, restart: bool) -> None:
    log, stream, marks, city = MemoryLog(), MemoryStream(), MemoryMarks(), MemoryCity()
    relay, collector = relay_of(log, stream, marks), Collector(stream, city, now)
    log.happen(10)
    await all_sent(relay)
    await all_kept(collector)
    del log.rows[6:]
    log.happen(2, "after the restore")
    if restart:
        relay = relay_of(log, stream, marks)
        await relay.compare()
    else:
        assert await relay.step() == 0
    assert relay.warning is not None
    log.happen(9, "more")
    await all_sent(relay)
    await all_kept(collector)
    assert len(city.events) == 10
    assert len(city.aside) == len(log.rows) - 6
    ((_, fork),) = city.forks
    assert (fork.seq, fork.common) == (7, True)
