"""Finds procedures by everyday words, with or without diacritics, typed as far as people get.

A query word matches where a word of the entry begins with it. Rare words weigh more than the
ones that stand everywhere ("giấy", "đăng ký"), words in their order weigh more than scattered
ones, and a letter typed with its diacritics beats one that only looks alike.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.domain.catalogue import Catalogue, Procedure

NAME_WEIGHT = 3.2
ALSO_WEIGHT = 3.0
OFFICIAL_WEIGHT = 1.0
SERVICE_WEIGHT = 0.8
WHOLE_WORD = 1.25
PHRASE = 1.6
WHOLE_ENTRY = 1.5
ACCENTS = 1.15
# A text of which the query is the larger part is more likely meant: up to this much more.
COVERAGE = 0.5
# With words that match nothing at all, an entry must still explain this share of the query.
ENOUGH = 0.5


def fold(text: str) -> str:
    """Reduce a text to plain lower-case letters, digits and single blanks.

    The same for composed (NFC) and decomposed (NFD) input; folding twice changes nothing.
    """
    split = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = (sign for sign in split if not unicodedata.combining(sign))
    return " ".join(
        "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in letters).split()
    )


def keep_accents(text: str) -> str:
    """Lower-case and compose a text, keeping its diacritics, for the finer comparison."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class _Field:
    """One searchable text of a procedure."""

    folded: str
    words: tuple[str, ...]
    accented: str
    weight: float

    @classmethod
    def of(cls, text: str, weight: float) -> _Field:
        folded = fold(text)
        return cls(folded, tuple(folded.split()), keep_accents(text), weight)

    def match(self, word: str) -> float:
        """How well one folded word is found here: 0, 1, or more for the whole word."""
        if word in self.words:
            return WHOLE_WORD
        return 1.0 if any(own.startswith(word) for own in self.words) else 0.0


class ProcedureSearch:
    """An index over a catalogue, built once; a search over it takes well under 50 ms."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._entries = [
            (procedure, _fields(procedure, catalogue)) for procedure in catalogue.procedures
        ]
        self._spread: dict[str, int] = {}
        for _, fields in self._entries:
            for word in {word for field in fields for word in field.words}:
                self._spread[word] = self._spread.get(word, 0) + 1

    def find(
        self, query: str, limit: int = 12, keep: Callable[[Procedure], bool] = lambda _one: True
    ) -> list[Procedure]:
        """Return the best procedures first, of those to `keep`; an empty query finds nothing.

        A procedure code or its beginning finds that procedure.
        """
        code = query.strip()
        entries = [entry for entry in self._entries if keep(entry[0])]
        if code[:1].isdigit() and "." in code:
            return [p for p, _ in entries if p.code.startswith(code)][:limit]
        words = fold(query).split()
        if not words:
            return []
        worth = {word: self._worth(word) for word in words}
        scored = [
            (score, place, procedure)
            for place, (procedure, fields) in enumerate(entries)
            if (score := _score(fields, query, words, worth)) > 0
        ]
        scored.sort(key=lambda hit: (-hit[0], hit[1]))
        return [procedure for _, _, procedure in scored[:limit]]

    def _worth(self, word: str) -> float:
        found = self._spread.get(word) or sum(1 for known in self._spread if known.startswith(word))
        return math.log(1 + len(self._entries) / (1 + found))


def _fields(procedure: Procedure, catalogue: Catalogue) -> tuple[_Field, ...]:
    texts: list[tuple[str, float]] = [
        (procedure.name.vi, NAME_WEIGHT),
        (procedure.name.en, NAME_WEIGHT),
        (procedure.official_name, OFFICIAL_WEIGHT),
        *((text, ALSO_WEIGHT) for text in procedure.also),
    ]
    service = catalogue.service(procedure.service)
    if service is not None:
        texts += [(service.name.vi, SERVICE_WEIGHT), (service.name.en, SERVICE_WEIGHT)]
    return tuple(_Field.of(text, weight) for text, weight in texts)


def _score(
    fields: Iterable[_Field], query: str, words: list[str], worth: dict[str, float]
) -> float:
    phrase, accented = " ".join(words), keep_accents(query)
    best_of_word = dict.fromkeys(words, 0.0)
    best_field = 0.0
    for field in fields:
        matches = {word: field.match(word) for word in words}
        for word, match in matches.items():
            best_of_word[word] = max(best_of_word[word], match * field.weight)
        best_field = max(best_field, _field_score(field, matches, worth, phrase, accented))
    total = sum(worth.values())
    explained = sum(worth[word] for word, best in best_of_word.items() if best > 0)
    if explained < ENOUGH * total:
        return 0.0
    scattered = sum(worth[word] * best for word, best in best_of_word.items())
    return (scattered + best_field) * (explained / total) ** 2


def _field_score(
    field: _Field,
    matches: dict[str, float],
    worth: dict[str, float],
    phrase: str,
    accented: str,
) -> float:
    score = field.weight * sum(worth[word] * match for word, match in matches.items())
    if not score:
        return 0.0
    score *= 1 + COVERAGE * sum(match > 0 for match in matches.values()) / len(field.words)
    if f" {phrase}" in f" {field.folded}":
        score *= PHRASE
        if field.folded == phrase:
            score *= WHOLE_ENTRY
    if accented in field.accented:
        score *= ACCENTS
    return score
