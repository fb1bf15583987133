"""Which recorded clips, one after another, say a sentence.

A clip is known by its words, so the sentence comes from whoever spells it and a pack may hold
single words, whole phrases or both; the fewest clips win, because each seam can be heard.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

Words = tuple[str, ...]


class WordsMissing(Exception):  # noqa: N818 - what is missing, not what went wrong
    """No clip goes on with this word."""


def words_of(text: str) -> Words:
    """The words of a text as they are heard: small letters, no signs, NFC."""
    flat = unicodedata.normalize("NFC", text).casefold()
    return tuple("".join(sign if sign.isalnum() else " " for sign in flat).split())


def cover(words: Words, clips: Iterable[Words]) -> list[Words]:
    """The fewest clips that say exactly these words.

    Raises:
        WordsMissing: it cannot be done; names the first word that no way gets past.
    """
    known = set(clips)
    longest = max(map(len, known), default=0)
    best: list[list[Words] | None] = [[]]
    for end in range(1, len(words) + 1):
        ways = [
            [*before, words[start:end]]
            for start in range(max(0, end - longest), end)
            if words[start:end] in known and (before := best[start]) is not None
        ]
        best.append(min(ways, key=len, default=None))
    found = best[-1]
    if found is None:
        reached = max(place for place, way in enumerate(best) if way is not None)
        raise WordsMissing(words[reached])
    return found
