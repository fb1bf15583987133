"""A text in its languages: Vietnamese and English always, Khmer where somebody has written it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """What a citizen may read on the screen."""

    VI = "vi"
    EN = "en"
    KM = "km"

    def on_paper(self, *, khmer: bool = False) -> Language:
        """The language of a slip; `khmer` says that the printer draws letters it does not have."""
        return Language.VI if self is Language.KM and not khmer else self


@dataclass(frozen=True, slots=True)
class Words:
    """One text, Vietnamese first; without Khmer, a reader of Khmer sees the Vietnamese."""

    vi: str
    en: str
    km: str = ""

    def of(self, language: Language) -> str:
        """Return the text in a language."""
        if language is Language.KM:
            return self.km or self.vi
        return self.en if language is Language.EN else self.vi
