"""What a clerk's keys mean: typed digits and an end key become one counter move, by data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NUMBER = "<number>"
_PATTERN = re.compile(
    rf"(?P<digits>\d{{0,7}})(?P<number>{NUMBER})?(?P<end>[^\d<>\s]{{1,2}})", re.ASCII
)
_TYPED = re.compile(r"\d{0,8}", re.ASCII)


class KeyMapError(ValueError):
    """A key map that cannot be used; the message names the key and the cure."""


class KeyAction(StrEnum):
    """What a keypad can ask for: the moves of tickets and counters, and a colleague's help."""

    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RESUME = "resume"
    REINSTATE = "reinstate"
    RETURN = "return"
    TRANSFER_TO_SERVICE = "transfer_to_service"
    TRANSFER_TO_COUNTER = "transfer_to_counter"
    UNDO = "undo"
    OPEN = "open"
    PAUSE = "pause"
    CLOSE = "close"
    ASK_HELP = "ask_help"
    HELP_CAME = "help_came"


STAFF_HELP = frozenset({KeyAction.ASK_HELP, KeyAction.HELP_CAME})
"""What concerns colleagues only: no ticket and no counter moves."""

_NEEDS_NUMBER = frozenset(
    {
        KeyAction.CALL,
        KeyAction.REINSTATE,
        KeyAction.TRANSFER_TO_SERVICE,
        KeyAction.TRANSFER_TO_COUNTER,
    }
)
_MAY_HAVE_NUMBER = _NEEDS_NUMBER | {KeyAction.RESUME}


@dataclass(frozen=True, slots=True)
class KeyMove:
    """One move with the digits that belong to it.

    `number` is what the clerk typed, leading zeros kept: digits of a ticket number for call,
    reinstate and resume; the place of a service in the office's list (from 1) or a counter number
    for the transfers. None when the move takes no number.
    """

    action: KeyAction
    number: str | None = None


@dataclass(frozen=True, slots=True)
class KeyRule:
    """One entry of a map: digits to type, perhaps a number, the end key, and what that means."""

    digits: str
    takes_number: bool
    end: str
    action: KeyAction

    def number_in(self, digits: str) -> str | None:
        """The argument that `digits` give this rule; None when they do not fit it."""
        if not self.takes_number:
            return "" if digits == self.digits else None
        return digits.removeprefix(self.digits) or None if digits.startswith(self.digits) else None


class KeyMap:
    """Decides what a key press means; what is not in the map means nothing.

    An entry without `<number>` wins over one with it, and a longer prefix over a shorter one, so
    the order of the file does not matter.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Read entries such as `"A" = "call_next"`, `"0D" = "no_show"`, `"<number>#" = "call"`.

        Raises:
            KeyMapError: an entry cannot be read, or nobody could be called with this map.
        """
        rules = [_rule(pattern, action) for pattern, action in keys.items()]
        if not any(rule.action is KeyAction.CALL_NEXT for rule in rules):
            raise KeyMapError("no key means 'call_next': nobody could be called")
        self.rules = tuple(rules)
        """The entries in the order of the file."""
        self._rules = sorted(rules, key=lambda rule: (rule.takes_number, -len(rule.digits)))

    @property
    def ends(self) -> frozenset[str]:
        """Every end key that this map knows."""
        return frozenset(rule.end for rule in self._rules)

    def move_for(self, digits: str, end: str) -> KeyMove | None:
        """The move that was asked for, or None when this key press means nothing."""
        if not _TYPED.fullmatch(digits):
            return None
        for rule in self._rules:
            number = rule.number_in(digits) if rule.end == end else None
            if number is not None:
                return KeyMove(rule.action, number or None)
        return None


def _rule(pattern: str, name: str) -> KeyRule:
    found = _PATTERN.fullmatch(pattern)
    if found is None:
        raise KeyMapError(
            f"key {pattern!r}: write up to 7 digits, then perhaps {NUMBER}, then the end key"
        )
    try:
        action = KeyAction(name)
    except ValueError:
        known = ", ".join(sorted(KeyAction))
        raise KeyMapError(f"key {pattern!r}: {name!r} is none of {known}") from None
    takes_number = found["number"] is not None
    if takes_number and action not in _MAY_HAVE_NUMBER:
        raise KeyMapError(f"key {pattern!r}: {name!r} takes no {NUMBER}")
    if not takes_number and action in _NEEDS_NUMBER:
        raise KeyMapError(f"key {pattern!r}: {name!r} needs {NUMBER}")
    return KeyRule(found["digits"], takes_number, found["end"], action)
