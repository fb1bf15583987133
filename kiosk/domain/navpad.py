"""What the keys of an accessible keypad mean, and which keys were pressed by no hand."""

from __future__ import annotations

from enum import StrEnum


class NavKey(StrEnum):
    """One meaning; a keypad may have several keys for it."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    CHOOSE = "choose"
    BACK = "back"
    REPEAT = "repeat"
    LOUDER = "louder"
    SOFTER = "softer"
    VOICE = "voice"


ARROWS = frozenset({NavKey.UP, NavKey.DOWN, NavKey.LEFT, NavKey.RIGHT})


class KeyPace:
    """Tells single presses from a key held down and from a scanner that types like a keyboard."""

    FASTEST_HAND_S = 0.05

    def __init__(self) -> None:
        self._last_s = float("-inf")

    def by_hand(self, at_s: float) -> bool:
        """A key at `at_s` of a steady clock; False when it follows the last too fast."""
        fast = at_s - self._last_s <= self.FASTEST_HAND_S
        self._last_s = at_s
        return not fast
