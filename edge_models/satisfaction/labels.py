"""Words that people use for expressions, in the seven of the models and the three levels."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["negative", "neutral", "positive"]
LEVELS: tuple[Level, ...] = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Label:
    """What a picture is said to show; surprise has no level, a bare level has no expression."""

    level: Level | None
    expression: str | None = None


HAPPY = Label("positive", "happy")
NEUTRAL = Label("neutral", "neutral")
ANGRY, DISGUST, FEAR, SAD = (
    Label("negative", name) for name in ("angry", "disgust", "fear", "sad")
)
SURPRISE = Label(None, "surprise")
NEGATIVE = Label("negative")

_WORDS: dict[Label, str] = {
    HAPPY: "happy happiness joy joyful smile smiling smiles positive pos satisfied happily laugh "
    "laughing laughter very_satisfied good vui cười mỉm_cười hài_lòng tích_cực",
    NEUTRAL: "neutral neutrality calm none normal neu no_expression bình_thường trung_tính "
    "trung_lập không_cảm_xúc non_smile nonsmile non_smiling not_smiling not_smile no_smile "
    "unsmiling không_cười",
    ANGRY: "angry anger furious giận tức_giận bực",
    DISGUST: "disgust disgusted disgusting ghê_tởm",
    FEAR: "fear fearful afraid scared sợ sợ_hãi",
    SAD: "sad sadness sorrow buồn",
    SURPRISE: "surprise surprised surprising ngạc_nhiên",
    NEGATIVE: "negative neg contempt contemptuous dissatisfied unhappy frown frowning bad "
    "displeased upset không_hài_lòng tiêu_cực khó_chịu",
}
_KNOWN = {word: label for label, words in _WORDS.items() for word in words.split()}
FER2013 = (ANGRY, DISGUST, FEAR, HAPPY, SAD, SURPRISE, NEUTRAL)
"""The numbers 0 to 6 of FER2013's table."""
_SIGNED = {"-1": NEGATIVE, "0": NEUTRAL, "1": HAPPY}
_YES_NO = {"1": HAPPY, "0": NEUTRAL}
_THREE = {"0": NEGATIVE, "1": NEUTRAL, "2": HAPPY}


def read_labels(words: Sequence[str]) -> list[Label | None]:
    """A label for each word, None for a word that is not known.

    Numbers are understood by the set that occurs: with -1 they are levels; up to 6, FER2013's;
    only 0 and 1, neutral and smile; only 0, 1 and 2, negative, neutral, positive.
    """
    plain = [_plain(word) for word in words]
    numbers = {word for word in plain if word.lstrip("-").isdecimal()}
    if "-1" in numbers:
        meaning = _SIGNED
    elif numbers <= set(_YES_NO):
        meaning = _YES_NO
    elif numbers <= set(_THREE):
        meaning = _THREE
    else:
        meaning = {str(place): label for place, label in enumerate(FER2013)}
    return [_KNOWN.get(word) or meaning.get(word) for word in plain]


def _plain(word: str) -> str:
    found = "_".join(unicodedata.normalize("NFC", word).strip().lower().replace("-", " - ").split())
    return found.replace("_-_", "_").replace("-_", "-").removesuffix(".0")
