"""What kiosk and counter need from the outside world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from kiosk.domain.counter_sign import CounterFacts
from kiosk.domain.keypad_line import KeyStroke
from kiosk.domain.own_numbers import Block, Entry, OwnTicket
from kiosk.domain.slip import Slip
from kiosk.domain.ticket import IssuedTicket, SlipOutcome, TicketOrder, WaitingLine
from kiosk.domain.words import Words


class PaperState(StrEnum):
    """Paper in the printer; silence is unknown, never plenty."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


class PrinterFault(StrEnum):
    """Why a slip did not come out."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    JAM = "jam"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer answered when it was asked; `fault` None means ready.

    `broken` is the fault of a first printer whose slips come out of a second one.
    """

    paper: PaperState
    fault: PrinterFault | None = None
    broken: PrinterFault | None = None


class PrinterError(Exception):
    """The slip cannot be relied on; `fault` says why."""

    def __init__(self, fault: PrinterFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault


class SlipPrinter(Protocol):
    """Puts a slip on paper and tells the truth about it."""

    def status(self) -> PrinterStatus:
        """Ask the printer now; never raises, an unreachable printer is a status."""
        ...

    def print_slip(self, slip: Slip) -> PrinterStatus:
        """Print, cut and ask again.

        Raises:
            PrinterError: the slip did not come out, or nobody can say that it did.
        """
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


def nobody_minds(_key: str) -> None:
    """Hears nothing about stuck keys."""


class Keypad(Protocol):
    """A counter keypad; it finds its device again after unplugging."""

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        """Read in the background.

        Args:
            on_key: a finished press.
            on_link: the device is lost or found.
            on_stuck: this key is held down and held down; empty when it is free again. A keypad
                that cannot see a held key, because it sends whole presses, never says it.
        """
        ...

    def close(self) -> None:
        """Stop reading and let go of the device."""
        ...


class Scanner(Protocol):
    """A code scanner; it finds its device again after unplugging."""

    def start(self, on_scan: Callable[[str | None], None], on_link: Callable[[bool], None]) -> None:
        """Read in the background: whole scans, None for what is no text; lost or found."""
        ...

    def close(self) -> None:
        """Stop reading and let go of the device."""
        ...


class NumberDisplay(Protocol):
    """The LED display above a counter."""

    def show(self, text: str) -> None:
        """Show up to the display's width of digits and letters; empty clears it.

        Raises:
            DisplayError: the display did not take it.
        """
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class DisplayError(Exception):
    """The number display did not take the text."""


class GatewayError(Exception):
    """No answer that helps the citizen; `words` say what the citizen may be told."""

    def __init__(self, words: Words, detail: str = "") -> None:
        super().__init__(f"{words.en}: {detail}" if detail else words.en)
        self.words = words


class ServerAwayError(GatewayError):
    """Nobody knows whether the server did it; the same key may be tried again."""


class RefusedError(GatewayError):
    """The server said no, and would say so again; `code` is its stable reason."""

    def __init__(self, code: str, words: Words, detail: str = "") -> None:
        super().__init__(words, detail)
        self.code = code


class JournalError(Exception):
    """The journal cannot be written; the words are for staff."""


class Journal(Protocol):
    """What this kiosk must not forget whatever happens to it."""

    def read(self) -> list[Entry]:
        """Every entry that can be relied on, in order, as found at the start."""
        ...

    def append(self, *entries: Entry) -> None:
        """Add entries; they are on the disk when this returns, and nowhere if it raises.

        Raises:
            JournalError: the disk does not take them.
        """
        ...

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Put these entries in the place of all.

        Raises:
            JournalError: the old ones stay.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """Now: by this machine's clock, and by the seconds since it was switched on, `boot`."""

    at: datetime
    boot: str
    uptime_s: float


class LeaseGateway(Protocol):
    """The part of the server that lets a kiosk be alone."""

    def lease(self, service: str, size: int, key: str) -> Block:
        """Get numbers of one's own; the same key gets the same ones.

        Raises:
            GatewayError: away or refused.
        """
        ...

    def hand_in(self, ticket: OwnTicket, sent_at: datetime) -> None:
        """Give the server a ticket that was given alone; a repeat changes nothing.

        `sent_at` is what the clock that stamped the ticket says now.

        Raises:
            ServerAwayError: after one try nobody knows.
            RefusedError: it will never take it.
        """
        ...

    def clock_ahead(self) -> timedelta:
        """How far the office's clock was ahead of this machine's at the last answer."""
        ...


class TicketGateway(Protocol):
    """The way to the server that gives the numbers; slow, so never called by the screen itself."""

    def lines(self) -> tuple[WaitingLine, ...]:
        """Return the services on offer as they are now.

        Raises:
            GatewayError: away or refused.
        """
        ...

    def reserve(self, order: TicketOrder, key: str) -> IssuedTicket:
        """Take a number that counts only after `confirm`.

        `key` was made before the first try; the same key gives the same number.

        Raises:
            ServerAwayError: after retries nobody knows.
            RefusedError: no number is given; the words say why.
        """
        ...

    def confirm(self, ticket_id: str, slip: SlipOutcome) -> None:
        """Say that the number reached the citizen; repeating it changes nothing.

        Raises:
            GatewayError: away or refused.
        """
        ...

    def void(self, ticket_id: str) -> None:
        """Give a reserved number back; repeating it changes nothing.

        Raises:
            GatewayError: away or refused.
        """
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


@dataclass(frozen=True, slots=True)
class Press:
    """One key press on its way to the server.

    `boot` and `seq` name it for good, so that a repeat changes nothing; `age_ms` is how long it
    has waited in this device.
    """

    boot: str
    seq: int
    stroke: KeyStroke
    age_ms: int

    @property
    def id(self) -> str:
        """What the server's answer names."""
        return f"{self.boot}-{self.seq}"


class CounterLink(Protocol):
    """The way to the server and back, for one counter."""

    def start(
        self, on_facts: Callable[[CounterFacts], None], on_link: Callable[[bool], None]
    ) -> None:
        """Connect in the background and keep trying; both are told from another thread."""
        ...

    def send(self, press: Press) -> bool:
        """Send now.

        Returns:
            False when there is no link. A press that was sent may still be lost with the link;
            it is never sent later on the link's own account.
        """
        ...

    def report(self, detail: str) -> None:
        """Tell the office what is wrong with keypad or display; empty when nothing is."""
        ...

    def close(self) -> None:
        """Say goodbye and disconnect."""
        ...
