"""The serial keypad's lines: bytes in, whole key presses out, anything doubtful thrown away.

A line is `K <digits><end>` and a newline, for example `K 12#`. A keypad may add a space and a
checksum, two hexadecimal digits: all bytes before that space joined by exclusive or, as in
`K A 2A`. Carriage returns and empty lines are ignored; a keypad may send a newline first to end
whatever noise the cable made. A lost press is seen at once and pressed again; a wrong one calls
the wrong citizen: so a line is taken whole and exact, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import xor

LONGEST_LINE = 24
_LINE = re.compile(
    rb"(?P<frame>K (?P<digits>\d{0,8})(?P<end>[!-/:-~]{1,2}))(?: (?P<sum>[0-9A-F]{2}))?"
)


@dataclass(frozen=True, slots=True)
class KeyStroke:
    """One finished key press of a keypad: the digits typed before the end key."""

    digits: str
    end: str


def checksum(frame: bytes) -> int:
    """All bytes joined by exclusive or."""
    return reduce(xor, frame, 0)


def encode(stroke: KeyStroke, *, with_checksum: bool = True) -> bytes:
    """The line that a keypad sends for this stroke."""
    frame = f"K {stroke.digits}{stroke.end}".encode("ascii")
    return frame + (b" %02X\n" % checksum(frame) if with_checksum else b"\n")


class KeypadLines:
    """Gathers bytes into lines; never holds more than one line of garbage."""

    def __init__(self, *, checksum_required: bool = False) -> None:
        self._checksum_required = checksum_required
        self._held = b""
        self._overlong = False
        self.rejected = 0

    def feed(self, data: bytes) -> list[KeyStroke]:
        """Take the next bytes.

        Returns:
            The presses that these bytes completed, in order; lines that were no press are
            counted in `rejected`.
        """
        *ended, rest = data.split(b"\n")
        strokes = [stroke for part in ended if (stroke := self._end_line(part))]
        self._hold(rest)
        return strokes

    def reset(self) -> None:
        """Forget a half line, because the keypad was unplugged in the middle of it."""
        self._held = b""
        self._overlong = False

    def _hold(self, part: bytes) -> None:
        self._overlong = self._overlong or len(self._held) + len(part) > LONGEST_LINE
        self._held = b"" if self._overlong else self._held + part

    def _end_line(self, part: bytes) -> KeyStroke | None:
        self._hold(part)
        line, overlong = self._held.strip(b"\r"), self._overlong
        self.reset()
        if not line and not overlong:
            return None
        stroke = None if overlong else self._read(line)
        self.rejected += stroke is None
        return stroke

    def _read(self, line: bytes) -> KeyStroke | None:
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        if found["sum"] is None:
            trusted = not self._checksum_required
        else:
            trusted = int(found["sum"], 16) == checksum(found["frame"])
        return KeyStroke(found["digits"].decode(), found["end"].decode()) if trusted else None
