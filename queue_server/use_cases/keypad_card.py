"""What stands on the quick card beside a keypad: every key of its map, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from queue_server.domain.key_map import KeyAction, KeyMap, KeyRule

ROUND = (KeyAction.CALL_NEXT, KeyAction.START, KeyAction.FINISH)
"""What every citizen needs, in this order."""

Labels = Mapping[str, Mapping[str, str]]


class CardError(ValueError):
    """The card would leave a key or a word out; the message names it."""


def keypad_card(
    name: str, layout: Sequence[str], keys: KeyMap, words: Labels, signs: Mapping[str, str]
) -> dict[str, Any]:
    """The card's content: rows of the pad, the round of each citizen, all longer presses, the sign.

    Args:
        name: of the keypad.
        layout: the keys as they lie on the pad, a row each.
        keys: what each press means.
        words: by `actions.…`, `signs.…` and `words.…`, in both languages; `short` for a key's cap.
        signs: what stands on the sign for each remark.

    Raises:
        CardError: an end key is not on the pad, or something has no words.
    """
    missing = keys.ends - set("".join(layout))
    if missing:
        raise CardError(f"'layout' lacks the end key {min(missing)!r}")
    alone = {rule.end: rule for rule in keys.rules if not rule.digits and not rule.takes_number}
    on_cap = {end: _label(words, rule).get("short", "") for end, rule in alone.items()}
    for rule in keys.rules:
        on_cap.setdefault(rule.end, _label(words, rule).get("short", ""))
    by_action = {rule.action: rule for rule in alone.values()}
    return {
        "name": name,
        "words": {
            key.removeprefix("words."): text for key, text in words.items() if "words." in key
        },
        "pad": [[{"sign": sign, "short": on_cap.get(sign, "")} for sign in row] for row in layout],
        "round": [_entry(words, by_action[action]) for action in ROUND if action in by_action],
        "more": [
            _entry(words, rule) for rule in _by_end(keys, layout) if not _in_round(rule, alone)
        ],
        "signs": [{"text": text, **_words(words, f"signs.{name}")} for name, text in signs.items()],
    }


def _in_round(rule: KeyRule, alone: Mapping[str, KeyRule]) -> bool:
    return rule.action in ROUND and alone.get(rule.end) == rule


def _by_end(keys: KeyMap, layout: Sequence[str]) -> list[KeyRule]:
    """The order of the pad's right edge, then of its other keys; in the file's order within one."""
    order = [row[-1] for row in layout] + [sign for row in layout for sign in row]
    return sorted(keys.rules, key=lambda rule: order.index(rule.end))


def _entry(words: Labels, rule: KeyRule) -> dict[str, Any]:
    label = _label(words, rule)
    return {
        "digits": list(rule.digits),
        "takes_number": rule.takes_number,
        "end": rule.end,
        "vi": label["vi"],
        "en": label["en"],
        "short": label.get("short", ""),
    }


def _label(words: Labels, rule: KeyRule) -> Mapping[str, str]:
    """A meaning with a typed number may have words of its own."""
    own = f"actions.{rule.action}_number"
    return (
        words[own]
        if rule.takes_number and own in words
        else _words(words, f"actions.{rule.action}")
    )


def _words(words: Labels, key: str) -> Mapping[str, str]:
    if key not in words:
        raise CardError(f"no words for {key!r}")
    return words[key]
