"""What was scanned: a citizen's card, the code of an appointment, or nothing the kiosk knows.

A card's code is unsigned, self-declared text, by public observation: fields between `|`, number,
old number or empty, name, birth date DDMMYYYY, sex, address, then any tail. Only the number is
kept; name, address and the rest are dropped here, in the moment of reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.identity_number import (
    IdentityFacts,
    IdentityNumber,
    NotWellFormed,
    well_formed,
)

FEWEST_FIELDS = 6
BORN, SEX = 3, 4
SEXES = {"nam": "M", "nữ": "F"}
CODE = re.compile(r"[2-9A-HJ-NP-Z]{8}")
PAGE = re.compile(r"https?://[^/\s]+/a/([2-9A-HJ-NP-Za-hj-np-z]{8})")


class NotRead(StrEnum):
    """Why a scan is of no use here; each has words for the screen."""

    NO_TEXT = "no_text"
    UNKNOWN = "unknown"
    CARD_FORM = "card_form"
    CARD_OLD = "card_old"


@dataclass(frozen=True, slots=True)
class CardScan:
    """A card whose number is well formed."""

    number: IdentityNumber


@dataclass(frozen=True, slots=True)
class CodeScan:
    """The code of an appointment, from its page's address or as it is."""

    code: str


Scan = CardScan | CodeScan | NotRead


def understood(text: str | None, facts: IdentityFacts, today: date) -> Scan:
    """What a scan is; never raises, whatever was scanned."""
    if text is None:
        return NotRead.NO_TEXT
    if "|" in text:
        return _card(text.split("|"), facts, today)
    page = PAGE.fullmatch(text)
    code = page[1].upper() if page else text.strip().upper()
    return CodeScan(code) if CODE.fullmatch(code) else NotRead.UNKNOWN


def _card(fields: list[str], facts: IdentityFacts, today: date) -> Scan:
    if len(fields) < FEWEST_FIELDS:
        return NotRead.UNKNOWN
    fields = [field.strip() for field in fields]
    try:
        born = date_of(fields[BORN])
        sex = SEXES.get(fields[SEX].casefold())
        return CardScan(well_formed(fields[0], facts, today, born=born, sex=sex))
    except NotWellFormed as fault:
        return NotRead.CARD_OLD if fault.flaw == "old" else NotRead.CARD_FORM


def date_of(text: str) -> date | None:
    """DDMMYYYY; None where it is another thing: some old people's cards know only the year."""
    if len(text) != 8 or not text.isascii() or not text.isdigit():  # noqa: PLR2004 - DDMMYYYY
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
