"""Notices a scanner that types like a keyboard: it loses Vietnamese letters, so it is refused.

Only the pace is looked at: no key that was typed is kept.
"""

from __future__ import annotations

FEWEST_KEYS = 8
FASTEST_HAND_S = 0.05
"""Fast typists need more than 50 ms a key over eight keys; scanners send one every 1 to 20 ms."""


class WedgeWatch:
    """Counts keys that follow each other faster than any hand."""

    def __init__(self) -> None:
        self._keys = 0
        self._last_s = float("-inf")

    def pressed(self, at_s: float, *, enter: bool) -> bool:
        """A key at `at_s` of a steady clock; True when it ends what only a scanner can type."""
        fast = at_s - self._last_s <= FASTEST_HAND_S
        self._last_s = at_s
        if enter:
            found = fast and self._keys >= FEWEST_KEYS
            self._keys = 0
            return found
        self._keys = self._keys + 1 if fast else 1
        return False
