"""A thermal printer without metal: takes bytes, moves paper, fails when told to, tells the truth.

It knows no transport: a session per connection hands it bytes and carries its replies back.
Real-time questions are answered on receipt; everything else waits its turn at the print head,
and waits on while the printer cannot print, as in a real one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image

from kiosk.adapters.escpos_interpreter import CUTS_WITH_FEED, Command, Interpreter, Kind
from kiosk.adapters.escpos_status import (
    COVER_BIT,
    CUTTER_BIT,
    ERROR_BIT,
    FIXED_VALUE,
    NEAR_END_BITS,
    OFFLINE_BIT,
    PAPER_END_BITS,
    PAPER_STOP_BIT,
)
from kiosk.adapters.simulated_paper import Paper

IN_ORDER_NEAR_END, IN_ORDER_PAPER_END = 0x03, 0x0C
Reply = Callable[[bytes], None]


class PrinterState(StrEnum):
    """What the printer is like at the moment; can be set while it runs."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    """Takes bytes, answers nothing and prints nothing, like a controller that hangs."""
    SLOW = "slow"
    """Prints, but rests before every command."""
    CUT_JAM = "cut_jam"
    """Looks well until the next cut, which does not go through."""


class Happening(StrEnum):
    """What a test or a demonstration can wait for."""

    FIRST_BYTE = "first_byte"
    SLIP_CUT = "slip_cut"
    JAMMED = "jammed"
    PAPER_OUT = "paper_out"


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A sheet that was cut off: its picture and where it was filed, if anywhere."""

    picture: Image.Image
    path: Path | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at a reading of `time.perf_counter`."""

    what: Happening
    at: float
    slip: PrintedSlip | None = None


class SimulatedPrinter:
    """The printer itself: one print head, one thread that moves it."""

    def __init__(
        self,
        *,
        dots: int = 576,
        folder: Path | None = None,
        slow_s: float = 0.2,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        """Load paper and start.

        Args:
            dots: printable width.
            folder: where each cut is filed as a PNG; it is made if missing.
            slow_s: rest before each command in state SLOW.
            on_event: called for each event on the thread where it happens; must not block.
        """
        self._folder, self._slow_s, self._on_event = folder, slow_s, on_event
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._paper = Paper(dots)
        self._rows_left: int | None = None
        self._state = PrinterState.OK
        self._jammed = self._in_slip = self._closing = False
        self._waiting: deque[tuple[Command, Reply]] = deque()
        self._events: list[Event] = []
        self._changed = threading.Condition(threading.RLock())
        self._head = threading.Thread(target=self._print, name="print-head")
        self._head.start()

    @property
    def state(self) -> PrinterState:
        """The state that was set, or OUT after the loaded paper was used up."""
        return self._state

    def set_state(self, state: PrinterState) -> None:
        """Change what the printer is like; a jam is cleared, waiting commands go on."""
        with self._changed:
            self._state, self._jammed = state, False
            self._changed.notify_all()

    def load_paper(self, rows: int | None) -> None:
        """Put in paper for so many rows, endless when None; the printer is OUT after them."""
        with self._changed:
            self._rows_left = rows
        self.set_state(PrinterState.OK)

    def session(self, reply: Reply) -> Session:
        """Begin a connection; `reply` carries status bytes back and may raise OSError."""
        return Session(self, reply)

    def slips(self) -> list[PrintedSlip]:
        """Return all sheets cut so far."""
        with self._changed:
            return [event.slip for event in self._events if event.slip is not None]

    def wait_for(self, what: Happening, count: int = 1, timeout_s: float = 5.0) -> Event:
        """Wait until something has happened so many times since the start.

        Raises:
            TimeoutError: it did not happen in time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._happened(what)) >= count, timeout_s):
                raise TimeoutError(f"{what}: {len(self._happened(what))} of {count} seen")
            return self._happened(what)[count - 1]

    def close(self) -> None:
        """Stop the print head; commands that still wait are dropped."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._head.join()

    def _happened(self, what: Happening) -> list[Event]:
        return [event for event in self._events if event.what is what]

    def _tell(self, what: Happening, at: float, slip: PrintedSlip | None = None) -> None:
        event = Event(what, at, slip)
        self._events.append(event)
        self._changed.notify_all()
        if self._on_event is not None:
            self._on_event(event)

    def take(self, commands: list[Command], at: float, reply: Reply) -> None:
        """Answer what is asked now and queue the rest for the print head."""
        for command in commands:
            with self._changed:
                if self._state is PrinterState.SILENT:
                    return
                if command.kind is not Kind.ASK_NOW:
                    self._queue(command, at, reply)
                    continue
                answer = self._real_time_reply(command.numbers[0])
            reply(answer)

    def _queue(self, command: Command, at: float, reply: Reply) -> None:
        if not self._in_slip and command.kind is not Kind.ASK_IN_ORDER:
            self._tell(Happening.FIRST_BYTE, at)
        if command.kind is not Kind.ASK_IN_ORDER:
            self._in_slip = command.kind is not Kind.CUT
        self._waiting.append((command, reply))
        self._changed.notify_all()

    def _real_time_reply(self, question: int) -> bytes:
        state, jam = self._state, self._jammed
        out = state is PrinterState.OUT
        bits = {
            1: OFFLINE_BIT * (not self._can_print()),
            2: COVER_BIT * (state is PrinterState.COVER_OPEN)
            | PAPER_STOP_BIT * out
            | ERROR_BIT * jam,
            3: CUTTER_BIT * jam,
            4: NEAR_END_BITS * (out or state is PrinterState.NEAR_END) | PAPER_END_BITS * out,
        }
        return bytes((FIXED_VALUE | bits[question],)) if question in bits else b""

    def _in_order_reply(self, question: int) -> bytes:
        if question not in {1, 49}:
            return b"\0"
        return bytes((IN_ORDER_NEAR_END * (self._state is PrinterState.NEAR_END),))

    def _can_print(self) -> bool:
        stopped = {
            PrinterState.OUT,
            PrinterState.COVER_OPEN,
            PrinterState.OFFLINE,
            PrinterState.SILENT,
        }
        return self._state not in stopped and not self._jammed

    def _print(self) -> None:
        """Work off the waiting commands until closed."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closing or (bool(self._waiting) and self._can_print())
                )
                if not self._closing and self._state is PrinterState.SLOW:
                    self._changed.wait_for(lambda: self._closing, self._slow_s)
                if self._closing:
                    return
                if not self._can_print():  # the state changed during the rest
                    continue
                command, reply = self._waiting.popleft()
                answer = self._carry_out(command)
            if answer:
                try:
                    reply(answer)
                except OSError:
                    continue  # who asked has gone; paper does not mind

    def _carry_out(self, command: Command) -> bytes:
        if command.kind is Kind.ASK_IN_ORDER:
            return self._in_order_reply(command.numbers[0])
        if command.kind is Kind.CUT:
            self._cut(command)
            return b""
        before = self._paper.rows
        self._paper.put(command)
        if self._rows_left is not None:
            self._rows_left -= self._paper.rows - before
            if self._rows_left <= 0:
                self._state, self._rows_left = PrinterState.OUT, None
                self._tell(Happening.PAPER_OUT, time.perf_counter())
        return b""

    def _cut(self, command: Command) -> None:
        if self._state is PrinterState.CUT_JAM:
            self._jammed = True
            self._waiting.appendleft((command, lambda _: None))  # cut once the jam is cleared
            self._tell(Happening.JAMMED, time.perf_counter())
            return
        feed = bool(command.numbers) and command.numbers[0] in CUTS_WITH_FEED
        picture = self._paper.cut(feed=feed)
        path = None
        if self._folder is not None:
            path = self._folder / f"slip-{len(self.slips()) + 1:04d}.png"
            picture.save(path)
        self._tell(Happening.SLIP_CUT, time.perf_counter(), PrintedSlip(picture, path))


class Session:
    """One connection to the printer; half a command is forgotten when it ends."""

    def __init__(self, printer: SimulatedPrinter, reply: Reply) -> None:
        self._printer, self._reply = printer, reply
        self._interpreter = Interpreter()

    def receive(self, data: bytes) -> None:
        """Hand over bytes as they come in.

        Raises:
            OSError: a reply could not be carried back.
        """
        at = time.perf_counter()
        self._printer.take(self._interpreter.feed(data), at, self._reply)
