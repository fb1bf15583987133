"""A stream and a city store in memory, which fail when they are told to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.domain.chain import Gap, Head, Link
from queue_server.hub.domain.fork import Fork
from queue_server.hub.use_cases.ports import (
    CityStoreAway,
    Confirmed,
    OfficeState,
    Received,
    StreamAway,
)

NOW = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)


@dataclass
class MemoryStream:
    """Both sides of a stream; `takes` is how many more messages it takes, None: all."""

    stored: list[EventMessage] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    takes: int | None = None
    asked: list[tuple[str, AskAgain]] = field(default_factory=list)
    _given: set[int] = field(default_factory=set)
    _done: set[int] = field(default_factory=set)

    async def publish(self, messages: Sequence[EventMessage], again: str = "") -> int:
        if self.takes == 0:
            raise StreamAway("told to fail")
        taken = messages if self.takes is None else messages[: self.takes]
        for one in taken:
            name = one.message_id + again
            if name not in self.ids:
                self.ids.add(name)
                self.stored.append(one)
        return len(taken)

    async def last(self, province: str, office: str) -> EventMessage | None:
        own = [one for one in self.stored if (one.province, one.office) == (province, office)]
        return own[-1] if own else None

    async def fetch(self, most: int) -> Sequence[Received]:
        free = [i for i in range(len(self.stored)) if i not in self._given | self._done][:most]
        self._given |= set(free)
        return [Received(NOW, self.stored[i], i) for i in free]

    async def done(self, received: Collection[Received]) -> None:
        self._done |= {one.handle for one in received}

    async def back(self, received: Collection[Received]) -> None:
        self._given -= {one.handle for one in received}

    async def ask(self, province: str, office: str, missing: AskAgain) -> None:
        self.asked.append((f"{province}/{office}", missing))


@dataclass
class MemoryMarks:
    """Where a relay keeps its mark; lost when `kept` is set back."""

    kept: Confirmed = field(default_factory=Confirmed)

    def read(self) -> Confirmed:
        return self.kept

    def keep(self, confirmed: Confirmed) -> None:
        self.kept = confirmed


@dataclass
class MemoryCity:
    """All of a commit or nothing; `fails` makes the next one fail at its end."""

    known: dict[str, OfficeState] = field(default_factory=dict)
    events: dict[tuple[str, int], EventMessage] = field(default_factory=dict)
    aside: dict[tuple[str, int, str], EventMessage] = field(default_factory=dict)
    forks: list[tuple[str, Fork]] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    fails: bool = False

    @asynccontextmanager
    async def taking(self, _days: Collection[tuple[date, str]]) -> AsyncIterator[MemoryTaking]:
        before = deepcopy((self.known, self.events, self.aside, self.forks, self.late))
        try:
            yield MemoryTaking(self)
            self._fail()
        except BaseException:
            self.known, self.events, self.aside, self.forks, self.late = before
            raise

    def _fail(self) -> None:
        if self.fails:
            self.fails = False
            raise CityStoreAway("told to fail")

    async def gaps(self, most: int) -> Sequence[tuple[str, str, Gap]]:
        missing = [one for one in self.known.values() if one.head.gaps]
        return [(one.office, one.province, one.head.gaps[0]) for one in missing][:most]


class MemoryTaking:
    """One commit of it."""

    def __init__(self, city: MemoryCity) -> None:
        self._city = city

    async def states(self, offices: Mapping[str, str]) -> dict[str, OfficeState]:
        return {
            name: self._city.known.get(name, OfficeState(name, province, Head()))
            for name, province in offices.items()
        }

    async def links(self, office: str, province: str, seqs: Collection[int]) -> dict[int, Link]:
        found = [self._city.events.get((office, seq)) for seq in seqs]
        links = [one for one in found if one is not None and one.province == province]
        return {one.seq: Link(one.seq, one.mark, one.prev) for one in links}

    async def strange(self, office: str, seqs: Collection[int]) -> set[tuple[int, str]]:
        return {
            (seq, mark) for name, seq, mark in self._city.aside if name == office and seq in seqs
        }

    async def append(self, received: Sequence[Received]) -> None:
        for one in received:
            self._city.events.setdefault((one.said.office, one.said.seq), one.said)

    async def set_aside(self, received: Sequence[Received]) -> int:
        before = len(self._city.aside)
        for one in received:
            self._city.aside[one.said.office, one.said.seq, one.said.mark] = one.said
        return len(self._city.aside) - before

    async def explain(self, office: str, fork: Fork) -> None:
        self._city.forks.append((office, fork))

    async def put(self, states: Sequence[OfficeState], *, late: Collection[str]) -> None:
        self._city.known |= {one.office: one for one in states}
        self._city.late += sorted(late)
