"""Reads the words of the screens; every language must ask for the same figures.

Khmer stands in a file of its own, because nobody who speaks it has read it yet.
"""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from kiosk.domain.words import Words

ALL, PART = "texts.toml", re.compile(r"texts_[a-z]+\.toml$")
"""The words, and those of one part of the kiosk: the files are read as one."""


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)
    note: str = ""


class _Texts(RootModel[dict[str, _Text]]):
    """The file: one table a text."""


class _Khmer(BaseModel):
    """`texts.km.toml`: what is missing there is shown in Vietnamese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    needs_native_review: bool
    texts: dict[str, Annotated[str, Field(min_length=1)]]


def read_texts(text: str | None = None, khmer: str | None = None) -> Mapping[str, Words]:
    """Read the shipped texts, or those in `text` and `khmer`, as composed letters (NFC).

    Raises:
        ValueError: Vietnamese or English is missing, the languages ask for different figures, or
            the Khmer file has a text that the other has not.
    """
    texts = _Texts.model_validate(_loaded(ALL, text)).root
    if text is None or khmer is not None:
        in_khmer = _Khmer.model_validate(_loaded("texts.km.toml", khmer)).texts
    else:
        in_khmer = {}
    if unknown := sorted(set(in_khmer) - set(texts)):
        raise ValueError(f"text {unknown[0]}: in Khmer only")
    for key, words in texts.items():
        km = in_khmer.get(key, words.vi)
        if not _figures(words.vi) == _figures(words.en) == _figures(km):
            raise ValueError(f"text {key}: the languages ask for different figures")
    return {key: Words(words.vi, words.en, in_khmer.get(key, "")) for key, words in texts.items()}


def _loaded(name: str, text: str | None) -> dict[str, object]:
    if text is None:
        data = files("kiosk") / "data"
        # TOML itself refuses a key that stands twice in what is read as one.
        parts = sorted(f.name for f in data.iterdir() if PART.match(f.name)) if name == ALL else []
        text = "\n".join((data / part).read_text(encoding="utf-8") for part in [name, *parts])
    return tomllib.loads(unicodedata.normalize("NFC", text))


def _figures(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
