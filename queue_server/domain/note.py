"""A clerk's note about a visit: short, and with no number in it that leads to a person."""

from __future__ import annotations

import re

from queue_server.domain.faults import PersonalNote

MOST_LETTERS = 200
GROUPED = re.compile(r"[0-9]{3,}(?:[ .-]?[0-9]{3,})*")
"""A long number as people write it, in one piece or in groups; a date is none."""
IN_PAIRS = re.compile(r"(?<![0-9])0[0-9](?:[ .-][0-9]{2}){4}(?![0-9])")
IDENTITY_DIGITS = frozenset({9, 12})
PHONE_DIGITS = frozenset({10, 11})
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def checked_note(text: str) -> str:
    """The note as it may be kept, on one line and without outer blanks.

    Raises:
        PersonalNote: it is empty or too long, or holds an identity or phone number or an e-mail
            address. The fault never repeats the text.
    """
    note = " ".join(text.split())
    if not note or len(note) > MOST_LETTERS:
        raise PersonalNote(f"a note has 1 to {MOST_LETTERS} letters")
    if ADDRESS.search(note):
        raise PersonalNote("the note holds an e-mail address")
    if IN_PAIRS.search(note) or any(_is_personal(run) for run in GROUPED.findall(note)):
        raise PersonalNote("the note holds an identity or phone number")
    return note


def _is_personal(run: str) -> bool:
    digits = "".join(sign for sign in run if sign.isdigit())
    if len(digits) in IDENTITY_DIGITS:
        return True
    return len(digits) in PHONE_DIGITS and digits.startswith(("0", "84"))
