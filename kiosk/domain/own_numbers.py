"""The numbers a kiosk may give by itself, and those it gave and has not handed in yet.

Everything follows from a list of entries, the journal: a kiosk that was killed reads them again
and is where it was. A number counts as given from the moment its entry is on the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk.domain.ticket import SlipOutcome, TicketOrder


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers `first`..`last` of a service, this kiosk's alone, good on one working day."""

    service: str
    day: date
    letter: str
    digits: int
    first: int
    last: int
    follow_base: str

    def label(self, number: int) -> str:
        """The number as people read it."""
        return f"{self.letter}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A number that this kiosk gave by itself.

    `key` was made before anybody was told; `replaces` is the key of a try the server never
    answered. `issued_at` is by this machine's clock, and `boot` and `uptime_s` say how long ago
    that was, however the clock is set meanwhile.
    """

    key: str
    number: int
    label: str
    day: date
    order: TicketOrder
    issued_at: datetime
    boot: str
    uptime_s: float
    follow_code: str
    follow_base: str
    replaces: str | None = None
    slip: SlipOutcome | None = None

    @property
    def follow_url(self) -> str:
        """Where its citizen follows it."""
        return self.follow_base + self.follow_code


@dataclass(frozen=True, slots=True)
class Leased:
    """The server gave this kiosk a block."""

    block: Block


@dataclass(frozen=True, slots=True)
class Given:
    """A citizen was given a number of a block."""

    ticket: OwnTicket


@dataclass(frozen=True, slots=True)
class Reached:
    """The number came out on paper, or stands on the screen."""

    key: str
    slip: SlipOutcome


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The server has the ticket."""

    key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take the ticket; `code` is its reason."""

    key: str
    code: str


Entry = Leased | Given | Reached | HandedIn | Refused


@dataclass(slots=True)
class OwnNumbers:
    """What the entries so far amount to."""

    blocks: list[Block] = field(default_factory=list)
    owed: dict[str, OwnTicket] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def after(cls, entries: list[Entry]) -> OwnNumbers:
        """Where these entries lead."""
        numbers = cls()
        for entry in entries:
            numbers.follow(entry)
        return numbers

    def follow(self, entry: Entry) -> None:
        """Take one more entry into account."""
        if isinstance(entry, Leased):
            self.blocks.append(entry.block)
        elif isinstance(entry, Given):
            self.owed[entry.ticket.key] = entry.ticket
            self._use(entry.ticket)
        elif isinstance(entry, Reached):
            if entry.key in self.owed:
                self.owed[entry.key] = replace(self.owed[entry.key], slip=entry.slip)
        else:
            self.owed.pop(entry.key, None)
            if isinstance(entry, Refused):
                self.refused[entry.key] = entry.code

    def next(self, service: str, day: date) -> tuple[Block, int] | None:
        """The number to give next and its block; None when none is left for this day."""
        fitting = (b for b in self.blocks if b.service == service and b.day == day)
        block = min(fitting, key=lambda b: b.first, default=None)
        return (block, block.first) if block else None

    def left(self, service: str, day: date) -> int:
        """How many numbers of a service are left for this day."""
        fitting = [b for b in self.blocks if b.service == service and b.day == day]
        return sum(block.last - block.first + 1 for block in fitting)

    def in_short(self, day: date) -> list[Entry]:
        """The fewest entries that lead here again, without blocks of days that are over."""
        blocks: list[Entry] = [Leased(block) for block in self.blocks if block.day >= day]
        # A ticket before its block: its number was taken out of the block already.
        return [Given(ticket) for ticket in self.owed.values()] + blocks

    def _use(self, ticket: OwnTicket) -> None:
        """Take the number, and all before it, out of its block."""
        kept = []
        for block in self.blocks:
            same = block.service == ticket.order.service and block.day == ticket.day
            if same and block.first <= ticket.number <= block.last:
                if ticket.number == block.last:
                    continue
                kept.append(replace(block, first=ticket.number + 1))
            else:
                kept.append(block)
        self.blocks = kept
