"""What a citizen's card says of its holder, to begin a declaration with; unsigned, self-declared.

By public observation: number, old number or empty, name, birth date DDMMYYYY, sex, address,
between `|`, then any tail. Nothing of it is kept but what the citizen confirms. A torn or dirty
code may end anywhere: what nothing follows is not taken over, it may be half of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.domain.identity_number import IdentityFacts, NotWellFormed, well_formed
from kiosk.domain.scan import FEWEST_FIELDS, SEXES, NotRead, date_of

NUMBER, NAME, BORN, SEX, ADDRESS = 0, 2, 3, 4, 5
WORDS_OF_SEX = {"M": "male", "F": "female"}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What can be taken over, by the names that forms use: number, name, born, sex, address."""

    facts: dict[str, str]

    def __repr__(self) -> str:
        return "CardFacts(…)"


def card_facts(text: str | None, known: IdentityFacts, today: date) -> CardFacts | NotRead:
    """What a scanned card says, or why it is of no use; never raises."""
    if text is None:
        return NotRead.NO_TEXT
    fields = [field.strip() for field in text.split("|")]
    if len(fields) < FEWEST_FIELDS:
        return NotRead.UNKNOWN
    sex, born = SEXES.get(fields[SEX].casefold()), date_of(fields[BORN])
    try:
        number = well_formed(fields[NUMBER], known, today, born=born, sex=sex)
    except NotWellFormed as fault:
        return NotRead.CARD_OLD if fault.flaw == "old" else NotRead.CARD_FORM
    found = {
        "number": number.digits,
        "name": fields[NAME].title(),
        "born": born.isoformat() if born is not None else "",
        "sex": WORDS_OF_SEX.get(sex or "", ""),
        "address": fields[ADDRESS] if len(fields) > FEWEST_FIELDS else "",
    }
    return CardFacts({name: value for name, value in found.items() if value})
