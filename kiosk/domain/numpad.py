"""A USB numpad's keys become key presses: digits are gathered, an end key finishes them.

A held key is one press, however long the kernel repeats it; held too long it is stuck, and `stuck`
names it. Two end keys at once are none, because nobody can say which was meant; the clerk presses
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import assert_never

from kiosk.domain.keypad_line import KeyStroke

MOST_DIGITS = 8
FORGOTTEN_AFTER_S = 5.0
STUCK_AFTER_S = 10.0


class Erase(StrEnum):
    """Keys that take typed digits back: the last one, or all."""

    LAST = "erase_last"
    ALL = "erase_all"


class Motion(Enum):
    """What happened to a key; the values are the kernel's."""

    UP = 0
    DOWN = 1
    REPEATED = 2


Meaning = str | Erase
"""A digit, an end key of one or two signs, or taking digits back."""


class Numpad:
    """Gathers the keys of one numpad; not safe for several threads."""

    def __init__(self, keys: Mapping[int, Meaning]) -> None:
        """Start with nothing typed.

        Args:
            keys: what each key code of the kernel means; other keys mean nothing.
        """
        self._keys = keys
        self._digits = ""
        self._typed_at = 0.0
        self._ends_down: set[int] = set()
        self._held_since: dict[int, float] = {}
        self.stuck: str | None = None

    def key(self, code: int, motion: Motion, at_s: float) -> KeyStroke | None:
        """A key moved.

        Args:
            code: the key.
            motion: what happened to it.
            at_s: when, in seconds of any clock that goes on evenly.

        Returns:
            The key press that this finished.
        """
        meaning = self._keys.get(code)
        self._hold(code, meaning, motion, at_s)
        if motion is Motion.UP:
            self._ends_down.discard(code)
        if meaning is None or motion is not Motion.DOWN:
            return None
        if at_s - self._typed_at > FORGOTTEN_AFTER_S:
            self._digits = ""
        self._typed_at = at_s
        if isinstance(meaning, Erase):
            self._erase(meaning)
            return None
        if meaning.isdigit():
            self._digits = (self._digits + meaning)[:MOST_DIGITS]
            return None
        return self._end(code, meaning)

    def reset(self) -> None:
        """Forget what was typed and held: the numpad was unplugged, or events were lost."""
        self._digits = ""
        self._ends_down.clear()
        self._held_since.clear()
        self.stuck = None

    def _hold(self, code: int, meaning: Meaning | None, motion: Motion, at_s: float) -> None:
        """Watch how long a key is down; also one that was down before we looked."""
        if motion is Motion.UP:
            if self._held_since.pop(code, None) is not None and self.stuck == meaning:
                self.stuck = None
        elif at_s - self._held_since.setdefault(code, at_s) >= STUCK_AFTER_S:
            self.stuck = meaning

    def _erase(self, what: Erase) -> None:
        match what:
            case Erase.LAST:
                self._digits = self._digits[:-1]
            case Erase.ALL:
                self._digits = ""
            case _:
                assert_never(what)

    def _end(self, code: int, end: str) -> KeyStroke | None:
        digits, self._digits = self._digits, ""
        together = bool(self._ends_down)
        self._ends_down.add(code)
        return None if together else KeyStroke(digits, end)
