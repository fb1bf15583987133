"""The kiosk while the server is away: numbers of its own, kept on disk, handed in once.

Numbers are leased ahead of need, as many as people take here. A number is on the disk before it
is on paper; its key, its true time and the code of its follow page are made at that moment. When
the server is back everything is handed in by order of issue, and only then are new numbers asked
for again: nobody is promised a place before people whom the server does not know yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.domain.lease_size import Demand
from kiosk.domain.own_numbers import (
    Entry,
    Given,
    HandedIn,
    Leased,
    OwnNumbers,
    OwnTicket,
    Reached,
    Refused,
)
from kiosk.domain.ticket import IssuedTicket, SlipOutcome, TicketOrder
from kiosk.domain.words import Words
from kiosk.use_cases.ports import (
    GatewayError,
    Journal,
    JournalError,
    LeaseGateway,
    Moment,
    RefusedError,
)

NONE_LEFT = Words(
    "Máy đang mất kết nối và đã hết số cho lĩnh vực này",
    "This kiosk is offline and has no number left for this service",
    "ម៉ាស៊ីនដាច់ការតភ្ជាប់ ហើយអស់លេខ សម្រាប់សេវានេះ",
)
AT_ONCE = 10
"""Tickets handed in before a citizen's wish may have its turn: 0.1 s on a local network."""
TIDY_AFTER = 500
"""Entries, after which a journal that owes nothing is written anew: about 200 kB."""


class NoNumbersError(GatewayError):
    """Nothing can be given here now: no number of one's own is left, or none can be kept."""


class StandAlone:
    """Gives and hands in a kiosk's own numbers. Used by one thread at a time."""

    def __init__(
        self,
        gateway: LeaseGateway,
        journal: Journal,
        now: Callable[[], Moment],
        new_names: Callable[[], tuple[str, str]],
    ) -> None:
        """Take up where the journal ends; `now` is Vietnam's time, `new_names` key and code."""
        self._gateway = gateway
        self._journal = journal
        self._clock = now
        self._new_names = new_names
        self._numbers = OwnNumbers.after(journal.read())
        self._demand = Demand()
        self._leases: dict[str, tuple[str, int]] = {}
        self._away = False
        self._written = 0
        self.trouble = ""
        self._tidy()

    @property
    def now(self) -> bool:
        """Whether the next citizen gets a number of this kiosk's own."""
        return self._away or bool(self._numbers.owed)

    @property
    def owed(self) -> int:
        """How many tickets the server does not have yet."""
        return len(self._numbers.owed)

    @property
    def refused(self) -> int:
        """How many numbers on paper the server will never know."""
        return len(self._numbers.refused)

    def left(self, service: str) -> int:
        """How many numbers of a service can be given today without the server."""
        return self._numbers.left(service, self._now().at.date())

    def can_give(self) -> bool:
        """Whether a number of any service can be given without the server."""
        today = self._now().at.date()
        return not self.trouble and any(block.day == today for block in self._numbers.blocks)

    def lost(self) -> None:
        """The server is away; until it is found nobody waits for it."""
        self._away = True

    def found(self) -> None:
        """The server answers."""
        self._away = False

    def took(self, service: str) -> None:
        """A number of a service was taken here, from wherever it came."""
        self._demand.taken(service, self._clock().uptime_s)

    def give(self, order: TicketOrder, replaces: str | None = None) -> IssuedTicket:
        """Give a number of one's own; `replaces` is the key of a try without an answer.

        Raises:
            NoNumbersError: none is left for today, or the disk does not take it.
        """
        moment = self._now()
        found = self._numbers.next(order.service, moment.at.date())
        if found is None:
            raise NoNumbersError(NONE_LEFT, order.service)
        block, number = found
        key, code = self._new_names()
        ticket = OwnTicket(
            key=key,
            number=number,
            label=block.label(number),
            day=block.day,
            order=replace(order, card=None),  # nobody counts while the server is away
            issued_at=moment.at,
            boot=moment.boot,
            uptime_s=moment.uptime_s,
            follow_code=code,
            follow_base=block.follow_base,
            replaces=replaces,
        )
        try:
            self._keep(Given(ticket))
        except JournalError as error:
            raise NoNumbersError(NONE_LEFT, str(error)) from error
        self.took(order.service)
        return IssuedTicket(
            id=key,
            number=ticket.label,
            service=order.service,
            ahead=None,
            forecast=None,
            issued_at=moment.at,
            follow_url=ticket.follow_url,
        )

    def reached(self, key: str, slip: SlipOutcome) -> None:
        """Remember how the number reached its citizen; without it, it counts as shown."""
        try:
            self._keep(Reached(key, slip))
        except JournalError:
            return  # the number itself is kept, and that is what counts

    def catch_up(self, at_once: int = AT_ONCE) -> None:
        """Hand in the oldest tickets, so many at most.

        Raises:
            GatewayError: the server is away again; nothing is lost by it.
        """
        for ticket in list(self._numbers.owed.values())[:at_once]:
            try:
                self._gateway.hand_in(ticket, self._sent_at(ticket))
                done: Entry = HandedIn(ticket.key)
            except RefusedError as error:
                done = Refused(ticket.key, error.code)
            try:
                self._keep(done)
            except JournalError:
                return  # it is handed in again later, under the same key
        if not self.owed and self._written > TIDY_AFTER:
            self._tidy()

    def keep_ahead(self, services: Iterable[str]) -> None:
        """Lease what is missing of each service.

        Raises:
            ServerAwayError: the rest is leased another time.
        """
        moment = self._now()
        for service in services:
            left = self._numbers.left(service, moment.at.date())
            missing = self._demand.missing(service, moment.uptime_s, left)
            if not missing:
                continue
            # The same wish under the same key, until it is answered: a lost answer costs nothing.
            key, size = self._leases.setdefault(service, (self._new_names()[0], missing))
            try:
                block = self._gateway.lease(service, size, key)
                self._keep(Leased(block))
            except (RefusedError, JournalError):
                pass  # no numbers left today, or nowhere to keep them: the server still has some
            self._leases.pop(service, None)

    def _now(self) -> Moment:
        """By the office's clock, as far as the server has told it."""
        moment = self._clock()
        return replace(moment, at=moment.at + self._gateway.clock_ahead())

    def _sent_at(self, ticket: OwnTicket) -> datetime:
        """What the clock that stamped the ticket says now, though it may have been set since."""
        moment = self._now()
        if moment.boot != ticket.boot:
            return moment.at
        return ticket.issued_at + timedelta(seconds=moment.uptime_s - ticket.uptime_s)

    def _keep(self, entry: Entry) -> None:
        try:
            self._journal.append(entry)
        except JournalError as error:
            self.trouble = str(error)
            raise
        self.trouble = ""
        self._written += 1
        self._numbers.follow(entry)

    def _tidy(self) -> None:
        """Forget what is handed in and the blocks of other days."""
        try:
            self._journal.rewrite(self._numbers.in_short(self._now().at.date()))
        except JournalError as error:
            self.trouble = str(error)
            return
        self._written = 0
