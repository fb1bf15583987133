"""Finds procedures by everyday words, with or without diacritics, typed as far as people get.

A query word matches where a word of the entry begins with it. Rare words weigh more than the
ones that stand everywhere ("giấy", "đăng ký"), words in their order weigh more than scattered
ones, and a letter typed with its diacritics beats one that only looks alike.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
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
LAST = chr(0x10FFFF)


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


Place = tuple[int, int]
"""Of a text: which entry, and which of its texts."""
Hits = dict[int, dict[int, dict[str, float]]]
"""By entry and text: the words of the query that are found there, more than 1 for a whole word."""


class ProcedureSearch:
    """An index over a catalogue, built once: a search looks only at texts with one of its words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._entries = [
            (procedure, _fields(procedure, catalogue)) for procedure in catalogue.procedures
        ]
        self._places: dict[str, list[Place]] = {}
        for entry, (_, fields) in enumerate(self._entries):
            for number, field in enumerate(fields):
                for word in dict.fromkeys(field.words):
                    self._places.setdefault(word, []).append((entry, number))
        self._words = sorted(self._places)

    def find(
        self, query: str, limit: int = 12, keep: Callable[[Procedure], bool] = lambda _one: True
    ) -> list[Procedure]:
        """Return the best procedures first, of those to `keep`; an empty query finds nothing.

        A procedure code or its beginning finds that procedure.
        """
        code = query.strip()
        if code[:1].isdigit() and "." in code:
            kept = (one for one, _ in self._entries if keep(one))
            return [one for one in kept if one.code.startswith(code)][:limit]
        words = fold(query).split()
        worth = {word: self._worth(word) for word in words}
        hits = self._hits(worth)
        scored = [
            (_score(fields, hits[entry], query, words, worth), entry, procedure)
            for entry, (procedure, fields) in enumerate(self._entries)
            if entry in hits and keep(procedure)
        ]
        scored.sort(key=lambda hit: (-hit[0], hit[1]))
        return [procedure for score, _, procedure in scored[:limit] if score > 0]

    def _hits(self, words: Iterable[str]) -> Hits:
        """Where words of the catalogue begin with a word of the query."""
        hits: Hits = {}
        for word in words:
            for known in self._beginning(word):
                for entry, number in self._places[known]:
                    found = hits.setdefault(entry, {}).setdefault(number, {})
                    found.setdefault(word, WHOLE_WORD if known == word else 1.0)
        return hits

    def _beginning(self, word: str) -> list[str]:
        """The words of the catalogue that begin so, the word itself first."""
        first = bisect_left(self._words, word)
        return self._words[first : bisect_left(self._words, word + LAST)]

    def _worth(self, word: str) -> float:
        places = self._places.get(word)
        found = len({entry for entry, _ in places}) if places else len(self._beginning(word))
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
    fields: tuple[_Field, ...],
    hits: Mapping[int, Mapping[str, float]],
    query: str,
    words: list[str],
    worth: dict[str, float],
) -> float:
    phrase, accented = " ".join(words), keep_accents(query)
    best_of_word = dict.fromkeys(words, 0.0)
    best_field = 0.0
    for number, matches in hits.items():
        field = fields[number]
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
    matches: Mapping[str, float],
    worth: dict[str, float],
    phrase: str,
    accented: str,
) -> float:
    score = field.weight * sum(worth[word] * match for word, match in matches.items())
    score *= 1 + COVERAGE * len(matches) / len(field.words)
    if f" {phrase}" in f" {field.folded}":
        score *= PHRASE
        if field.folded == phrase:
            score *= WHOLE_ENTRY
    if accented in field.accented:
        score *= ACCENTS
    return score
