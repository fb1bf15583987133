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

    def on_slip(self, language: Language) -> str:
        """Return the text for paper, which staff read, too: Vietnamese stands beside Khmer."""
        said = self.of(language)
        return f"{said} ({self.vi})" if language is Language.KM and self.km else said

    def known_as(self, ours: Words | None) -> Words:
        """Return our words for the same Vietnamese, which may have Khmer, else these."""
        return ours if ours is not None and ours.vi == self.vi else self
