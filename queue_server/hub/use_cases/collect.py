"""Takes events of many offices from the stream into the store: once each, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.hub.contracts.event_message import AskAgain
from queue_server.hub.domain.chain import Sorted, needs_neighbours, sort_out
from queue_server.hub.domain.clock_off import clock_off
from queue_server.hub.domain.fork import Fork
from queue_server.hub.use_cases.ports import (
    CityStore,
    CityStoreAway,
    InStream,
    OfficeState,
    Received,
    Taking,
)

AT_ONCE = 2000
ASKED_AT_ONCE = 100
LARGEST_ASK = 2000
"""An office that misses more is asked again for the rest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch; `unreadable` messages were no events of ours and are let go."""

    new: int = 0
    repeats: int = 0
    set_aside: int = 0
    unreadable: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.new + other.new,
            self.repeats + other.repeats,
            self.set_aside + other.set_aside,
            self.unreadable + other.unreadable,
        )


class Collector:
    """Any number of them may work at once: offices are locked while theirs are sorted."""

    def __init__(self, stream: InStream, store: CityStore, now: Callable[[], datetime]) -> None:
        self._stream = stream
        self._store = store
        self._now = now

    async def step(self) -> Taken | None:
        """Take what is there; None when nothing was. Acknowledged only after the commit.

        Raises:
            StreamAway, CityStoreAway: the messages come again.
        """
        received = await self._stream.fetch(AT_ONCE)
        if not received:
            return None
        try:
            taken = await take(self._store, [one for one in received if one.event is not None])
        except CityStoreAway:
            await self._stream.back(received)
            raise
        await self._stream.done(received)
        unreadable = sum(one.event is None for one in received)
        return replace(taken, unreadable=unreadable)

    async def ask_for_gaps(self) -> int:
        """Ask the offices for what is missed; how many gaps were asked for."""
        gaps = await self._store.gaps(ASKED_AT_ONCE)
        for office, province, (first, last) in gaps:
            wanted = AskAgain(first=first, last=min(last, first + LARGEST_ASK - 1))
            await self._stream.ask(province, office, wanted)
        return len(gaps)


async def take(store: CityStore, received: Sequence[Received]) -> Taken:
    """Sort these events and keep them, in one commit.

    Raises:
        CityStoreAway: nothing was kept.
    """
    of_office: dict[str, list[Received]] = defaultdict(list)
    for one in received:
        of_office[one.said.office].append(one)
    provinces = {office: some[0].said.province for office, some in of_office.items()}
    rooms = {(one.said.day, one.said.province) for one in received}
    total, new, states, late = Taken(), [], [], set()
    async with store.taking(rooms) as taking:
        known = await taking.states(provinces)
        for office, some in of_office.items():
            done = await _sort(taking, known[office], some)
            new += [some[place] for place in done.accepted]
            states.append(await _after(taking, known[office], done, some))
            if done.late:
                late.add(office)
            total += Taken(len(done.accepted), len(done.repeats), len(done.forked))
        await taking.append(new)
        await taking.put(states, late=late)
    return total


async def _sort(taking: Taking, state: OfficeState, some: Sequence[Received]) -> Sorted:
    events = [one.said for one in some]
    wanted = needs_neighbours(state.head, events)
    links = await taking.links(state.office, state.province, wanted) if wanted else {}
    strange: set[tuple[int, str]] = set()
    if state.set_aside:
        seqs = {one.seq - 1 for one in events}
        strange = await taking.strange(state.office, seqs)
    return sort_out(state.head, events, links, strange)


async def _after(
    taking: Taking, state: OfficeState, done: Sorted, some: Sequence[Received]
) -> OfficeState:
    forked = [some[place] for place in done.forked]
    aside = 0
    if forked:
        aside = await taking.set_aside(forked)
        if not state.set_aside:
            await taking.explain(state.office, await _fork(taking, state, done, some))
    fitting = [some[place] for place in (*done.accepted, *done.repeats)]
    heard = fitting[-1] if fitting else None
    off = clock_off((one.said.sent_at, one.stored_at) for one in fitting or some)
    return replace(
        state,
        head=done.head,
        machine=heard.said.machine if heard else state.machine,
        heard_at=heard.stored_at if heard else state.heard_at,
        clock_off_s=off.total_seconds(),
        set_aside=state.set_aside + aside,
    )


async def _fork(taking: Taking, state: OfficeState, done: Sorted, some: Sequence[Received]) -> Fork:
    first = some[done.forked[0]]
    event = first.said
    before = await taking.links(state.office, state.province, {event.seq - 1})
    marks = {link.mark for link in before.values()}
    fitting = [some[place].said for place in done.accepted]
    marks |= {one.mark for one in fitting}
    return Fork(
        seq=event.seq,
        newest=done.head.newest,
        common=event.prev in marks,
        machine=event.machine,
        known_machine=state.machine or next((one.machine for one in fitting), ""),
        heard_at=state.heard_at,
        at=first.stored_at,
    )
