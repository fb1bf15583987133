"""Relays what happened in one office: in order, from the last event that was confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from queue_server.hub.contracts.event_message import AskAgain, EventMessage
from queue_server.hub.contracts.personal import PSEUDONYMS, without_person
from queue_server.hub.use_cases.ports import (
    Confirmed,
    EventLog,
    Marks,
    OutStream,
    Sealer,
)
from queue_server.use_cases.event_chain import Link as ChainedEvent

AT_ONCE = 200
"""Events in memory at a time, however long the office was away."""


@dataclass(frozen=True, slots=True)
class Home:
    """Whose events these are."""

    office: str
    province: str


@dataclass(frozen=True, slots=True)
class OfficeSide:
    """What a relay has at home."""

    log: EventLog
    marks: Marks
    sealer: Sealer


class Relay:
    """Works for one office; several at once would only repeat each other."""

    def __init__(
        self,
        home: Home,
        side: OfficeSide,
        stream: OutStream,
        now: Callable[[], datetime],
    ) -> None:
        self._home = home
        self._log, self._marks, self._sealer = side.log, side.marks, side.sealer
        self._stream = stream
        self._now = now
        self._confirmed = side.marks.read()
        self.warning: str | None = None
        """What a person at the office should know; None while all is well."""

    @property
    def confirmed(self) -> int:
        """The number of the last event that the stream has for good."""
        return self._confirmed.seq

    async def compare(self) -> None:
        """See at the start whether the stream's last word of this office is this store's own.

        Where it is, the relay goes on behind it even without a mark of its own. Where not, it
        sends all the same: the hub sets aside what does not fit and says what happened.

        Raises:
            StreamAway: nobody knows.
        """
        last = await self._stream.last(self._home.province, self._home.office)
        if last is None:
            # The stream may be new: a rebuilt hub wants everything.
            self._confirmed = Confirmed()
            return
        own = self._own(last.seq)
        if own is not None and own.mark == last.mark:
            self._confirmed = Confirmed(last.seq, last.mark)
            self.warning = None
            return
        if not self._stands():
            self._confirmed = Confirmed()
        self.warning = (
            f"the hub has event {last.seq} of {self._home.office}, and this store "
            + (f"ends at {self._log.newest()}" if own is None else "says something else there")
            + ": it was restored from an older copy, or another machine uses this id"
        )

    async def step(self) -> int:
        """Send the next events; how many were confirmed. 0: nothing new, or nothing was taken.

        Raises:
            StreamAway: the stream took nothing that is known.
            StoreUnavailable: the log cannot be read, or the mark not be kept.
        """
        batch = [self._message(one) for one in self._log.after(self._confirmed.seq, AT_ONCE)]
        before = self._confirmed
        if before.seq and (batch[0].prev != before.mark if batch else not self._stands()):
            # The store was set back under our hands: everything again, and the hub will tell.
            self._confirmed = Confirmed()
            self.warning = f"{self._home.office}: the store is another one than a moment ago"
            return 0
        if not batch:
            return 0
        taken = await self._stream.publish(batch)
        if taken:
            self._confirmed = Confirmed(batch[taken - 1].seq, batch[taken - 1].mark)
            self._marks.keep(self._confirmed)
        return taken

    async def again(self, missing: AskAgain) -> int:
        """Publish events again that the hub misses; how many of these are stored now.

        Raises:
            StreamAway: as for `step`.
        """
        sent, seq = 0, missing.first - 1
        last = min(missing.last, self._confirmed.seq)
        while seq < last:
            rows = self._log.after(seq, min(AT_ONCE, last - seq))
            if not rows:
                break
            batch = [self._message(one) for one in rows if one.seq <= last]
            taken = await self._stream.publish(batch, again=f"{self._now().timestamp():.0f}")
            sent += taken
            if taken < len(batch):
                break
            seq = batch[-1].seq
        return sent

    def _stands(self) -> bool:
        """Whether the confirmed event is in this store, as it was when it was confirmed."""
        own = self._own(self._confirmed.seq)
        return own is not None and own.mark == self._confirmed.mark

    def _own(self, seq: int) -> EventMessage | None:
        rows: Sequence[ChainedEvent] = self._log.after(seq - 1, 1) if seq > 0 else ()
        return self._message(rows[0]) if rows and rows[0].seq == seq else None

    def _message(self, logged: ChainedEvent) -> EventMessage:
        body = without_person(logged.kind, json.loads(logged.body))
        for name in PSEUDONYMS:
            if body.get(name) is not None:
                body[name] = self._sealer.pseudonym(_kind_of(name), body[name])
        ticket = logged.ticket
        return EventMessage.model_construct(
            v=1,
            office=self._home.office,
            province=self._home.province,
            seq=logged.seq,
            day=datetime.fromisoformat(logged.day).date(),
            at=datetime.fromisoformat(logged.at),
            kind=logged.kind,
            ticket=None if ticket is None else self._sealer.pseudonym("ticket", ticket),
            counter=logged.counter,
            body=body,
            mark=self._sealer.mark(logged.hash),
            prev=self._sealer.mark(logged.prev),
            machine=self._sealer.machine(),
            sent_at=self._now(),
        )


def _kind_of(name: str) -> str:
    """A visit is named by its first ticket."""
    return "ticket" if name == "visit" else name
