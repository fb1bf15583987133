"""The form of an identity number: well formed or not, never "valid", for it has no check digit.

Sources: Nghị định 137/2015, Article 13, for the structure PPP G YY RRRRRR; the tables stand in
`kiosk/data/identity.toml`. Province codes are those of before the merger of 2025: an unknown one
is a doubt and no refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DIGITS = 12
OLD_DIGITS = 9
SHOWN = 3
ASCII_DIGITS = frozenset("0123456789")


class Flaw(StrEnum):
    """Why a number is not well formed."""

    OLD = "old"
    LENGTH = "length"
    BIRTH_YEAR = "birth_year"
    BIRTH_DATE = "birth_date"
    SEX = "sex"


class NotWellFormed(ValueError):  # noqa: N818 - what was found about a number
    """This cannot be an identity number; the number itself is never in the message."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"not well formed: {flaw.value}")
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """What is known of the form: provinces by code, sex and century by the fourth digit."""

    provinces: Mapping[str, str]
    sexes: Mapping[str, str]
    centuries: Mapping[str, int]
    oldest_years: int


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A well formed number. Its digits are asked for by name, never shown by accident."""

    digits: str
    known_province: bool

    def __repr__(self) -> str:
        return f"IdentityNumber({self.masked})"

    __str__ = __repr__

    @property
    def masked(self) -> str:
        """The last three digits, for the owner to recognise."""
        return "•" * (DIGITS - SHOWN) + self.digits[-SHOWN:]


def well_formed(
    digits: str,
    facts: IdentityFacts,
    today: date,
    *,
    born: date | None = None,
    sex: str | None = None,
) -> IdentityNumber:
    """The number, if its form holds; `born` and `sex` (M, F) must agree where they are known.

    Raises:
        NotWellFormed: it cannot be one; `flaw` says why.
    """
    if not set(digits) <= ASCII_DIGITS or len(digits) not in {DIGITS, OLD_DIGITS}:
        raise NotWellFormed(Flaw.LENGTH)
    if len(digits) == OLD_DIGITS:
        raise NotWellFormed(Flaw.OLD)
    year = facts.centuries[digits[3]] + int(digits[4:6])
    if year > today.year or today.year - year > facts.oldest_years:
        raise NotWellFormed(Flaw.BIRTH_YEAR)
    if born is not None and born.year != year:
        raise NotWellFormed(Flaw.BIRTH_DATE)
    if sex is not None and sex != facts.sexes[digits[3]]:
        raise NotWellFormed(Flaw.SEX)
    return IdentityNumber(digits, digits[:3] in facts.provinces)
