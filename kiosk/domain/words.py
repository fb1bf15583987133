"""A text in both languages; the kiosk never shows one without having the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """What a citizen may read on the screen."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One text, Vietnamese first."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        """Return the text in a language."""
        return self.en if language is Language.EN else self.vi
