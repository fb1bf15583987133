"""Cuts a stream of ESC/POS bytes into commands, however it arrives and whatever it contains."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum, auto

DLE, ESC, GS, LF, FIRST_LETTER = 0x10, 0x1B, 0x1D, 0x0A, 0x20
EOT = 0x04
RASTER_HEADER = 8
RASTER_BYTES_MAX, RASTER_ROWS_MAX = 128, 4095
CUTS_WITH_FEED = frozenset({65, 66, 97, 98, 103, 104})

ESC_PARAMETERS = {
    **dict.fromkeys(b"@2im", 0),
    **dict.fromkeys(b"!tEGadJ3-MR {V=", 1),
    **dict.fromkeys(b"c$\\", 2),
    **dict.fromkeys(b"p", 3),
}
GS_PARAMETERS = {**dict.fromkeys(b"!BrIahwfHb", 1), **dict.fromkeys(b"LWP", 2)}


class Kind(Enum):
    """What a command wants."""

    ASK_NOW = auto()
    ASK_IN_ORDER = auto()
    RESET = auto()
    TEXT = auto()
    LINE_FEED = auto()
    FEED_LINES = auto()
    FEED_DOTS = auto()
    SIZE = auto()
    BOLD = auto()
    ALIGN = auto()
    RASTER = auto()
    SYMBOL = auto()
    CUT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Command:
    """One command with its numbers and its data.

    RASTER: numbers are bytes in a row, rows, widening, heightening. SYMBOL is `GS ( k`: number is
    its function. SIZE: times wider, times higher. ASK and FEED: the parameter.
    """

    kind: Kind
    numbers: tuple[int, ...] = ()
    data: bytes = b""


ESC_KINDS = {
    ord("@"): Kind.RESET,
    ord("d"): Kind.FEED_LINES,
    ord("J"): Kind.FEED_DOTS,
    ord("E"): Kind.BOLD,
    ord("a"): Kind.ALIGN,
    ord("i"): Kind.CUT,
    ord("m"): Kind.CUT,
}


class Interpreter:
    """Keeps the bytes of a command that has not come in whole yet."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[Command]:
        """Take bytes and return the commands that are now complete, in order."""
        self._rest += data
        commands: list[Command] = []
        at = 0
        while at < len(self._rest):
            command, length = _next(self._rest, at)
            if not length:
                break
            if command.kind is not Kind.OTHER:
                commands.append(command)
            at += length
        del self._rest[:at]
        return commands


INCOMPLETE = (Command(Kind.OTHER), 0)


def _next(stream: bytearray, at: int) -> tuple[Command, int]:
    """Return the command at a place and its length; length 0 means that bytes are missing."""
    first, available = stream[at], len(stream) - at
    if first >= FIRST_LETTER:
        end = at
        while end < len(stream) and stream[end] >= FIRST_LETTER:
            end += 1
        return Command(Kind.TEXT, data=bytes(stream[at:end])), end - at
    if first == LF:
        return Command(Kind.LINE_FEED), 1
    if first not in {DLE, ESC, GS}:
        return Command(Kind.OTHER), 1
    if available < 2:  # noqa: PLR2004 - a prefix and its letter
        return INCOMPLETE
    if first == DLE:
        return _real_time(stream, at)
    return _escape(stream, at) if first == ESC else _group(stream, at)


def _real_time(stream: bytearray, at: int) -> tuple[Command, int]:
    if stream[at + 1] != EOT:
        return Command(Kind.OTHER), 2
    if len(stream) - at < 3:  # noqa: PLR2004 - DLE EOT n
        return INCOMPLETE
    return Command(Kind.ASK_NOW, (stream[at + 2],)), 3


def _escape(stream: bytearray, at: int) -> tuple[Command, int]:
    letter = stream[at + 1]
    length = 2 + ESC_PARAMETERS.get(letter, 0)
    if len(stream) - at < length:
        return INCOMPLETE
    numbers = tuple(stream[at + 2 : at + length])
    if letter == ord("!"):
        mode = numbers[0]
        return Command(Kind.SIZE, (1 + (mode >> 5 & 1), 1 + (mode >> 4 & 1))), length
    return Command(ESC_KINDS.get(letter, Kind.OTHER), numbers), length


def _group(stream: bytearray, at: int) -> tuple[Command, int]:
    read = {ord("v"): _raster, ord("("): _parenthesis, ord("V"): _cut}.get(stream[at + 1], _fixed)
    return read(stream, at)


def _fixed(stream: bytearray, at: int) -> tuple[Command, int]:
    letter = stream[at + 1]
    length = 2 + GS_PARAMETERS.get(letter, 0)
    if len(stream) - at < length:
        return INCOMPLETE
    numbers = tuple(stream[at + 2 : at + length])
    if letter == ord("!"):
        return Command(Kind.SIZE, (1 + (numbers[0] >> 4 & 7), 1 + (numbers[0] & 7))), length
    return Command(Kind.ASK_IN_ORDER if letter == ord("r") else Kind.OTHER, numbers), length


def _raster(stream: bytearray, at: int) -> tuple[Command, int]:
    if len(stream) - at < RASTER_HEADER:
        return INCOMPLETE
    zero, mode, width, rows = struct.unpack_from("<BBHH", stream, at + 2)
    if zero not in {0, ord("0")} or not (
        0 < width <= RASTER_BYTES_MAX and 0 < rows <= RASTER_ROWS_MAX
    ):
        return Command(Kind.OTHER), RASTER_HEADER
    length = RASTER_HEADER + width * rows
    if len(stream) - at < length:
        return INCOMPLETE
    numbers = (width, rows, 1 + (mode & 1), 1 + (mode >> 1 & 1))
    return Command(Kind.RASTER, numbers, bytes(stream[at + RASTER_HEADER : at + length])), length


def _parenthesis(stream: bytearray, at: int) -> tuple[Command, int]:
    """Read `GS ( x pL pH …`, the one family that states its own length."""
    if len(stream) - at < 5:  # noqa: PLR2004 - GS ( x pL pH
        return INCOMPLETE
    family, size = struct.unpack_from("<BH", stream, at + 2)
    length = 5 + size
    if len(stream) - at < length:
        return INCOMPLETE
    body = bytes(stream[at + 5 : at + length])
    if family == ord("k") and len(body) >= 2 and body[0] == ord("1"):  # noqa: PLR2004 - cn fn
        return Command(Kind.SYMBOL, (body[1],), body[2:]), length
    return Command(Kind.OTHER), length


def _cut(stream: bytearray, at: int) -> tuple[Command, int]:
    available = len(stream) - at
    if available < 3:  # noqa: PLR2004 - GS V m
        return INCOMPLETE
    length = 4 if stream[at + 2] in CUTS_WITH_FEED else 3
    if available < length:
        return INCOMPLETE
    return Command(Kind.CUT, tuple(stream[at + 2 : at + length])), length
