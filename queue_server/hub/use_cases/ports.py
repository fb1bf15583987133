"""What relay, collector and board need from outside; every wait is somebody else's to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.domain.chain import Gap, Head, Link
from queue_server.hub.domain.fork import Fork
from queue_server.use_cases.event_chain import Link as ChainedEvent


class StreamAway(Exception):  # noqa: N818 - a state of the other side
    """The stream did not take or give; nothing is known of what was under way."""


class CityStoreAway(Exception):  # noqa: N818 - a state of the other side
    """The database did not answer; nothing of the piece of work was kept."""


class EventLog(Protocol):
    """An office's events, beside its writer. Every method may raise `StoreUnavailable`."""

    def after(self, seq: int, most: int) -> Sequence[ChainedEvent]:
        """The next events, in order."""
        ...

    def newest(self) -> int:
        """The number of the newest event; 0 without one."""
        ...


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How far the stream has confirmed, and what stood there."""

    seq: int = 0
    mark: str = ""


class Marks(Protocol):
    """Where a relay keeps how far it has come."""

    def read(self) -> Confirmed:
        """From the beginning where nothing was kept, or it is torn."""
        ...

    def keep(self, confirmed: Confirmed) -> None:
        """Keep it durably.

        Raises:
            StoreUnavailable: it cannot be written.
        """
        ...


class Sealer(Protocol):
    """Keyed names that fit among each other and lead nowhere."""

    def mark(self, chain_hash: bytes) -> str:
        """What stands for a hash of the chain."""
        ...

    def pseudonym(self, kind: str, name: str) -> str:
        """What stands for an id of this kind."""
        ...

    def machine(self) -> str:
        """What stands for this machine."""
        ...


class OutStream(Protocol):
    """The stream as a relay sees it. Every method may raise `StreamAway`."""

    async def publish(self, messages: Sequence[EventMessage], again: str = "") -> int:
        """How many of them, from the first on, are stored for good; `again` marks a re-request."""
        ...

    async def last(self, province: str, office: str) -> EventMessage | None:
        """The newest that the stream has of an office."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """A message from the stream and when the stream stored it; `event` None: not ours to read."""

    stored_at: datetime
    event: EventMessage | None
    handle: Any

    @property
    def said(self) -> EventMessage:
        """The event of a message that could be read.

        Raises:
            TypeError: it could not.
        """
        if self.event is None:
            raise TypeError("this message was no event")
        return self.event


class InStream(Protocol):
    """The stream as a collector sees it. Every method may raise `StreamAway`."""

    async def fetch(self, most: int) -> Sequence[Received]:
        """What is there, after at most a moment; empty when nothing is."""
        ...

    async def done(self, received: Collection[Received]) -> None:
        """These need not come again."""
        ...

    async def back(self, received: Collection[Received]) -> None:
        """These could not be kept: they come again soon."""
        ...

    async def ask(self, province: str, office: str, missing: AskAgain) -> None:
        """Ask an office, if it listens, to publish again."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What the hub knows of one office's sending."""

    office: str
    province: str
    head: Head
    machine: str = ""
    heard_at: datetime | None = None
    clock_off_s: float = 0.0
    set_aside: int = 0
    """Events that did not fit; while there are some, a person has to look."""


class Taking(Protocol):
    """One commit of the collector in the making."""

    async def states(self, offices: Mapping[str, str]) -> dict[str, OfficeState]:
        """Lock these offices (by id, with their province) and give what is known of each."""
        ...

    async def links(self, office: str, province: str, seqs: Collection[int]) -> dict[int, Link]:
        """The links of these events of an office."""
        ...

    async def strange(self, office: str, seqs: Collection[int]) -> set[tuple[int, str]]:
        """Number and mark of what was set aside under these numbers."""
        ...

    async def append(self, received: Sequence[Received]) -> None:
        """Add events; what is there already stays as it is."""
        ...

    async def set_aside(self, received: Sequence[Received]) -> int:
        """Keep events that did not fit, where no view sees them; how many were not there yet."""
        ...

    async def explain(self, office: str, fork: Fork) -> None:
        """Keep why events were set aside, the first time."""
        ...

    async def put(self, states: Sequence[OfficeState], *, late: Collection[str]) -> None:
        """Write what is known of these offices now; `late` had events before known ones."""
        ...


class CityStore(Protocol):
    """Where the hub's events live. Every method may raise `CityStoreAway`."""

    def taking(self, days: Collection[tuple[date, str]]) -> AbstractAsyncContextManager[Taking]:
        """Begin, with room for these days and provinces; durable on leaving."""
        ...

    async def gaps(self, most: int) -> Sequence[tuple[str, str, Gap]]:
        """Gaps of offices whose events are missed: office, province, numbers."""
        ...


Rest = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""
