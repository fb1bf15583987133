"""Reads the words of the screens; both languages must be there and ask for the same figures."""

from __future__ import annotations

import string
import tomllib
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, RootModel

from kiosk.domain.words import Words


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)
    note: str = ""


class _Texts(RootModel[dict[str, _Text]]):
    """The file: one table a text."""


def read_texts(text: str | None = None) -> Mapping[str, Words]:
    """Read the shipped texts, or those in `text`, as composed letters (NFC).

    Raises:
        ValueError: a language is missing or the two ask for different figures.
    """
    if text is None:
        text = (files("kiosk") / "data" / "texts.toml").read_text(encoding="utf-8")
    texts = _Texts.model_validate(tomllib.loads(unicodedata.normalize("NFC", text))).root
    for key, words in texts.items():
        if _figures(words.vi) != _figures(words.en):
            raise ValueError(f"text {key}: the languages ask for different figures")
    return {key: Words(words.vi, words.en) for key, words in texts.items()}


def _figures(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
