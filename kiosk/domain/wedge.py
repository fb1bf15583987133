"""Notices a scanner that types like a keyboard: it loses Vietnamese letters, so it is refused.

Only the pace is looked at, and whether a key is the one before: no key that was typed is kept.
"""

from __future__ import annotations

FEWEST_KEYS = 8
FEWEST_UNENDED = 16
"""Scanners may be set to send no end; a held key repeats as fast, but it stays one key."""
FASTEST_HAND_S = 0.05
"""Fast typists need more than 50 ms a key over eight keys; scanners send one every 1 to 20 ms."""


class WedgeWatch:
    """Counts keys that follow each other faster than any hand."""

    def __init__(self) -> None:
        self._keys = 0
        self._last_s = float("-inf")

    def pressed(self, at_s: float, *, ends: bool, again: bool = False) -> bool:
        """Whether a key at `at_s` of a steady clock shows that no hand types here.

        Args:
            at_s: when, in seconds.
            ends: Enter or Tab, with which most scanners end.
            again: the same key as before, which a key that is held sends by itself.
        """
        fast = at_s - self._last_s <= FASTEST_HAND_S
        self._last_s = at_s
        keys = self._keys
        if ends:
            self._keys = 0
            return fast and keys >= FEWEST_KEYS
        self._keys = 1 if not fast else keys if again else keys + 1
        if self._keys < FEWEST_UNENDED:
            return False
        self._keys = 0
        return True
