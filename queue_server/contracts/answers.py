"""Checks a declaration against its form; every fault has a code, and screens have words for it.

An identity number has no check digit: it is well formed or not, never "valid".
Source of its structure: Nghị định 137/2015, Article 13.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from queue_server.contracts.forms import Answers, Form, FormField, Kind

LONGEST = 300
OLDEST_YEARS = 120
IDENTITY_DIGITS = 12
OLD_CARD_DIGITS = 9
FEWEST_NAME_WORDS = 2
PHONE = re.compile(r"0[0-9]{9,10}")
NAME = re.compile(r"[^\W\d_]+(?:['’.-]?[^\W\d_]+|\.)*(?: [^\W\d_]+(?:['’.-]?[^\W\d_]+|\.)*)*")


class Flaw(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_CHOICE = "no_choice"
    NO_DATE = "no_date"
    AHEAD = "ahead"
    TOO_OLD = "too_old"
    IDENTITY_OLD = "identity_old"
    IDENTITY_LENGTH = "identity_length"
    IDENTITY_YEAR = "identity_year"
    PHONE = "phone"
    NAME = "name"
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One field that is not answered, or not like this; never the answer itself."""

    field: str
    flaw: Flaw


def cleaned(answers: Answers) -> dict[str, str]:
    """Answers as they are compared and kept: composed letters, single blanks."""
    return {
        name: " ".join(unicodedata.normalize("NFC", value).split())
        for name, value in answers.items()
        if value.strip()
    }


def faults_of(form: Form, answers: Answers, today: date) -> list[AnswerFault]:
    """What still stands against handing these answers in, in the order of the questions."""
    asked = form.asked(answers)
    found = [
        AnswerFault(field.id, flaw)
        for field in asked
        if (flaw := flaw_of(field, answers.get(field.id, ""), today)) is not None
    ]
    known = {field.id for field in asked}
    return found + [AnswerFault(name, Flaw.UNKNOWN) for name in answers if name not in known]


def flaw_of(field: FormField, value: str, today: date) -> Flaw | None:
    """What is wrong with one answer; None where nothing is."""
    if not value.strip():
        return Flaw.MISSING if field.required else None
    if len(value) > (field.most if field.kind is Kind.TEXT and field.most else LONGEST):
        return Flaw.TOO_LONG
    check = _CHECKS.get(field.kind)
    return check(field, value, today) if check else None


def _choice(field: FormField, value: str, _today: date) -> Flaw | None:
    return None if any(choice.id == value for choice in field.choices) else Flaw.NO_CHOICE


def _date(field: FormField, value: str, today: date) -> Flaw | None:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return Flaw.NO_DATE
    if field.past and found > today:
        return Flaw.AHEAD
    return Flaw.TOO_OLD if today.year - found.year > OLDEST_YEARS else None


def _identity(_field: FormField, value: str, today: date) -> Flaw | None:
    if not value.isascii() or not value.isdigit():
        return Flaw.IDENTITY_LENGTH
    if len(value) == OLD_CARD_DIGITS:
        return Flaw.IDENTITY_OLD
    if len(value) != IDENTITY_DIGITS:
        return Flaw.IDENTITY_LENGTH
    year = 1900 + 100 * (int(value[3]) // 2) + int(value[4:6])
    if year > today.year or today.year - year > OLDEST_YEARS:
        return Flaw.IDENTITY_YEAR
    return None


def _phone(_field: FormField, value: str, _today: date) -> Flaw | None:
    digits = re.sub(r"[ .-]", "", value)
    digits = "0" + digits[3:] if digits.startswith("+84") else digits
    return None if PHONE.fullmatch(digits) else Flaw.PHONE


def _name(_field: FormField, value: str, _today: date) -> Flaw | None:
    enough = len(value.split()) >= FEWEST_NAME_WORDS
    return None if enough and NAME.fullmatch(value) else Flaw.NAME


def _number(field: FormField, value: str, _today: date) -> Flaw | None:
    if not value.isascii() or not value.isdigit() or len(value) > 15:  # noqa: PLR2004 - đồng
        return Flaw.NO_NUMBER
    if field.least is not None and int(value) < field.least:
        return Flaw.TOO_SMALL
    return Flaw.TOO_LARGE if field.most is not None and int(value) > field.most else None


_CHECKS: dict[Kind, Callable[[FormField, str, date], Flaw | None]] = {
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
    Kind.IDENTITY: _identity,
    Kind.PHONE: _phone,
    Kind.NAME: _name,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
}
