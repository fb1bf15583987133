"""Types Vietnamese letter by letter: diacritic keys, Telex and VNI, as pure text in, text out.

A word is always read anew from its plain letters and marks, so the order in which marks are typed
does not matter and a mark typed twice is taken back and typed as itself.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
HAT, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TONES = frozenset({ACUTE, GRAVE, HOOK, TILDE, DOT})
SHAPES = {HAT: "aeo", BREVE: "a", HORN: "ou"}
STROKE = "đ"
VOWELS = "aăâeêioôơuưy"
VOWEL_LETTERS = frozenset("aeiouy")


class Typing(StrEnum):
    """How a physical or on-screen keyboard writes Vietnamese."""

    PLAIN = "plain"
    TELEX = "telex"
    VNI = "vni"


TELEX_TONES = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT}
VNI_TONES = {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT}
VNI_SHAPES = {"6": (HAT,), "7": (HORN,), "8": (BREVE,)}
TELEX_SHAPES = {"a": (HAT,), "e": (HAT,), "o": (HAT,), "w": (HORN, BREVE)}


def type_key(text: str, key: str, typing: Typing) -> str:
    """The text after a key; composed letters (NFC). `key` is one letter, digit or other sign."""
    if typing is Typing.PLAIN:
        return text + key
    head, word = split_word(text)
    low = key.lower()
    changed: str | None = None
    if typing is Typing.TELEX:
        changed = _telex(word, low, key)
    elif key in "0123456789":
        changed = _vni(word, key)
    return head + (changed if changed is not None else retoned(_closed(word + key)))


def put_mark(text: str, mark: str) -> str:
    """The text after a diacritic key: a tone, a shape of a letter, or `STROKE` for đ.

    On a letter that bears the mark already it is taken off; where it cannot stand nothing changes.
    """
    head, word = split_word(text)
    if mark == STROKE:
        changed = stroked(word) or unstroked(word)
    elif mark in TONES:
        changed = toned(word, mark) or without_tone(word)
    else:
        changed = shaped(word, mark) or unshaped(word, mark)
    return head + (changed if changed is not None else word)


def split_word(text: str) -> tuple[str, str]:
    """What stands before the last word, and that word."""
    place = len(text)
    while place and text[place - 1].isalpha():
        place -= 1
    return text[:place], text[place:]


def toned(word: str, tone: str) -> str | None:
    """The word with this tone, None where it has it already or has no vowel."""
    place = tone_place(bare(word))
    if place is None or tone_of(word) == tone:
        return None
    return with_tone(without_tone(word) or word, tone)


def with_tone(word: str, tone: str) -> str:
    """The word with the tone on the vowel where it is written today (hoà → hòa, quý, giếng)."""
    place = tone_place(bare(word))
    if place is None:
        return word
    return word[:place] + unicodedata.normalize("NFC", word[place] + tone) + word[place + 1 :]


def retoned(word: str) -> str:
    """The word with its tone moved to where it belongs after another letter was typed."""
    tone = tone_of(word)
    return with_tone(bare(word), tone) if tone else word


def tone_of(word: str) -> str:
    """The tone of a word, empty for the level one."""
    marks = (sign for letter in word for sign in unicodedata.normalize("NFD", letter))
    return next((sign for sign in marks if sign in TONES), "")


def bare(word: str) -> str:
    """The word without its tone; â, ơ, đ and the like stay."""
    return "".join(_drop(letter, TONES) for letter in word)


def without_tone(word: str) -> str | None:
    """The word without its tone, None where it has none."""
    return bare(word) if tone_of(word) else None


def tone_place(word: str) -> int | None:
    """Where the tone of a word without tone is written; None without a vowel.

    The rule: on the shaped vowel (the last of ươ), else on the middle one of three or where a
    consonant follows on the last, else on the first. The u of qu and the i of gi are no vowels
    where another vowel follows.
    """
    low = word.lower()
    places = _vowel_places(low)
    if not places:
        return None
    shaped_at = [place for place in places if low[place] in "ăâêôơư"]
    if shaped_at:
        return shaped_at[-1]
    closed = places[-1] + 1 < len(low)
    if len(places) > 1 and (closed or len(places) > 2):  # noqa: PLR2004 - three vowels: oai, uya
        return places[-1] if closed else places[1]
    return places[0]


def shaped(word: str, shape: str) -> str | None:
    """The word with ^, ˘ or horn on the last letter that can bear it, None where none can.

    A horn on uo shapes both (ươ); a letter with another shape changes it.
    """
    plain = bare(word)
    bases = _bases(word)
    places = _horn_places(bases) if shape == HORN else _last_of(bases, SHAPES[shape])
    if not places or all(_bears(plain[place], shape) for place in places):
        return None
    letters = list(plain)
    for place in places:
        letters[place] = unicodedata.normalize("NFC", _base(letters[place]) + shape)
    return _again("".join(letters), tone_of(word))


def unshaped(word: str, shape: str) -> str | None:
    """The word without this shape, None where no letter bears it."""
    if not any(_bears(letter, shape) for letter in word):
        return None
    plain = "".join(_base(x) if _bears(x, shape) else x for x in bare(word))
    return _again(plain, tone_of(word))


def stroked(word: str) -> str | None:
    """The word with its first d as đ, None where there is none."""
    place = word.lower().find("d")
    if place < 0 or "đ" in word.lower():
        return None
    return word[:place] + ("Đ" if word[place] == "D" else "đ") + word[place + 1 :]


def unstroked(word: str) -> str | None:
    """The word with d for đ, None where it has no đ."""
    if "đ" not in word.lower():
        return None
    return word.replace("đ", "d").replace("Đ", "D")


def _telex(word: str, low: str, key: str) -> str | None:
    if low == "w":
        return _telex_w(word, key)
    if low in TELEX_TONES:
        return _tone_or_undo(word, TELEX_TONES[low], key)
    if low == "z":
        return without_tone(word)
    if low == "d":
        return stroked(word) or _undone(unstroked(word), key)
    if low in "aeo" and low in _bases(word):
        return _shape_or_undo(word, (HAT,), key, only=low)
    return None


def _telex_w(word: str, key: str) -> str | None:
    """A horn or a breve on what is there; without a vowel it is ư itself."""
    if not _vowel_places(bare(word).lower()):
        return word + ("Ư" if key == "W" else "ư")
    shapes = (BREVE, HORN) if "oa" in _bases(word) else (HORN, BREVE)
    return _shape_or_undo(word, shapes, key)


def _vni(word: str, key: str) -> str | None:
    if key in VNI_TONES:
        return _tone_or_undo(word, VNI_TONES[key], key)
    if key == "0":
        return without_tone(word)
    if key == "9":
        return stroked(word) or _undone(unstroked(word), key)
    if key in VNI_SHAPES:
        return _shape_or_undo(word, VNI_SHAPES[key], key)
    return None


def _tone_or_undo(word: str, tone: str, key: str) -> str | None:
    if tone_place(bare(word)) is None:
        return None
    return toned(word, tone) or _undone(without_tone(word), key)


def _shape_or_undo(word: str, shapes: tuple[str, ...], key: str, only: str = "") -> str | None:
    for shape in shapes:
        changed = shaped(word, shape)
        if changed is not None and (not only or _changes(word, changed, only)):
            return changed
    for shape in shapes:
        changed = unshaped(word, shape)
        if changed is not None and (not only or _changes(word, changed, only)):
            return changed + key
    return None


def _undone(word: str | None, key: str) -> str | None:
    return None if word is None else word + key


def _changes(before: str, after: str, base: str) -> bool:
    """Whether only letters of this base differ."""
    pairs = zip(bare(before).lower(), bare(after).lower(), strict=True)
    return all(_base(new) == base for old, new in pairs if old != new)


def _again(word: str, tone: str) -> str:
    return with_tone(word, tone) if tone else word


def _vowel_places(low: str) -> list[int]:
    """The places of the vowels of the last group, without the u of qu and the i of gi."""
    places = [place for place, letter in enumerate(low) if _base(letter) in VOWEL_LETTERS]
    if not places:
        return []
    if low.startswith(("qu", "gi")) and 1 in places and 2 in places:  # noqa: PLR2004 - third letter
        places.remove(1)
    group = [places[-1]]
    for place in reversed(places[:-1]):
        if place != group[0] - 1:
            break
        group.insert(0, place)
    return group


def _closed(word: str) -> str:
    """A letter after uơ makes it ươ: thuơ, but thương."""
    plain, tone = bare(word), tone_of(word)
    place = plain.lower().find("uơ")
    if place < 1 or place + 2 >= len(plain) or plain[place - 1] in "qQ":
        return word
    u = "Ư" if plain[place] == "U" else "ư"
    return _again(plain[:place] + u + plain[place + 1 :], tone)


def _last_of(bases: str, letters: str) -> list[int]:
    found = max(bases.rfind(letter) for letter in letters)
    return [found] if found >= 0 else []


def _horn_places(bases: str) -> list[int]:
    """Which letters a horn shapes: both of uo where a letter follows, u of uu, else the last."""
    found = bases.rfind("uo")
    if found >= 0 and not bases.startswith("quo"):
        return [found, found + 1] if found + 2 < len(bases) else [found + 1]
    found = bases.rfind("uu")
    if found >= 0:
        return [found]
    found = max(bases.rfind("o"), bases.rfind("u"))
    return [found] if found >= 0 else []


def _bases(word: str) -> str:
    return "".join(_base(letter) for letter in word.lower())


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _drop(letter: str, marks: frozenset[str]) -> str:
    split = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(s for s in split if s not in marks))


def _bears(letter: str, mark: str) -> bool:
    return mark in unicodedata.normalize("NFD", letter)
